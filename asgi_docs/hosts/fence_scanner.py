"""Finds the fences in a page's Markdown that are ours or may be, with the line of each.

superfences tells a formatter neither the line of its fence nor of a fence that it will not take: a
header that it cannot read makes it print the fence as inline code without a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pymdownx.superfences import RE_NESTED_FENCE_START

from asgi_docs.hosts.nesting import comparable

if TYPE_CHECKING:
    from collections.abc import Sequence

FENCE_NAME = "asgi-live"
REQUEST_NAME = "asgi-request"

_PYTHON_NAMES = ("python", "py", "python3", "py3")
_PREFIX = re.compile(r"[> \t]*")
_OPENING = re.compile(r"(?P<fence>`{3,}|~{3,})(?P<header>[^`\n]*)$")
_QUOTED = re.compile(r"""=("[^"]*"|'[^']*')""")
# Also what is nearly our name: superfences prints a fence that it does not know as text.
_OURS = re.compile(
    r"(?:\s*\{?\.?|.*[\s{]\.?)asgi[-_]?(?P<kind>live|request)s?(?![\w-])", re.IGNORECASE
)
_LANGUAGE = re.compile(r"\s*(?:\{[^}]*?)?\.?(?P<name>[\w-]+)")
# https://python-markdown.github.io/extensions/admonition/, and the folding ones of pymdownx.details
_ADMONITION = re.compile(
    r'(?:!!!|\?{3}\+?) ?(?P<classes>[\w-]+(?: +[\w-]+)*)(?: +"(?P<title>.*?)")? *$'
)
_TAB = 4


@dataclass
class Admonition:
    """One admonition whose code is to be live.

    Attributes:
        line: 1-based line of its header.
        title: what stands there in quotes, or None.
        has_code: whether a fence that can be live was found in it.
    """

    line: int
    title: str | None
    has_code: bool = False


@dataclass(frozen=True)
class Fence:
    """One fence that is live or may be, or has requests.

    Attributes:
        line: 1-based line of the opening fence.
        opening: the indentation and the fence characters.
        header: what stands behind the fence characters.
        name: ours, when the header has it: of live fences or of those with requests.
        readable: whether superfences takes the header, and, of a fence of ours, knows it as such.
        closed: whether the closing fence was found.
        body: the lines without the indentation or quote marks of the fence.
        admonition: the one of ours that the fence stands in.
    """

    line: int
    opening: str
    header: str
    name: str
    readable: bool
    closed: bool
    body: list[str]
    admonition: Admonition | None = None

    @property
    def asked(self) -> bool:
        """Whether the author wants this very fence to be ours."""
        return bool(self.name) or self.admonition is not None

    @property
    def language(self) -> str:
        """What it is in."""
        return "http" if self.name == REQUEST_NAME else "python"


def find_fences(lines: Sequence[str]) -> tuple[list[Fence], list[Admonition]]:
    """All fences of ours or of Python that are not inside another fence; and our admonitions."""
    fences: list[Fence] = []
    admonitions: list[Admonition] = []
    within: _Region | None = None
    position = 0
    while position < len(lines):
        line = lines[position]
        within = within if within and within.contains(line) else None
        if header := _admonition(line):
            admonitions.append(Admonition(position + 1, header["title"]))
            within = _Region(admonitions[-1], _indentation(line) + _TAB)
        opening = _open(line)
        if opening is None:
            position += 1
            continue
        end = _end(lines, position, opening["fence"])
        if fence := _fence(lines, position, end, opening, within.admonition if within else None):
            fences.append(fence)
        position = end + 1
    return fences, admonitions


@dataclass(frozen=True)
class _Region:
    """The lines of an admonition."""

    admonition: Admonition
    indentation: int

    def contains(self, line: str) -> bool:
        return _indentation(line) >= self.indentation or not line.strip("> \t")


def _admonition(line: str) -> re.Match[str] | None:
    header = _ADMONITION.match(line, _start(line)) if "asgi-live" in line else None
    return header if header and FENCE_NAME in header["classes"].split() else None


def _fence(
    lines: Sequence[str],
    position: int,
    end: int,
    opening: re.Match[str],
    admonition: Admonition | None,
) -> Fence | None:
    header = opening["header"]
    ours = _OURS.match(_QUOTED.sub("", header))
    name = f"asgi-{ours['kind'].lower()}" if ours else ""
    language = _LANGUAGE.match(header)
    if not ours and not (language and is_python(language["name"])):
        return None
    if admonition and name != REQUEST_NAME:
        admonition.has_code = True
    return Fence(
        line=position + 1,
        opening=lines[position][: opening.end("fence")],
        header=header.strip(),
        name=name,
        readable=_is_readable(lines[position], name),
        closed=end < len(lines),
        body=comparable(lines[position + 1 : end]),
        admonition=admonition,
    )


def is_python(language: str | None) -> bool:
    """Whether a fence is in Python by the name behind its fence characters."""
    return (language or "").lower() in _PYTHON_NAMES


def _open(line: str) -> re.Match[str] | None:
    may_be = "```" in line or "~~~" in line  # the quicker question, which most lines answer
    return _OPENING.match(line, _start(line)) if may_be else None


def _start(line: str) -> int:
    prefix = _PREFIX.match(line)
    return prefix.end() if prefix else 0


def _indentation(line: str) -> int:
    return len(line[: _start(line)].expandtabs(_TAB))


def _end(lines: Sequence[str], opening: int, fence: str) -> int:
    closing = re.compile(rf"{fence}[ \t]*$")
    for index in range(opening + 1, len(lines)):
        if fence in lines[index] and closing.match(lines[index], _start(lines[index])):
            return index
    return len(lines)


def is_http(language: str | None) -> bool:
    """Whether a fence is in HTTP."""
    return (language or "").lower() == "http"


def _is_readable(line: str, name: str) -> bool:
    found = RE_NESTED_FENCE_START.match(line.rstrip(), _start(line))
    if found is None or found["unrecognized"]:
        return False
    classes = re.findall(r"\.([\w-]+)", found["attrs"] or "")
    language, *others = [found["lang"], *classes] if found["lang"] else [*classes, ""]
    is_host = is_http if name == REQUEST_NAME else is_python
    return name in ("", language) or (is_host(language) and name in others)
