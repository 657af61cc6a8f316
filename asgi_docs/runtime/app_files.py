"""The files in the app's folder: the author's, and those that the app itself writes.

The latter end with the interpreter; at the reader's wish the next start goes on with them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LIMIT = 50_000_000
"""Bytes that are carried over; the page holds them meanwhile."""
_OURS = "__pycache__"


class AppFiles:
    """Notes what the folder holds, as the app has not run yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known = dict(self._signatures())

    def put_back(self, kept: Iterable[tuple[str, bytes]]) -> None:
        """Write what an earlier run of the app has left."""
        for name, content in kept:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def has_written(self) -> bool:
        """Whether there is something to keep."""
        return any(True for _ in self._written())

    def written(self) -> list[tuple[str, bytes]] | None:
        """What the app has written, by path below the folder; none if that is too much."""
        names = list(self._written())
        if sum((self.folder / name).stat().st_size for name in names) > LIMIT:
            return None
        return [(name, (self.folder / name).read_bytes()) for name in names]

    def _written(self) -> Iterator[str]:
        for name, signature in self._signatures():
            if self._known.get(name) != signature:
                yield name

    def _signatures(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for place, folders, names in os.walk(self.folder):
            folders[:] = [each for each in folders if each != _OURS]
            for name in names:
                path = os.path.join(place, name)  # noqa: PTH118  this runs after each answer
                if not os.path.isfile(path):  # noqa: PTH113
                    continue
                state = os.stat(path)  # noqa: PTH116
                yield os.path.relpath(path, self.folder), (state.st_size, state.st_mtime_ns)
