"""What a check has found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from asgi_docs.block.requests.model import Answer, DocumentedRequest


class Outcome(Enum):
    """What came of a request; the value ends a sentence about it where that is a failure."""

    RIGHT = ""
    DIFFERENT = "is not answered as recorded"
    UNRECORDED = "has no recorded answer; run 'asgi-docs check SITE --update', and build again"
    UNANSWERED = "has no answer"
    NOT_SENT = "was not sent"
    DONE_BEFORE = (
        "is a task that the block's own code does already, so that nothing is left to do; change "
        "'expect', or the code"
    )
    UNSOLVED = "is a task that its solution does not do"


@dataclass(frozen=True)
class CheckedRequest:
    """What came of one request.

    Attributes:
        documented: what is asked, and the recorded answer.
        outcome: whether the answer was the recorded one.
        answer: the app's, if there was one.
        details: what differs, or why there is no answer.
        output: what the app printed meanwhile.
        seconds: what it took.
        place: where the author wrote it, such as `tutorial/first.rst:12`.
    """

    documented: DocumentedRequest
    outcome: Outcome
    answer: Answer | None = None
    details: tuple[str, ...] = ()
    output: str = ""
    seconds: float = 0.0
    place: str = ""

    @property
    def asked(self) -> str:
        """Such as `GET /books`."""
        return f"{self.documented.request.method} {self.documented.request.target}"

    @property
    def failure(self) -> str:
        """One sentence, or an empty string."""
        if self.outcome is Outcome.RIGHT:
            return ""
        return f"{self.asked} {self.outcome.value}."


@dataclass(frozen=True)
class Checked:
    """What came of one block.

    Attributes:
        place: where the author wrote it, such as `tutorial/first.rst:12`.
        caption: the author's, or None.
        failure: one sentence, or an empty string; of the app, not of its requests.
        details: traceback and the like.
        output: what the app printed, but for its answers to the requests.
        requests: those of the pages to this app.
        seconds: what it took; 0 for what an earlier check has found to be right.
        is_remembered: whether it is from an earlier check.
        is_left_out: whether the author said so; its requests are none of the check's, then.
    """

    place: str = ""
    caption: str | None = None
    failure: str = ""
    details: str = ""
    output: str = ""
    requests: tuple[CheckedRequest, ...] = ()
    seconds: float = 0.0
    is_remembered: bool = False
    is_left_out: bool = False

    @property
    def is_right(self) -> bool:
        """Whether the app and all requests are."""
        return next(self.failures, None) is None

    @property
    def failures(self) -> Iterator[Failure]:
        """Of the app and its requests; what was not sent has failed with the app."""
        name = self.caption or ""
        if self.failure:
            yield Failure(self.place, name, self.failure, self.details, self.output)
        for each in self.requests:
            if each.failure and each.outcome is not Outcome.NOT_SENT:
                details = "\n".join(each.details)
                yield Failure(each.place, name, each.failure, details, each.output)


class Failure(NamedTuple):
    """What is to be mended.

    Attributes:
        place: file and line.
        name: of the app, or an empty string.
        sentence: what failed.
        details: why.
        output: what the app printed.
    """

    place: str
    name: str
    sentence: str
    details: str
    output: str

    @property
    def title(self) -> str:
        """One line."""
        return f"{self.name}: {self.sentence}" if self.name else self.sentence

    @property
    def text(self) -> str:
        """What failed, and below it why, and what the app said, indented."""
        lines = [*self.details.splitlines(), *self.output.splitlines()]
        return "\n".join([self.title, *(f"    {line}".rstrip() for line in lines)])


def all_failures(results: Iterable[Checked]) -> Iterator[Failure]:
    """In the order of the pages."""
    for each in results:
        yield from each.failures
