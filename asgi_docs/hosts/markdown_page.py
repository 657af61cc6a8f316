"""Which page a Markdown conversion is for, and reports about it: each Markdown tool has its way."""

from __future__ import annotations

import logging
import os
import re
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asgi_docs.block.requests.records import Records, read_records
from asgi_docs.errors import NoApplicationError, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markdown import Markdown

    from asgi_docs.errors import BlockError

# MkDocs counts warnings of this logger under --strict, also those of an extension.
logger = logging.getLogger("mkdocs.plugins.asgi-docs")

_FRONT_MATTER = re.compile(r"\A-{3}[ \t]*\n.*?\n(?:\.{3}|-{3})[ \t]*\n\n*", re.DOTALL)


class PageAnswers:
    """The records of a page; shared, since a docstring in the page is a conversion of its own."""

    def __init__(self) -> None:
        self._records: Records | None = None
        self._is_read = False

    def read(self, file: Path) -> Records | None:
        """Those of the file; None when it cannot be read, which is told once."""
        if not self._is_read:
            self._is_read = True
            try:
                self._records = Records(read_records(file))
            except RecordError as error:
                logger.warning("%s", error)
        return self._records


@dataclass(frozen=True)
class MarkdownPage:
    """One page of a documentation.

    Attributes:
        path: the page's file relative to the docs folder, or an empty string when unknown.
        docs_dir: the docs folder.
        url: what relative URLs of the page start from, relative to the site.
        meta: what its front matter says.
        answers: the recorded ones.
    """

    path: str
    docs_dir: Path
    url: str
    meta: Mapping[str, Any] = field(default_factory=dict)
    answers: PageAnswers = field(default_factory=PageAnswers, compare=False)

    @property
    def to_site_root(self) -> str:
        """The relative URL from the page to the root of the site."""
        return "../" * self.url.lstrip("./").count("/")

    def find_file(self, written: str) -> Path:
        """A path that an author wrote in the page; `/` is the docs folder."""
        if written.startswith("/"):
            return self.docs_dir / written.lstrip("/")
        return self.docs_dir / Path(self.path).parent / written

    def read(self) -> str:
        """The page's file, front matter included; empty when it cannot be read."""
        try:
            return (self.docs_dir / self.path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return ""

    def lines_before(self, text: str) -> int:
        """How many lines of the page's file come before the text that is converted."""
        whole = self.read()
        start = whole.rfind(text)
        if start >= 0:
            return whole.count("\n", 0, start)
        # Another plugin has changed the text; the front matter is all that can be known.
        front = _FRONT_MATTER.match(whole)
        return front[0].count("\n") if front else 0


current_page: ContextVar[MarkdownPage | None] = ContextVar("current_page", default=None)
"""The page that is converted, for conversions inside it that do not know it (docstrings)."""


def page_of(md: Markdown) -> MarkdownPage:
    """The page that the conversion is for; without a docs tool, one in the current folder."""
    return (
        _mkdocs_page(md) or _zensical_page(md) or current_page.get() or MarkdownPage("", Path(), "")
    )


def mkdocs_config(md: Markdown) -> Any:
    """The configuration of MkDocs or ProperDocs, or None when neither does the conversion."""
    return getattr(_mkdocs_processor(md), "config", None)


def zensical_config(md: Markdown) -> dict[str, Any] | None:
    """The configuration of Zensical, or None when it does not do the conversion."""
    return next((config for _, config in _zensical(md)), None)


def language_of(md: Markdown) -> str:
    """The language of the theme's words, which is that of the page in most themes that have it."""
    config, zensical = mkdocs_config(md), zensical_config(md)
    theme: Any = config.theme if config is not None else (zensical or {}).get("theme")
    try:
        return str(theme["language"])
    except (KeyError, TypeError):
        return "en"


def config_folder(md: Markdown) -> Path:
    """The folder of the documentation's configuration; without a docs tool, the current one."""
    config = mkdocs_config(md)
    if config is not None:
        return Path(config.config_file_path).parent
    zensical = zensical_config(md)
    return Path(str(zensical.get("root_dir", ""))) if zensical else Path()


def _mkdocs_processor(md: Markdown) -> Any:
    """MkDocs and ProperDocs register a tree processor that knows the file."""
    return md.treeprocessors["relpath"] if "relpath" in md.treeprocessors else None  # noqa: SIM401  it has no get()


def _mkdocs_page(md: Markdown) -> MarkdownPage | None:
    file = getattr(_mkdocs_processor(md), "file", None)
    config = mkdocs_config(md)
    if file is None or config is None:
        return None
    meta = getattr(file.page, "meta", None) or {}
    return MarkdownPage(file.src_uri, Path(config.docs_dir), file.dest_uri, meta)


def _zensical_page(md: Markdown) -> MarkdownPage | None:
    for page, config in _zensical(md):
        docs_dir = config_folder(md) / str(config.get("docs_dir", "docs"))
        # Not page.url: Zensical takes relative URLs, those of raw HTML too, for relative to the
        # source file and maps them to the page afterwards.
        meta = getattr(page, "meta", None) or {}
        return MarkdownPage(str(page.path), docs_dir, str(page.path), meta)
    return None


def _zensical(md: Markdown) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Zensical registers a preprocessor that knows page and configuration."""
    for processor in md.preprocessors:
        page: Any = getattr(processor, "page", None)
        config: Any = getattr(processor, "config", None)
        if hasattr(page, "url") and hasattr(page, "path") and isinstance(config, dict):
            yield page, config


@dataclass(frozen=True)
class Where:
    """Where the code of a block stands.

    Attributes:
        fence: line of the fence's header; None when an include brought the fence itself.
        file: the file that the code comes from, or None for the fence itself.
        has_includes: whether other files are among the fence's lines.
    """

    fence: int | None
    file: Path | None
    has_includes: bool


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

    def problem(self, problem: BlockError, where: Where, *, asked: bool = True) -> None:
        """Tell what is wrong with a block.

        Args:
            problem: with its line inside the code, if it has one.
            where: what that line is counted in.
            asked: whether the author wants this very block to be live; of those that are live by
                the project's configuration many are not meant to.
        """
        place = self._place_in(None if problem.option else problem.line, where)
        if asked or problem.subtype == "request":  # which is meant also in an example's comment
            logger.warning("%s: %s", place, problem)
        else:
            is_usual = isinstance(problem, NoApplicationError)
            logger.log(
                logging.DEBUG if is_usual else logging.INFO, "%s: not live: %s", place, problem
            )

    def source(self, line: int | None, where: Where) -> str:
        """A place as the page itself carries it: relative to the docs folder.

        Args:
            line: of the code, or None for the block as a whole.
            where: what that line is counted in.
        """
        if line is not None and where.file:
            return f"{_relative(where.file, self.page.docs_dir)}:{line}"
        return self._place_in(line, where)

    def _place_in(self, line: int | None, where: Where) -> str:
        if line is not None and where.file:
            return f"{self._shown(where.file)}:{line}"
        if line is not None and where.fence is not None and not where.has_includes:
            return self.place(where.fence + line)
        return self.place(where.fence)

    def _shown(self, file: Path) -> str:
        try:
            return file.resolve().relative_to(self.page.docs_dir.resolve()).as_posix()
        except ValueError:
            return str(file)


def _relative(file: Path, folder: Path) -> str:
    return Path(os.path.relpath(file.resolve(), folder.resolve())).as_posix()
