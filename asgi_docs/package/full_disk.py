"""A full disk, told in one sentence wherever it is met: by us, by uv, by npm, by Pyodide."""

from __future__ import annotations

import errno
import re
import signal
from typing import TYPE_CHECKING

from asgi_docs.errors import FullDiskError

if TYPE_CHECKING:
    import subprocess

_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_WORDS = re.compile(
    r"\b(no space left on device|disk quota exceeded|file too large|ENOSPC|EDQUOT|EFBIG)\b",
    re.IGNORECASE,
)
# What a program gets that does not expect the limit of a file's size; Windows has no such limit.
_LIMIT_SIGNAL = getattr(signal, "SIGXFSZ", None)


def refuse_full_disk(run: subprocess.CompletedProcess[str], program: str) -> None:
    """Do nothing, unless a program failed because of a full disk.

    Raises:
        FullDiskError: it did.
    """
    killed = _LIMIT_SIGNAL is not None and run.returncode == -_LIMIT_SIGNAL
    if killed or (run.returncode and _WORDS.search(f"{run.stdout}\n{run.stderr}")):
        raise FullDiskError(_told(f"{program} has no room for its files"))


def explain_os_error(error: OSError) -> str:
    """The sentence for a file that we could not read or write."""
    if error.errno in _ERRORS:
        return _told(
            f"{error.filename2 or error.filename or 'a file of the cache'} cannot be written"
        )
    return f"{error.filename or 'A file'}: {error.strerror}."


def _told(problem: str) -> str:
    return (
        f"The disk is full: {problem}. Make room, or name folders on another disk: the cache in "
        "ASGI_DOCS_CACHE, that of uv in UV_CACHE_DIR, temporary files in TMPDIR."
    )
