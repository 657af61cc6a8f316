"""Reads the Python files that authors name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from pathlib import Path


def read_source(file: Path, written: str | None, option: str = "file") -> str:
    """The text of a file.

    Args:
        file: where it is.
        written: its path as the author wrote it.
        option: the one that names it.

    Raises:
        BlockError: it cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        reason = "is not UTF-8 text"
    except IsADirectoryError:
        reason = "is a folder"
    except OSError as error:
        reason = f"cannot be read ({error.strerror}, looked for {file.as_posix()})"
    raise BlockError(f"the file {written!r} {reason}.", subtype="file", option=option)
