"""One live fence: from what superfences read to HTML."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING, Any

from asgi_docs.block.author import BODY_NAME, Authored, Reading, read_block
from asgi_docs.block.groups import Groups
from asgi_docs.block.markup import block_html
from asgi_docs.block.parts import Part
from asgi_docs.block.patterns import is_example
from asgi_docs.hosts.fence_scanner import FENCE_NAME, REQUEST_NAME, is_python
from asgi_docs.hosts.markdown_code import OF_HIGHLIGHTER, highlighted, layout_of
from asgi_docs.hosts.markdown_includes import Expansion, files_of_mdx_include, lines_of
from asgi_docs.hosts.markdown_page import Where, logger
from asgi_docs.hosts.markdown_requests import MarkdownRequests
from asgi_docs.hosts.nesting import comparable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from markdown import Markdown

    from asgi_docs.block.defaults import Defaults
    from asgi_docs.errors import BlockError
    from asgi_docs.hosts.fence_scanner import Fence
    from asgi_docs.hosts.markdown_page import PageReport


@dataclass(frozen=True)
class Settings:
    """What the project's configuration, or the page's head, says about blocks.

    Attributes:
        defaults: what the page or the project says for all blocks.
        examples: patterns of files whose code is live wherever it is included.
        folder: what the patterns are relative to.
        sources: receives the files that blocks were read from.
    """

    defaults: Defaults
    examples: tuple[str, ...]
    folder: Path
    sources: set[Path]


@dataclass(frozen=True)
class Found:
    """A fence of the page's text, with what its body will be."""

    fence: Fence
    body: Expansion


@dataclass
class PageFences:
    """The fences of one page.

    Attributes:
        report: tells the author what is wrong.
        found: the fences that were found in the page's text and not formatted yet.
        highlight: superfences' own formatter.
        settings: the project's.
        groups: those of the page.
        requests: those of the page.
        snippets: files that pymdownx.snippets has included.
    """

    report: PageReport
    found: list[Found]
    highlight: Callable[..., Any]
    settings: Settings
    groups: Groups = field(default_factory=Groups)
    requests: MarkdownRequests = field(init=False)
    snippets: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Begin with the page's requests."""
        settings = self.settings
        self.requests = MarkdownRequests(
            self.report, self.highlight, settings.folder, settings.sources
        )

    def finish(self) -> None:
        """Tell what is wrong when the page has come to its end."""
        for source, problem in self.groups.problems():
            logger.warning("%s: %s", source, problem)

    def format_ours(
        self,
        src: str,
        md: Markdown,
        options: dict[str, str],
        classes: list[str],
        id_value: str,
        **_: Any,
    ) -> str:
        """A superfences formatter for fences that say they are live.

        The code is shown whatever is wrong with the block.
        """
        classes = [name for name in classes if name != FENCE_NAME]
        found = self._take(src, FENCE_NAME)
        try:
            return self._format(src, md, options, classes, id_value, found)
        except Exception:
            self._log_fault(found)
            return self._parts([Part(BODY_NAME, src)], md, {}, classes, id_value)

    def format_requests(
        self, src: str, md: Markdown, options: dict[str, str], classes: list[str], **_: Any
    ) -> str:
        """A superfences formatter for fences with requests."""
        classes = [name for name in classes if name != REQUEST_NAME]
        found = self._take(src, REQUEST_NAME)
        try:
            file = found.body.file if found else None
            return self.requests.of_fence(src, options, classes, _where(found, file), md)
        except Exception:
            self._log_fault(found)
            return highlighted(self.highlight, src, "http", md, classes=classes)

    def format_other(self, src: str, language: str, md: Markdown, **rest: Any) -> str:
        """A superfences formatter for all other fences: Python in an admonition, or an example."""

        def show(text: str) -> str:
            return str(self.highlight(src=text, language=language, md=md, **rest))

        if not is_python(language):
            return show(src)
        found = self._take(src, "")
        try:
            return self._other(src, md, found, show)
        except Exception:
            self._log_fault(found)
            return show(src)

    def _other(
        self, src: str, md: Markdown, found: Found | None, show: Callable[[str], str]
    ) -> str:
        asked = found is not None and found.fence.asked
        included = found.body.file if found else None
        if not asked:
            included = self._example(src, md, included)
            if included is None:
                return show(src)
        reading = self._read({}, src, found, included)
        self._tell(reading.problems, reading, found, asked=asked)
        if len(reading.parts) > 1:
            shown = self._parts(reading.parts, md, {}, [], "")
        else:  # what has comments with requests is shown without them
            shown = show(reading.parts[0].text.rstrip("\n") if reading.requests else src)
        return self._live(reading, found, shown, md)

    def _log_fault(self, found: Found | None) -> None:
        # superfences would print the fence raw without a word.
        place = self.report.place(_line_of(found))
        logger.exception("%s: a fault of asgi_docs; please report it.", place)

    def _example(self, src: str, md: Markdown, included: Path | None) -> Path | None:
        """The file that the code comes from, when it is one of the project's examples."""
        candidates = [included] if included else files_of_mdx_include(md)
        body = comparable(src.splitlines())
        for file in candidates:
            if is_example(file, self.settings.examples, self.settings.folder) and (
                included or _trimmed(lines_of(file)) == _trimmed(body)
            ):
                return file
        return None

    def _take(self, src: str, name: str) -> Found | None:
        """The fence with this text; None when an include brought it."""
        body = comparable(src.splitlines())
        for index, found in enumerate(self.found):
            if found.fence.name == name and found.body.may_be(body):
                return self.found.pop(index)
        return None

    def _format(
        self,
        src: str,
        md: Markdown,
        given: dict[str, str],
        classes: list[str],
        id_value: str,
        found: Found | None,
    ) -> str:
        ours = {name: value for name, value in given.items() if name not in OF_HIGHLIGHTER}
        reading = self._read(ours, src, found, found.body.file if found else None)
        layout, refused = layout_of(given, reading.options.caption, md)
        problems = [*reading.problems, *refused]
        self._tell(problems, reading, found)
        if reading.is_hidden:
            return "<!-- code of asgi-docs -->"  # nothing would become an empty paragraph
        shown = self._parts(
            reading.parts,
            md,
            layout,
            [*classes, *reading.options.classes],
            id_value or _html_id(reading.options.name),
        )
        return shown if problems else self._live(reading, found, shown, md)

    def _read(
        self, given: Mapping[str, str], src: str, found: Found | None, included: Path | None
    ) -> Reading:
        reading = read_block(
            Authored(
                given=given,
                body=src,
                source=self.report.place(_line_of(found)),
                included=included,
                locate=self.report.page.find_file,
                defaults=self.settings.defaults,
                host_options=OF_HIGHLIGHTER,
                groups=self.groups,
            )
        )
        self.settings.sources.update(reading.sources)
        if included and found and found.body.is_snippet:
            self.snippets.add(included)
        return reading

    def _tell(
        self,
        problems: Sequence[BlockError],
        reading: Reading,
        found: Found | None,
        *,
        asked: bool = True,
    ) -> None:
        where = _where(found, reading.file)
        for problem in [*problems, *reading.advice]:
            self.report.problem(problem, where, asked=asked)

    def _live(self, reading: Reading, found: Found | None, shown: str, md: Markdown) -> str:
        if reading.block is None:
            return shown
        self.requests.page.add_block(reading.block.name)
        requests = self.requests.of_block(reading.requests, _where(found, reading.file), md)
        admonition = found.fence.admonition if found else None
        block = reading.block
        if admonition and admonition.title and not block.caption:
            block = replace(block, caption=admonition.title)
        return block_html(block.to_json(), shown) + requests

    def _parts(
        self,
        parts: Sequence[Part],
        md: Markdown,
        layout: dict[str, str],
        classes: Sequence[str],
        id_value: str,
    ) -> str:
        made = []
        for part in parts:
            title = {"title": part.name} if len(parts) > 1 else {}
            made.append(
                highlighted(
                    self.highlight,
                    part.text,
                    part.language,
                    md,
                    layout={**title, **layout},
                    classes=classes,
                    id_value=id_value,
                )
            )
            layout, id_value = {}, ""
        return "\n".join(made)


def _where(found: Found | None, file: Path | None) -> Where:
    return Where(
        fence=_line_of(found),
        file=file,
        has_includes=found is not None and found.body.has_includes,
    )


def _line_of(found: Found | None) -> int | None:
    return found.fence.line if found else None


def _trimmed(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip("\n")


def _html_id(name: str | None) -> str:
    return escape("-".join((name or "").split()))
