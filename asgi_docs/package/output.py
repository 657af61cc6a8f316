"""Writes the output folder: equal files stay untouched, files of an earlier build go."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARKER = ".asgi-docs"
_MARKER_TEXT = b"Written by asgi-docs, which may delete everything in this folder.\n"


class OutputFolder:
    """The folder under construction. Nothing outside of it is ever touched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._written: set[Path] = set()
        # Without our marker, the folder's other files are somebody else's.
        self._ours = (folder / MARKER).is_file() or not folder.exists()
        self.write(MARKER, _MARKER_TEXT)

    def write(self, path: str, content: bytes) -> None:
        """Put a file at this place."""
        target = self._target(path)
        if not target.is_file() or target.read_bytes() != content:
            with whole_file(target) as part:
                part.write_bytes(content)

    def write_json(self, path: str, value: Any) -> None:
        """Put a value there, as compact JSON with sorted keys."""
        self.write(path, dump_json(value).encode())

    def copy(self, path: str, source: Path) -> None:
        """Put a copy there. The path names the content: what is there with this size is equal."""
        target = self._target(path)
        if not target.is_file() or target.stat().st_size != source.stat().st_size:
            with whole_file(target) as part:
                shutil.copyfile(source, part)

    def _target(self, path: str) -> Path:
        target = self.folder / path
        self._written.add(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def delete_stale(self) -> None:
        """Delete what this build did not write, if the folder was ours before."""
        if not self._ours:
            return
        for path in sorted(self.folder.rglob("*"), reverse=True):
            if path.is_dir() and not path.is_symlink():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path not in self._written:
                path.unlink()


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its place when it is complete, on a full disk never."""
    part = target.with_name(f".{target.name}.part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def dump_json(value: Any) -> str:
    """Compact JSON, the same for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def delete_folder(folder: Path) -> None:
    """Delete an output folder of an earlier build; one without our marker is left alone."""
    if (folder / MARKER).is_file():
        shutil.rmtree(folder)
