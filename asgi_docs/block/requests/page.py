"""The requests of one page, in their order: whose app is asked, and what was recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from asgi_docs.block.advice import did_you_mean
from asgi_docs.block.requests.model import DocumentedRequest, Request
from asgi_docs.block.requests.references import check_references
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from asgi_docs.block.requests.records import Records


@dataclass
class _Block:
    name: str
    requests: list[Request] = field(default_factory=list)


class PageRequests:
    """Meets the live blocks and the requests of a page in their order."""

    def __init__(self, page: str, records: Records | None) -> None:
        """Begin a page.

        Args:
            page: names the file of records, such as `tutorial/first`.
            records: those of the page; None where they cannot be read, which has been told.
        """
        self._page = page
        self._records = records
        self._blocks: list[_Block] = []

    def add_block(self, name: str | None) -> None:
        """A live block comes."""
        self._blocks.append(_Block(name or ""))

    def add(
        self, request: Request, *, block: str, source: str
    ) -> tuple[DocumentedRequest, list[BlockError]]:
        """A request comes.

        Args:
            request: what is asked.
            block: the name of the live block that is asked, or empty for the nearest one before.
            source: where it stands.

        Returns:
            The request with its record, and what is not right about it: without an app that is
            asked it is to be shown as text, and nothing is sent. A missing record is told, too,
            with the subtype `answer`.

        Raises:
            BlockError: there is nobody to ask, or a reference leads nowhere.
        """
        asked = self._find(block, request)
        check_references(request, asked.requests)
        asked.requests.append(request)
        if request.task:  # what the author's code answers is not what is wanted
            return DocumentedRequest(request, block, self._page, source), []
        answer = self._records.take(block, request) if self._records else None
        problems = [] if answer or self._records is None else [_unrecorded(request)]
        return DocumentedRequest(request, block, self._page, source, answer), problems

    def _find(self, name: str, request: Request) -> _Block:
        for block in reversed(self._blocks):
            if not name or block.name == name:
                return block
        names = [block.name for block in self._blocks if block.name]
        if name:
            advice = did_you_mean(name, names, "give the block that name by its option 'name'.")
            sentence = f"no live block named {name!r} comes before this request; {advice}"
        else:
            sentence = "no live block comes before this request, so there is no app to ask."
        raise BlockError(sentence, subtype="request", line=request.line, option=name and "block")


def _unrecorded(request: Request) -> BlockError:
    return BlockError(
        f"no answer is recorded for {request.method} {request.target}; "
        "build the site, and run 'asgi-docs check SITE --update'.",
        subtype="answer",
        line=request.line,
        option=request.option or None,
    )
