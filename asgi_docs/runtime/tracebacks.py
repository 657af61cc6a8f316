"""Tracebacks for the reader: the app's frames and the libraries', not ours."""

from __future__ import annotations

import importlib
import sys
import traceback
from pathlib import Path

HIDDEN = (
    str(Path(__file__).parent),
    importlib.import_module.__code__.co_filename,
    "<frozen importlib",
)


def app_traceback(error: BaseException) -> str:
    """Format an exception without the frames of this server and of the import system."""
    formatted = traceback.TracebackException.from_exception(error)
    seen: set[int] = set()
    pending: list[traceback.TracebackException | None] = [formatted]
    while pending:
        part = pending.pop()
        if part is None or id(part) in seen:
            continue
        seen.add(id(part))
        frames = [frame for frame in part.stack if not frame.filename.startswith(HIDDEN)]
        part.stack = traceback.StackSummary.from_list(frames)
        members = getattr(part, "exceptions", None)  # Python 3.10 has no ExceptionGroup
        pending += [part.__cause__, part.__context__, *(members or ())]
    return "".join(formatted.format()).rstrip()


def complain(*lines: str) -> None:
    """Tell the reader, in the app's log."""
    print(*lines, sep="\n", file=sys.stderr)  # noqa: T201  stderr is the reader's log
