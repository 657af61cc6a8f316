"""Requests in comments of the code, as Litestar's examples have them: `# run: /books`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from asgi_docs.block.requests.curl import parse_command

if TYPE_CHECKING:
    from asgi_docs.block.requests.model import Request

_WORD = "run:"
_COMMENT = re.compile(rf"#\s*{_WORD}\s*(?P<command>.*)")


def run_comments(code: str, first_line: int = 1) -> list[Request]:
    """The requests of the code's comments, each with its line.

    Args:
        code: the app's.
        first_line: what its lines are counted from.

    Raises:
        BlockError: one cannot be read.
    """
    if _WORD not in code:
        return []
    return [
        parse_command(found["command"], number)
        for number, line in enumerate(code.splitlines(), start=first_line)
        if (found := _COMMENT.fullmatch(line.strip()))
    ]


def without_run_comments(code: str) -> str:
    """The code as a page shows it; the same text where it has no such comments."""
    if _WORD not in code:
        return code
    lines = code.splitlines(keepends=True)
    kept = [line for line in lines if not _COMMENT.fullmatch(line.strip())]
    if len(kept) == len(lines):
        return code
    return "".join(kept).strip("\n") + "\n"
