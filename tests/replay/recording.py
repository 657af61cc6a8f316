"""Recorded exchanges: what tests sent to apps, and what these answered."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

FASTAPI_TUTORIALS = Path(__file__).parent / "corpus" / "fastapi-tutorials.jsonl.gz"

CLIENT_ORIGIN = "http://testserver"
CLIENT_NAME = "testclient"
"""Whom Starlette's test client asks, and who it says that it is, unless it is told otherwise."""

HeaderPairs = list[tuple[str, str]]


class Answer(NamedTuple):
    """A response; the body is None where it could not be read."""

    status: int
    headers: HeaderPairs
    body: bytes

    def header(self, name: str) -> str:
        """The first value of a header, or an empty string."""
        return next((value for known, value in self.headers if known.lower() == name), "")


class App(NamedTuple):
    """A dotted module below the sources, and the application's name in it."""

    module: str
    variable: str

    def __str__(self) -> str:
        return f"{self.module}:{self.variable}"


@dataclass(frozen=True)
class Exchange:
    """One request and its recorded answer.

    Attributes:
        origin: scheme and host of the recorded URL.
        target: its path and query.
        answer: None for the handshake of a WebSocket, whose frames no recording holds.
    """

    test: str
    app: App
    method: str
    origin: str
    target: str
    headers: HeaderPairs
    body: bytes
    answer: Answer | None

    def __str__(self) -> str:
        return f"{self.method} {self.target} ({self.test.rpartition('/')[2]})"


Recording = dict[App, dict[str, list[Exchange]]]
"""The exchanges of each app by test; those of one test share the app's state, in this order."""


def load(path: Path) -> Recording:
    """Read a file of JSON lines, also one that gzip has packed.

    Keys of a line: `test`, `module`, `var`, `method`, `url`, `headers`, `body` (base64), `status`,
    `rheaders`, `rbody` (base64); in place of the last three `raised`.
    """
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    recording: Recording = {}
    for line in text.splitlines():
        exchange = _exchange(json.loads(line))
        recording.setdefault(exchange.app, {}).setdefault(exchange.test, []).append(exchange)
    return recording


def _exchange(row: dict[str, Any]) -> Exchange:
    url = urlsplit(row["url"])
    answer = None
    if "status" in row:
        answer = Answer(row["status"], _pairs(row["rheaders"]), base64.b64decode(row["rbody"]))
    return Exchange(
        test=row["test"],
        app=App(row["module"], row["var"]),
        method=row["method"],
        origin=f"{url.scheme}://{url.netloc}",
        target=(url.path or "/") + (f"?{url.query}" if url.query else ""),
        headers=_pairs(row["headers"]),
        body=base64.b64decode(row["body"]),
        answer=answer,
    )


def _pairs(headers: list[list[str]]) -> HeaderPairs:
    return [(name, value) for name, value in headers]
