"""Tables in Markdown, for the README beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def table(corner: str, columns: Iterable[str], rows: Mapping[str, Sequence[object]]) -> str:
    """One row for each key; all columns but the first are aligned to the right.

    Numbers are rounded to whole ones: give strings for anything else.
    """
    columns = list(columns)
    lines = [_line([corner, *columns]), f"| --- |{' ---: |' * len(columns)}"]
    return "\n".join([*lines, *(_line([name, *cells]) for name, cells in rows.items())])


def _line(cells: Iterable[object]) -> str:
    texts = (f"{cell:.0f}" if isinstance(cell, float) else str(cell) for cell in cells)
    return f"| {' | '.join(texts)} |"
