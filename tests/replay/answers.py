"""Exchanges on their way to whoever asks the app, and the answers on their way back."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from .comparing import as_pages_read_it, differences
from .recording import CLIENT_NAME, CLIENT_ORIGIN, Answer, Exchange

if TYPE_CHECKING:
    from collections.abc import Sequence

SET_BY_CLIENT = {"accept-encoding", "connection", "content-length"}
SET_BY_BROWSER = {*SET_BY_CLIENT, "host", "user-agent"}
FORBIDDEN_TO_PAGES = {"cookie", "origin", "access-control-request-method"}
"""https://fetch.spec.whatwg.org/#forbidden-request-header"""


class Outcome(NamedTuple):
    """What came of the exchanges of one test: their answers, or why there are none."""

    answers: list[Answer]
    mount: str
    error: str = ""


def entry(exchanges: Sequence[Exchange]) -> dict[str, Any]:
    """What `native.py` and `replay.js` read."""
    return {
        "module": exchanges[0].app.module,
        "variable": exchanges[0].app.variable,
        "requests": [_request(exchange) for exchange in exchanges],
    }


def _request(exchange: Exchange) -> dict[str, Any]:
    direct = needs_element(exchange)
    left_out = SET_BY_CLIENT if direct else SET_BY_BROWSER
    return {
        "method": exchange.method,
        "target": exchange.target,
        "headers": [pair for pair in exchange.headers if pair[0].lower() not in left_out],
        "body": base64.b64encode(exchange.body).decode(),
        "direct": direct,
    }


def needs_element(exchange: Exchange) -> bool:
    """Whether no page could send the request, or read its answer: then the element asks."""
    answer = exchange.answer
    return (
        answer is None
        or 300 <= answer.status < 400
        or bool(answer.header("set-cookie"))
        or CLIENT_NAME.encode() in answer.body
        or f'"{urlsplit(CLIENT_ORIGIN).netloc}"'.encode() in answer.body
        or exchange.origin != CLIENT_ORIGIN
        or any(name.lower() in FORBIDDEN_TO_PAGES for name, _ in exchange.headers)
        or ("user-agent", CLIENT_NAME) not in exchange.headers  # Chromium keeps its own name
        or len({name.lower() for name, _ in exchange.headers}) < len(exchange.headers)
        or (bool(exchange.body) and exchange.method in ("GET", "HEAD"))
    )


def answers_of(given: dict[str, Any] | list[Any], mount: str = "") -> Outcome:
    """Read what the other side wrote."""
    if isinstance(given, dict):
        if "error" in given:
            return Outcome([], mount, given["error"])
        given, mount = given["answers"], given["mount"]
    answers = [
        Answer(
            each["status"],
            [(name, value) for name, value in each["headers"]],
            base64.b64decode(each["body"]),
        )
        for each in given
    ]
    return Outcome(answers, mount)


def misses(exchanges: Sequence[Exchange], outcome: Outcome, *, in_page: bool) -> list[list[str]]:
    """Where each answer is not the recorded one; an empty list where it is equal.

    Args:
        exchanges: of one test.
        outcome: what came of them.
        in_page: whether a page asked what a page can ask.
    """
    if outcome.error:
        return [[outcome.error] for _ in exchanges]
    found = []
    for exchange, seen in zip(exchanges, outcome.answers, strict=True):
        recorded = exchange.answer
        assert recorded is not None
        if in_page and not needs_element(exchange):
            recorded = as_pages_read_it(recorded)
        found.append(differences(recorded, seen, origin=exchange.origin, mount=outcome.mount))
    return found
