"""Another site, for apps that ask one: 127.0.0.1, where the documentation is on localhost."""

from __future__ import annotations

import gzip
import json
import threading
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from asgi_docs.package import pyodide

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http.server import BaseHTTPRequestHandler

PREFIX = "/other-site/"

_ANYONE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "*",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Expose-Headers": "*",
}
# Opened by /open?gate=…; those who wait give up after a while, so that no thread outlives its test.
_gates: dict[str, threading.Event] = {}
_PATIENCE = 20.0


def answer(handler: BaseHTTPRequestHandler) -> None:
    """Answers one request."""
    parts = urlsplit(handler.path)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
    what = parts.path.removeprefix(PREFIX)
    if handler.command == "OPTIONS":
        _send(handler, 204, _ANYONE)
    elif what == "private":
        _send(handler, 200, {}, b"not for other sites")
    elif what == "redirect":
        _send(handler, int(asked["status"]), {**_ANYONE, "Location": f"{PREFIX}echo?redirected"})
    elif what == "gzip":
        _send(handler, 200, {**_ANYONE, "Content-Encoding": "gzip"}, gzip.compress(b"packed" * 99))
    elif what.startswith("npm/pyodide/"):
        file = pyodide.distribution() / what.removeprefix("npm/pyodide/")
        _send(handler, 200, _ANYONE, file.read_bytes())
    elif what.startswith("npm/changed/"):
        _send(handler, 200, _ANYONE, b"export {};")
    elif what == "open":
        _gate(asked["gate"]).set()
        _send(handler, 204, _ANYONE)
    elif what == "parts":
        _send_parts(handler, _gate(asked["gate"]))
    elif what == "silent":
        _gate(asked["gate"]).wait(_PATIENCE)
        _send(handler, 204, _ANYONE)
    else:
        echo = {
            "method": handler.command,
            "path": handler.path.removeprefix(PREFIX),
            "headers": {name.lower(): value for name, value in handler.headers.items()},
            "body": body.decode(),
        }
        headers = {**_ANYONE, "X-Echo": "yes", "Set-Cookie": "other=1; SameSite=None; Path=/"}
        _send(handler, int(asked.get("status", 200)), headers, json.dumps(echo).encode())


def _gate(name: str) -> threading.Event:
    return _gates.setdefault(name, threading.Event())


def _send(
    handler: BaseHTTPRequestHandler, status: int, headers: Mapping[str, str], body: bytes = b""
) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    if status != 204:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(body)


def _send_parts(handler: BaseHTTPRequestHandler, gate: threading.Event) -> None:
    handler.send_response(200)
    for name, value in _ANYONE.items():
        handler.send_header(name, value)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"5\r\nfirst\r\n")
    handler.wfile.flush()
    gate.wait(_PATIENCE)
    handler.wfile.write(b"6\r\nsecond\r\n0\r\n\r\n")
