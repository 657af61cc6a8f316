"""Records the answers of a check, in the files beside the documentation's sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from asgi_docs.block.requests.records import (
    is_record_file,
    read_records,
    record_file,
    write_records,
)
from asgi_docs.check.results import Checked, CheckedRequest, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from asgi_docs.block.requests.model import DocumentedRequest

_SERVER_ERROR = 500
_TO_RECORD = {Outcome.UNRECORDED: "new", Outcome.DIFFERENT: "changed"}


@dataclass(frozen=True)
class Updated:
    """What has been recorded.

    Attributes:
        results: those of the check; what is recorded now is right.
        remarks: sentences about the files.
    """

    results: list[Checked]
    remarks: list[str]


def update_records(folder: Path, results: Sequence[Checked]) -> Updated:
    """Write the answers that are new or have changed; all others stay as they are recorded.

    Args:
        folder: of all records, those that `results` were compared with.
        results: of all blocks of a site.

    Raises:
        RecordError: a file cannot be read.
    """
    pages: dict[str, list[CheckedRequest]] = {}
    for each in (request for checked in results for request in checked.requests):
        if page := each.documented.page:
            pages.setdefault(page, []).append(each)
    remarks = [remark for page in pages for remark in _update_page(folder, page, pages[page])]
    kept = {record_file(folder, page) for page in pages}
    for file in sorted(folder.rglob("*.txt")):
        if file not in kept and is_record_file(file):
            file.unlink()
            remarks.append(f"Deleted, since its page has no requests any more: {file}")
    return Updated([_updated(each) for each in results], remarks)


def _update_page(folder: Path, page: str, requests: Sequence[CheckedRequest]) -> Iterator[str]:
    for each in requests:
        if each.outcome in _TO_RECORD and each.answer and each.answer.status >= _SERVER_ERROR:
            yield (
                f"{each.place}: {each.asked} is recorded with the answer "
                f"{each.answer.status_line.partition(' ')[2]}."
            )
    file = record_file(folder, page)
    before = len(read_records(file))
    if write_records(file, map(_recorded, requests)):
        counts = Counter(_TO_RECORD.get(each.outcome, "") for each in requests)
        gone = before - sum(each.documented.answer is not None for each in requests)
        told = [(counts["new"], "new"), (counts["changed"], "changed"), (max(gone, 0), "gone")]
        what = ", ".join(f"{count} {word}" for count, word in told if count)
        yield f"Recorded, to be committed: {file}{what and f' ({what})'}"


def _recorded(request: CheckedRequest) -> DocumentedRequest:
    if request.outcome not in _TO_RECORD:
        return request.documented
    return replace(request.documented, answer=request.answer)


def _updated(checked: Checked) -> Checked:
    return replace(
        checked,
        requests=tuple(
            replace(each, documented=_recorded(each), outcome=Outcome.RIGHT)
            if each.outcome in _TO_RECORD
            else each
            for each in checked.requests
        ),
    )
