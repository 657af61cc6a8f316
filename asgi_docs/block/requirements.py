"""Lists of requirements as authors write them, and as the rest of the house reads them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from collections.abc import Iterable

_CLAUSE = r"(?:===|~=|[<>=!]=|[<>])\s*[^\s,;]+"
_REQUIREMENT = re.compile(
    rf"""
    [\w.-]+                                # name
    (?:\s*\[[^]]*\])?                      # extras
    (?:\s*@\s*\S+|\s*{_CLAUSE}(?:\s*,\s*{_CLAUSE})*)?   # URL or version clauses
    """,
    re.VERBOSE,
)
_SEPARATORS = re.compile(r"[\s,]*")


def split_requirements(text: str) -> list[str]:
    """Take a list apart whose items stand on lines, or between spaces or commas.

    A comma also joins the version clauses of one requirement, and spaces are allowed around them,
    so neither is always a separator. A requirement with a marker stands on a line of its own.
    """
    pieces: list[str] = []
    for line in text.splitlines():
        if ";" in line:
            pieces.append(line.strip(" \t,"))
        else:
            pieces.extend(_split_line(line))
    return [piece for piece in pieces if piece]


def _split_line(line: str) -> list[str]:
    pieces = []
    position = 0
    while (position := _end_of_separators(line, position)) < len(line):
        found = _REQUIREMENT.match(line, position)
        end = found.end() if found else position + len(line[position:].split()[0])
        pieces.append(line[position:end])
        position = end
    return pieces


def _end_of_separators(line: str, position: int) -> int:
    found = _SEPARATORS.match(line, position)
    return found.end() if found else position


def normalise_requirements(requirements: Iterable[str]) -> tuple[str, ...]:
    """One spelling for each requirement, sorted, without repetitions.

    Raises:
        BlockError: one of them is no PEP 508 requirement.
    """
    return tuple(sorted({_normalise(text) for text in requirements}))


@cache
def required_name(requirement: str) -> str:
    """The canonical name of what is required; each is asked for many times in a build."""
    return canonicalize_name(Requirement(requirement).name)


@cache
def _normalise(text: str) -> str:
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        raise BlockError(
            f"{text!r} is not a requirement such as 'fastapi' or 'httpx>=0.27,<1'.",
            subtype="option",
        ) from None
    requirement.name = canonicalize_name(requirement.name)
    return str(requirement)
