"""What a check has found, for people and for the services that run it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from asgi_docs.check.results import Outcome, all_failures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from asgi_docs.check.results import Checked, Failure


def text_report(results: Sequence[Checked]) -> Iterator[str]:
    """Each failure with its place and details, then a summary."""
    for each in all_failures(results):
        yield f"{each.place}: {each.text}"
    yield summary(results)


def summary(results: Sequence[Checked]) -> str:
    """One sentence with counts."""
    checked = [each for each in results if not each.is_left_out]
    failed = sum(bool(each.failure) for each in checked)
    remembered = sum(each.is_remembered for each in checked)
    unchanged = f" ({remembered} unchanged since an earlier check)" if remembered else ""
    counts = [f"{len(checked) - failed} right{unchanged}", f"{failed} failed"]
    if left_out := len(results) - len(checked):
        counts.append(f"{left_out} left out by 'check: no'")
    blocks = f"{_count(len(results), 'live block')}: {', '.join(counts)}"
    requests = _about_requests(checked)
    return f"{blocks}; {requests}." if requests else f"{blocks}."


def _about_requests(checked: Sequence[Checked]) -> str:
    outcomes = Counter(request.outcome for each in checked for request in each.requests)
    total = outcomes.total()
    right, not_sent = outcomes[Outcome.RIGHT], outcomes[Outcome.NOT_SENT]
    if not total:
        return ""
    counts = [f"{right} right", f"{total - right - not_sent} failed"]
    if not_sent:
        counts.append(f"{not_sent} not sent")
    return f"{_count(total, 'request')}: {', '.join(counts)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def github_report(results: Sequence[Checked]) -> Iterator[str]:
    """Workflow commands that put each failure beside its line.

    https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    """
    for each in all_failures(results):
        file, _, line = each.place.rpartition(":")
        place = f"file={_property(file)},line={line},title=asgi-docs"
        yield f"::error {place}::{_data(_with_details(each))}"


def _with_details(failure: Failure) -> str:
    return f"{failure.title}\n{failure.details}" if failure.details else failure.title


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
