"""Which page a Markdown conversion is for, and reports about it: each Markdown tool has its way."""

from __future__ import annotations

import logging
import re
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown import Markdown

    from asgi_docs.errors import BlockError

# MkDocs counts warnings of this logger under --strict, also those of an extension.
logger = logging.getLogger("mkdocs.plugins.asgi-docs")

_FRONT_MATTER = re.compile(r"\A-{3}[ \t]*\n.*?\n(?:\.{3}|-{3})[ \t]*\n\n*", re.DOTALL)


@dataclass(frozen=True)
class MarkdownPage:
    """One page of a documentation.

    Attributes:
        path: the page's file relative to the docs folder, or an empty string when unknown.
        docs_dir: the docs folder.
        url: what relative URLs of the page start from, relative to the site.
    """

    path: str
    docs_dir: Path
    url: str

    @property
    def to_site_root(self) -> str:
        """The relative URL from the page to the root of the site."""
        return "../" * self.url.lstrip("./").count("/")

    def find_file(self, written: str) -> Path:
        """A path that an author wrote in the page; `/` is the docs folder."""
        if written.startswith("/"):
            return self.docs_dir / written.lstrip("/")
        return self.docs_dir / Path(self.path).parent / written

    def lines_before(self, text: str) -> int:
        """How many lines of the page's file come before the text that is converted."""
        try:
            whole = (self.docs_dir / self.path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return 0
        start = whole.rfind(text)
        if start >= 0:
            return whole.count("\n", 0, start)
        # Another plugin has changed the text; the front matter is all that can be known.
        front = _FRONT_MATTER.match(whole)
        return front[0].count("\n") if front else 0


current_page: ContextVar[MarkdownPage | None] = ContextVar("current_page", default=None)
"""The page being rendered, for conversions inside a page that do not know it (docstrings)."""


def page_of(md: Markdown) -> MarkdownPage:
    """The page that the conversion is for; without a docs tool, one in the current folder."""
    return (
        _mkdocs_page(md) or _zensical_page(md) or current_page.get() or MarkdownPage("", Path(), "")
    )


def mkdocs_config(md: Markdown) -> Any:
    """The configuration of MkDocs or ProperDocs, or None when neither does the conversion."""
    return getattr(_mkdocs_processor(md), "config", None)


def _mkdocs_processor(md: Markdown) -> Any:
    """MkDocs and ProperDocs register a tree processor that knows the file."""
    return md.treeprocessors["relpath"] if "relpath" in md.treeprocessors else None  # noqa: SIM401  it has no get()


def _mkdocs_page(md: Markdown) -> MarkdownPage | None:
    file = getattr(_mkdocs_processor(md), "file", None)
    config = mkdocs_config(md)
    if file is None or config is None:
        return None
    return MarkdownPage(file.src_uri, Path(config.docs_dir), file.dest_uri)


def _zensical_page(md: Markdown) -> MarkdownPage | None:
    """Zensical registers a preprocessor that knows page and configuration."""
    for processor in md.preprocessors:
        page: Any = getattr(processor, "page", None)
        config: Any = getattr(processor, "config", None)
        if hasattr(page, "url") and hasattr(page, "path") and isinstance(config, dict):
            root = Path(str(config.get("root_dir", "")))
            docs_dir = root / str(config.get("docs_dir", "docs"))
            # Not page.url: Zensical takes relative URLs, those of raw HTML too, for relative to the
            # source file and maps them to the page afterwards.
            return MarkdownPage(str(page.path), docs_dir, str(page.path))
    return None


@dataclass(frozen=True)
class PageReport:
    """Warnings about one page.

    Attributes:
        page: the page.
        lines_before: lines of its file that the conversion does not see (front matter).
    """

    page: MarkdownPage
    lines_before: int

    def place(self, line: int | None) -> str:
        """Path and line, such as `tutorial/first.md:12`."""
        path = self.page.path or "<markdown>"
        return path if line is None else f"{path}:{self.lines_before + line}"

    def warn(self, sentence: str, line: int | None) -> None:
        """Tell the author what is wrong in a line of the converted text."""
        logger.warning("%s: %s", self.place(line), sentence)

    def problem(self, problem: BlockError, file: Path | None, fence: int | None) -> None:
        """Tell what is wrong with a block.

        Args:
            problem: with its line inside the code, if it has one.
            file: where the code comes from, or None for the fence itself.
            fence: the line of the fence's header.
        """
        if problem.line is None or (file is None and fence is None):
            self.warn(str(problem), fence)
        elif file is None:
            self.warn(str(problem), (fence or 0) + problem.line)
        else:
            logger.warning("%s:%d: %s", self._shown(file), problem.line, problem)

    def _shown(self, file: Path) -> str:
        try:
            return file.resolve().relative_to(self.page.docs_dir.resolve()).as_posix()
        except ValueError:
            return str(file)
