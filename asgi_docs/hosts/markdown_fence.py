"""One `asgi-live` fence: from what superfences read to HTML."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from pymdownx.superfences import highlight_validator

from asgi_docs.block.author import Authored, Reading, read_block
from asgi_docs.block.markup import block_html
from asgi_docs.errors import BlockError
from asgi_docs.hosts.fence_scanner import comparable
from asgi_docs.hosts.markdown_page import logger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from markdown import Markdown

    from asgi_docs.hosts.fence_scanner import Fence
    from asgi_docs.hosts.markdown_page import PageReport

_OF_HIGHLIGHTER = ("hl_lines", "linenums")


@dataclass
class FenceFormatter:
    """A superfences formatter for the fences of one page.

    Attributes:
        report: tells the author what is wrong.
        fences: those found in the page's text and not yet formatted.
        highlight: superfences' own formatter.
        requires: the project's requirements.
        files: receives the files that blocks name.
    """

    report: PageReport
    fences: list[Fence]
    highlight: Callable[..., Any]
    requires: tuple[str, ...]
    files: set[Path]

    def __call__(
        self,
        src: str,
        md: Markdown,
        options: dict[str, str],
        classes: list[str],
        id_value: str,
        **_: Any,
    ) -> str:
        """The HTML of one fence; the code is shown whatever is wrong with the block."""
        line = self._line_of(src)
        try:
            return self._format(src, md, options, classes, id_value, line)
        except Exception:
            # superfences would print the fence raw without a word.
            logger.exception("%s: a fault of asgi_docs; please report it.", self.report.place(line))
            return self._highlighted(src, md, {}, classes, id_value)

    def _line_of(self, src: str) -> int | None:
        """The line of the fence with this text; None when an include brought it."""
        body = comparable(src.splitlines())
        for index, fence in enumerate(self.fences):
            if fence.body == body:
                return self.fences.pop(index).line
        return None

    def _format(
        self,
        src: str,
        md: Markdown,
        given: dict[str, str],
        classes: list[str],
        id_value: str,
        line: int | None,
    ) -> str:
        reading = read_block(
            Authored(
                given={name: value for name, value in given.items() if name not in _OF_HIGHLIGHTER},
                body=src,
                source=self.report.place(line),
                locate=self.report.page.find_file,
                default_requires=self.requires,
                host_options=_OF_HIGHLIGHTER,
            )
        )
        layout, refused = _layout(given, reading, md)
        self.files.update(reading.sources)
        problems = [*reading.problems, *refused]
        for problem in [*problems, *reading.advice]:
            self.report.problem(problem, reading.file, line)
        if not reading.code.strip():
            return ""
        fallback = self._highlighted(
            reading.code.rstrip("\n"),
            md,
            layout,
            [*classes, *reading.options.classes],
            id_value or _html_id(reading.options.name),
        )
        return fallback if problems or not reading.block else block_html(reading.block, fallback)

    def _highlighted(
        self, code: str, md: Markdown, layout: dict[str, str], classes: Sequence[str], id_value: str
    ) -> str:
        html = self.highlight(
            src=code,
            language="python",
            options=layout,
            md=md,
            classes=list(classes),
            id_value=id_value,
            attrs={},
        )
        return str(html)


def _html_id(name: str | None) -> str:
    return escape("-".join((name or "").split()))


def _layout(
    given: dict[str, str], reading: Reading, md: Markdown
) -> tuple[dict[str, str], list[BlockError]]:
    """The options of superfences' own code blocks, checked by its own validator."""
    processor: Any = md.preprocessors["fenced_code_block"]
    if not processor.use_pygments:
        return {}, []
    wanted = {name: given[name] for name in _OF_HIGHLIGHTER if name in given}
    title = given.get("title") or reading.options.caption
    if title:
        wanted["title"] = title
    layout: dict[str, str] = {}
    refused: dict[str, str] = {}
    highlight_validator("python", wanted, layout, refused, md)
    problems = [
        BlockError(f"option {name!r} cannot be {value!r}.", subtype="option", option=name)
        for name, value in refused.items()
    ]
    return layout, problems
