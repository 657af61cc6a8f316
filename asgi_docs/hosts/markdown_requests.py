"""Requests of a page in Markdown: each a code block, with the recorded answer below."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from asgi_docs.block.markup import REQUEST_ELEMENT, request_html
from asgi_docs.block.requests.authored import read_requests
from asgi_docs.block.requests.display import LANGUAGE, shown_answer
from asgi_docs.block.requests.page import PageRequests
from asgi_docs.block.requests.records import FOLDER, record_file
from asgi_docs.block.requests.task_text import task_label, task_sentence
from asgi_docs.errors import BlockError
from asgi_docs.hosts.markdown_code import OF_HIGHLIGHTER, highlighted, layout_of
from asgi_docs.hosts.markdown_page import language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from markdown import Markdown

    from asgi_docs.block.requests.model import Request
    from asgi_docs.hosts.markdown_page import PageReport, Where


@dataclass
class MarkdownRequests:
    """The requests of one conversion.

    Attributes:
        report: tells the author what is wrong.
        highlight: superfences' own formatter.
        folder: that of the documentation's configuration.
        sources: receives the file with the records.
    """

    report: PageReport
    highlight: Callable[..., Any]
    folder: Path
    sources: set[Path]

    @property
    def name(self) -> str:
        """The page's, without suffix; empty without a docs tool, and so without records."""
        path = self.report.page.path
        return PurePosixPath(path).with_suffix("").as_posix() if path else ""

    @property
    def record(self) -> Path:
        """The file with the recorded answers, which may not be there."""
        return record_file(self.folder / "asgi-docs" / FOLDER, self.name)

    @cached_property
    def page(self) -> PageRequests:
        """Receives the blocks and requests in their order."""
        records = self.report.page.answers.read(self.record) if self.name else None
        return PageRequests(self.name, records)

    def of_block(self, requests: Sequence[Request], where: Where, md: Markdown) -> str:
        """The elements that follow a live block."""
        return "".join(f"\n{self._element(each, '', where, md, {}, ())}" for each in requests)

    def of_fence(
        self,
        src: str,
        given: Mapping[str, str | None],
        classes: Sequence[str],
        where: Where,
        md: Markdown,
    ) -> str:
        """The elements of a fence; its text as it is, where something is wrong with it.

        Args:
            src: requests in HTTP text.
            given: options, unchecked.
            classes: names of CSS classes.
            where: the fence.
            md: the conversion.
        """
        ours = {name: value for name, value in given.items() if name not in OF_HIGHLIGHTER}
        reading = read_requests(ours, src, OF_HIGHLIGHTER, self.report.page.find_file)
        self.sources.update(reading.sources)
        layout, refused = layout_of(given, reading.options.caption, md)
        classes = [*classes, *reading.options.classes]
        problems = [*reading.problems, *refused]
        for problem in problems:
            self.report.problem(problem, where)
        if problems:
            return self._code(src, md, layout, classes)
        made = []
        for request in reading.requests:
            made.append(self._element(request, reading.options.block, where, md, layout, classes))
            layout = {name: value for name, value in layout.items() if name != "title"}
        return "\n".join(made)

    def _element(
        self,
        request: Request,
        block: str,
        where: Where,
        md: Markdown,
        layout: Mapping[str, str],
        classes: Sequence[str],
    ) -> str:
        if self.name:
            self.sources.add(self.record)
        shown = self._code(request.text, md, layout, classes)
        source = self.report.source(None if request.option else request.line, where)
        try:
            documented, problems = self.page.add(request, block=block, source=source)
        except BlockError as problem:
            self.report.problem(problem, where)
            return shown
        if _wants_answers():
            for each in problems:
                self.report.problem(each, where)
        parts = [_part("asked", shown)]
        if request.task:
            parts.insert(0, _part("task", _task(request, language_of(md))))
        if documented.answer:
            answer = self._code(shown_answer(documented.answer), md, {}, ())
            parts.append(_part("answer", answer))
        return request_html(documented.to_json(), "\n".join(parts))

    def _code(
        self, text: str, md: Markdown, layout: Mapping[str, str], classes: Sequence[str]
    ) -> str:
        return highlighted(self.highlight, text, LANGUAGE, md, layout=layout, classes=classes)


def _part(name: str, html: str) -> str:
    return f'<div class="{REQUEST_ELEMENT}-{name}">{html}</div>'


def _task(request: Request, language: str) -> str:
    sentence = "".join(
        f"<code>{escape(text)}</code>" if is_code else escape(text)
        for text, is_code in task_sentence(request, language)
    )
    return f"<p><strong>{task_label(language)}</strong> {sentence}</p>"


def _wants_answers() -> bool:
    """Whether a request without a record is to be told: not where pages are made to lock them."""
    from asgi_docs.package.docs_sources import UNPACKAGED_VARIABLE

    return not os.environ.get(UNPACKAGED_VARIABLE)
