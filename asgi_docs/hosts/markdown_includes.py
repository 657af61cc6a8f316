"""Which files a fence's code comes from, as far as the extensions that include them let one know.

A fence is found before these extensions see it, and formatted when they have put the files into it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asgi_docs.hosts.fence_scanner import Fence
from asgi_docs.hosts.nesting import comparable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown import Markdown

# https://facelessuser.github.io/pymdown-extensions/extensions/snippets/
_SNIPPET = re.compile(r"""-+8<-+[ \t]+(?P<quote>["'])(?P<path>.+)(?P=quote)""")
_SNIPPETS = re.compile(r"-+8<-+")
_PART_OF_SNIPPET = re.compile(r":[\w:,-]*$")
# https://github.com/neurobin/mdx_include
_MDX_INCLUDE = re.compile(r"\{!\s*(?P<path>[^]|[]+?)\s*(?P<part>\[ln:[\d.,-]+\]\s*)?(\|[^!]*)?!\}")
# https://github.com/tiangolo/markdown-include-variants
_INCLUDE_VARIANTS = re.compile(r"\{\*\s*(?P<path>\S+)\s*.*\*\}")


@dataclass(frozen=True)
class Expansion:
    """What a fence's body becomes.

    Attributes:
        lines: its lines, without indentation; all lines of a file that is included in part.
        has_includes: whether any of the lines comes from elsewhere.
        has_parts: whether a file is included in part.
        file: where all of them come from, or None.
        is_snippet: whether pymdownx.snippets includes that file.
    """

    lines: list[str]
    has_includes: bool = False
    has_parts: bool = False
    file: Path | None = None
    is_snippet: bool = False

    def may_be(self, lines: Sequence[str]) -> bool:
        """Whether these lines can be what the fence has become."""
        if not self.has_parts:
            return self.lines == lines
        rest = iter(self.lines)
        return len(lines) < len(self.lines) and all(line in rest for line in lines)


@dataclass(frozen=True)
class _Piece:
    """A line of a fence's body, or the file that it stands for."""

    line: str
    file: Path | None = None
    is_part: bool = False
    is_snippet: bool = False

    @property
    def lines(self) -> list[str]:
        return lines_of(self.file) if self.file else [self.line]


def expand(md: Markdown, body: Sequence[str]) -> Expansion:
    """Find the files that will be included in a fence's body."""
    if not any("-8<-" in line or "{!" in line for line in body):  # as most
        return Expansion(list(body))
    pieces = list(_pieces(md, body))
    with_text = [piece for piece in pieces if piece.line]
    whole = with_text[0] if len(with_text) == 1 else _Piece("")
    return Expansion(
        lines=[line for piece in pieces for line in piece.lines],
        has_includes=any(piece.file for piece in pieces),
        has_parts=any(piece.is_part for piece in pieces),
        file=whole.file,
        is_snippet=whole.is_snippet,
    )


def included_fences(md: Markdown, lines: Sequence[str]) -> Iterator[tuple[Fence, Expansion]]:
    """The fences that FastAPI's `{* path *}` will become, each in place of its line."""
    if "include_variants" not in md.preprocessors:
        return
    for number, line in enumerate(lines, start=1):
        found = _INCLUDE_VARIANTS.fullmatch(line)
        if found and (file := _file(found["path"])):
            fence = Fence(number, "```", "python", name="", readable=True, closed=True, body=[])
            yield fence, Expansion(lines_of(file), has_includes=True, file=file)


def files_of_mdx_include(md: Markdown) -> list[Path]:
    """The files that mdx_include has put into the page so far."""
    read: Callable[[], Any] = getattr(md, "mdx_include_get_content_cache_local", dict)
    return [Path(file) for file in read()]


def _pieces(md: Markdown, body: Sequence[str]) -> Iterator[_Piece]:
    listed = False
    for line in body:
        if _SNIPPETS.fullmatch(line):
            listed = not listed
        elif listed:
            yield _snippet(md, line, line)
        elif found := _SNIPPET.fullmatch(line):
            yield _snippet(md, line, found["path"])
        elif found := _MDX_INCLUDE.fullmatch(line):
            yield _mdx_include(md, line, found)
        else:
            yield _Piece(line)


def _snippet(md: Markdown, line: str, written: str) -> _Piece:
    find: Any = getattr(_preprocessor(md, "snippet"), "get_snippet_path", None)
    if not find:
        return _Piece(line)
    if whole := _file(find(written)):
        return _Piece(line, whole, is_snippet=True)
    part = _file(find(_PART_OF_SNIPPET.sub("", written)))
    return _Piece(line, part, is_part=part is not None, is_snippet=True)


def _mdx_include(md: Markdown, line: str, found: re.Match[str]) -> _Piece:
    base: Any = getattr(_preprocessor(md, "mdx_include"), "base_path", None)
    file = _file(Path(base, found["path"])) if base else None
    return _Piece(line, file, is_part=bool(file and found["part"]))


def _preprocessor(md: Markdown, name: str) -> object:
    return md.preprocessors[name] if name in md.preprocessors else None  # noqa: SIM401  it has no get()


def _file(path: str | Path | None) -> Path | None:
    return Path(path) if path and Path(path).is_file() else None


def lines_of(file: Path) -> list[str]:
    """The lines of a file, without indentation."""
    try:
        return comparable(file.read_text(encoding="utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError):
        return []
