"""Patterns of file names: the ones of a block's `files`, and of a project's configuration."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MAGIC = frozenset("*?[")


def absolute(path: Path) -> Path:
    """The path in full, without `..`; symbolic links stay as the author sees them."""
    return Path(os.path.abspath(path))  # noqa: PTH100  resolve() follows symbolic links


def split_pattern(pattern: str) -> tuple[str, str]:
    """The folder that a pattern begins with, and what it says about the paths in there."""
    parts = pattern.split("/")
    literal = next(
        (index for index, part in enumerate(parts) if _MAGIC & set(part)), len(parts) - 1
    )
    return "/".join(parts[:literal]) + "/" if literal else ".", "/".join(parts[literal:])


def is_example(file: Path, patterns: Iterable[str], folder: Path) -> bool:
    """Whether a file is Python and one of those that a project's patterns name.

    Args:
        file: in full, or relative to the current folder.
        patterns: with `*`, `?` and `[…]` within a name, and `**` for any number of folders; a
            folder means all that is below it.
        folder: what the patterns are relative to.
    """
    path = absolute(file)
    return path.suffix == ".py" and any(_names(pattern, path, folder) for pattern in patterns)


def _names(pattern: str, path: Path, folder: Path) -> bool:
    literal, rest = split_pattern(pattern)
    if not _MAGIC & set(rest):
        literal, rest = pattern, ""
    base = absolute(folder / literal)
    return path.is_relative_to(base) and _matches(
        path.relative_to(base).parts, PurePosixPath(rest).parts
    )


def _matches(names: Sequence[str], patterns: Sequence[str]) -> bool:
    if not patterns:
        return True
    if patterns[0] == "**":
        return any(_matches(names[skipped:], patterns[1:]) for skipped in range(len(names) + 1))
    return bool(names) and fnmatchcase(names[0], patterns[0]) and _matches(names[1:], patterns[1:])
