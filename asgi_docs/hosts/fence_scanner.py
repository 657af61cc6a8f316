"""Finds the `asgi-live` fences in a page's Markdown, with the line of each.

superfences tells a formatter neither the line of its fence nor of a fence that it will not take: a
header that it cannot read makes it print the fence as inline code without a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pymdownx.superfences import RE_NESTED_FENCE_START

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FENCE_NAME = "asgi-live"

_PREFIX = re.compile(r"[> \t]*")
_OPENING = re.compile(r"(?P<fence>`{3,}|~{3,})(?P<header>[^`\n]*)$")
_QUOTED = re.compile(r"""=("[^"]*"|'[^']*')""")
# Also what is nearly our name: superfences prints a fence that it does not know as text.
_NEARLY = r"(?i:asgi[-_]?live)"
_OURS = re.compile(rf"\s*\{{?\.?{_NEARLY}(?![\w-])|.*\s\.?{_NEARLY}(?![\w-])")


@dataclass(frozen=True)
class Fence:
    """One fence of ours.

    Attributes:
        line: 1-based line of the opening fence.
        opening: the indentation and the fence characters.
        header: what stands behind the fence characters.
        readable: whether superfences takes the header and knows it as ours.
        closed: whether the closing fence was found.
        body: the lines without the indentation or quote marks of the fence.
    """

    line: int
    opening: str
    header: str
    readable: bool
    closed: bool
    body: list[str]


def find_fences(lines: Sequence[str]) -> Iterator[Fence]:
    """All fences of ours that are not inside another fence."""
    position = 0
    while position < len(lines):
        opening = _open(lines[position])
        if opening is None:
            position += 1
            continue
        end = _end(lines, position, opening["fence"])
        if _is_ours(opening["header"]):
            yield Fence(
                line=position + 1,
                opening=lines[position][: opening.end("fence")],
                header=opening["header"].strip(),
                readable=_is_readable(lines[position]),
                closed=end < len(lines),
                body=comparable(lines[position + 1 : end]),
            )
        position = end + 1


def comparable(lines: Sequence[str]) -> list[str]:
    """The lines in a form that does not depend on how deep the fence is nested."""
    return [line.strip("> \t") for line in lines]


def _open(line: str) -> re.Match[str] | None:
    return _OPENING.match(line, _start(line))


def _start(line: str) -> int:
    prefix = _PREFIX.match(line)
    return prefix.end() if prefix else 0


def _end(lines: Sequence[str], opening: int, fence: str) -> int:
    closing = re.compile(rf"{fence}[ \t]*$")
    for index in range(opening + 1, len(lines)):
        if closing.match(lines[index], _start(lines[index])):
            return index
    return len(lines)


def _is_ours(header: str) -> bool:
    return bool(_OURS.match(_QUOTED.sub("", header)))


def _is_readable(line: str) -> bool:
    found = RE_NESTED_FENCE_START.match(line.rstrip(), _start(line))
    if found is None or found["unrecognized"]:
        return False
    classes = re.findall(r"\.([\w-]+)", found["attrs"] or "")
    return (found["lang"] or "".join(classes[:1])) == FENCE_NAME
