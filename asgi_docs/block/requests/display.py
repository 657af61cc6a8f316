"""What pages show of a request and its answer, as texts in HTTP for whatever highlights code."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from asgi_docs.block.requests.model import answer_text

if TYPE_CHECKING:
    from asgi_docs.block.requests.model import Answer

LANGUAGE = "http"
"""The lexer of Pygments for these texts; it knows the body by its content type."""

_WIDTH = 72
_LINES = 40
_JSON = re.compile(r"application/(?:[\w.+-]+\+)?json\b", re.IGNORECASE)


def shown_answer(answer: Answer) -> str:
    """An answer as a page shows it: long JSON in lines, a long body cut, bytes described."""
    text = answer_text(answer, _body(answer))
    return f"{text}\n…" if answer.is_partial else text


def _body(answer: Answer) -> str:
    if answer.digest:
        size = f"{answer.digest.size:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
        return f"({size} bytes)"
    lines = _pretty(answer).rstrip("\n").split("\n")
    if len(lines) > _LINES:
        lines = [*lines[:_LINES], f"… ({len(lines) - _LINES} more lines)"]
    return "\n".join(lines)


def _pretty(answer: Answer) -> str:
    body = answer.body
    if not _JSON.match(answer.header("content-type") or "") or len(body) <= _WIDTH:
        return body
    try:
        return json.dumps(json.loads(body), ensure_ascii=False, indent=2)
    except ValueError:
        return body
