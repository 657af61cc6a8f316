"""Code that stands deep in a page: in lists, quotes and admonitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def comparable(lines: Sequence[str]) -> list[str]:
    """The lines in a form that does not depend on how deep they are nested."""
    return [line.strip("> \t") for line in lines]
