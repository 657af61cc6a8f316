r"""One HTTP request and its response, as an ASGI server sees them.

Two machines run side by side. The *request* side holds the body chunks that have come and not yet
been received. The *response* side goes

    EXPECTING_START -> STARTED -> STREAMING -> COMPLETE
                          \_______________/^

moved by the app's messages only: `http.response.start` to STARTED, the first `http.response.body`
to STREAMING, the last one to COMPLETE. A message out of this order is the app's error. The client
may leave at any moment; from then on `receive()` gives `http.disconnect` and `send()` raises
`ClientDisconnected`, an `OSError` as the specification asks.

Specification: https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from __future__ import annotations

import asyncio
import enum
from collections import deque
from typing import TYPE_CHECKING, Protocol, cast

from .disconnect import ClientDisconnected, caused_by_disconnect
from .response_headers import checked_headers
from .tracebacks import app_traceback, complain

if TYPE_CHECKING:
    from .messages import Application, Headers, HTTPScope, Message, Scope

WINDOW = 1 << 20
"""Response bytes that may be on their way before `send()` waits for the reader's side."""

PIECE = 1 << 18
"""Bytes of a response that cross in one message; a longer chunk crosses in several."""

NULL_BODY_STATUSES = frozenset({204, 205, 304})


class ResponseSink(Protocol):
    """Where a response goes; the bridge to JavaScript implements it."""

    def start(self, status: int, headers: Headers, body: bytes, more: bool) -> None:
        """Take the head and the first part of the body."""

    def body(self, chunk: bytes, more: bool) -> None:
        """Take a further part of the body."""

    def fail(self, reason: str) -> None:
        """The response cannot be finished."""

    def consumed(self, size: int) -> None:
        """The app has received this many bytes of the request body."""


class _Response(enum.Enum):
    EXPECTING_START = enum.auto()
    STARTED = enum.auto()
    STREAMING = enum.auto()
    COMPLETE = enum.auto()


class HTTPCycle:
    """Runs an app for one request."""

    def __init__(self, scope: HTTPScope, sink: ResponseSink) -> None:
        self.scope = scope
        self.sink = sink
        self.disconnected = False
        # Request state
        self._chunks: deque[tuple[bytes, bool]] = deque()
        self._readable = asyncio.Event()
        # Response state
        self._response = _Response.EXPECTING_START
        self._status = 500
        self._headers: Headers = []
        self._length: int | None = None
        self._sent = 0
        self._credit = WINDOW
        self._writable = asyncio.Event()

    # Called from the client's side

    def feed(self, chunk: bytes, more: bool) -> None:
        """A part of the request body has come; `more` tells whether it is the last."""
        self._chunks.append((chunk, more))
        self._readable.set()

    def grant(self, size: int) -> None:
        """The client has taken this many bytes of the response."""
        self._credit += size
        if self._credit > 0:
            self._writable.set()

    def disconnect(self) -> None:
        """The client is gone."""
        self.disconnected = True
        self._readable.set()
        self._writable.set()

    # Called by the app

    async def receive(self) -> Message:
        """Wait for a part of the body; after its end, for the end of the response or the client."""
        # Again after each wait: another receive() may have taken what came.
        while not (self._chunks or self.disconnected or self._response is _Response.COMPLETE):
            self._readable.clear()
            await self._readable.wait()
        if self.disconnected or not self._chunks:
            return {"type": "http.disconnect"}
        chunk, more = self._chunks.popleft()
        self.sink.consumed(len(chunk))
        return {"type": "http.request", "body": chunk, "more_body": more}

    async def send(self, message: Message) -> None:
        """Take a message of the response; waits while the client takes nothing."""
        if self.disconnected:
            raise ClientDisconnected("the client is gone")
        kind = message["type"]
        if self._response is _Response.EXPECTING_START:
            if kind != "http.response.start":
                raise RuntimeError(f"Expected 'http.response.start', but got {kind!r}.")
            self._status = int(message["status"])
            self._headers = checked_headers(message.get("headers", ()))
            self._length = self._body_length()
            self._response = _Response.STARTED
            # Head and first chunk cross to the client as one message when the app sends them in one
            # go; else the head must not wait: an EventSource is open from its head on.
            asyncio.get_running_loop().call_soon(self._write, b"", True)
        elif self._response is _Response.COMPLETE:
            raise RuntimeError(f"Unexpected {kind!r} after the response was completed.")
        elif kind != "http.response.body":
            raise RuntimeError(f"Expected 'http.response.body', but got {kind!r}.")
        else:
            chunk = bytes(memoryview(message.get("body", b"")))
            await self._send_body(chunk, message.get("more_body", False))

    @property
    def _has_body(self) -> bool:
        return self.scope["method"] != "HEAD" and self._status not in NULL_BODY_STATUSES

    def _body_length(self) -> int | None:
        for name, value in self._headers:
            if name == b"content-length" and self._has_body:
                return int(value)
        return None

    async def _send_body(self, chunk: bytes, more: bool) -> None:
        if not self._has_body:
            chunk = b""
        self._sent += len(chunk)
        if self._length is not None:
            if self._sent > self._length:
                raise RuntimeError("Response content longer than Content-Length.")
            if self._sent < self._length and not more:
                raise RuntimeError("Response content shorter than Content-Length.")
        last = max(len(chunk) - 1, 0) // PIECE * PIECE
        for begin in range(0, last, PIECE):
            self._write(chunk[begin : begin + PIECE], True)
            await self._credited()
        self._write(chunk[last:], more)
        if more:
            await self._credited()
        else:
            self._response = _Response.COMPLETE
            self._readable.set()

    async def _credited(self) -> None:
        while self._credit <= 0:
            self._writable.clear()
            await self._writable.wait()
            if self.disconnected:
                raise ClientDisconnected("the client is gone")

    def _write(self, chunk: bytes, more: bool) -> None:
        if self._response is _Response.STARTED:
            if not self.disconnected:
                self._response = _Response.STREAMING
                self.sink.start(self._status, self._headers, chunk, more)
        elif chunk or not more:
            self.sink.body(chunk, more)
        self._credit -= len(chunk)

    # Called by the server

    async def run(self, app: Application) -> None:
        """Run the app until it returns; whatever it does, the client gets an end."""
        try:
            await app(cast("Scope", self.scope), self.receive, self.send)
        except BaseException as error:  # SystemExit too: nobody else would end the response
            if self.disconnected and caused_by_disconnect(error):
                return
            complain("Exception in ASGI application", app_traceback(error))
            self._abandon("the app raised an exception in the middle of its response")
        else:
            if self.disconnected:
                return
            if self._response is _Response.EXPECTING_START:
                complain("ASGI callable returned without starting response.")
            elif self._response is not _Response.COMPLETE:
                complain("ASGI callable returned without completing response.")
            self._abandon("the app returned in the middle of its response")

    def _abandon(self, reason: str) -> None:
        if self.disconnected or self._response is _Response.COMPLETE:
            return
        if self._response is _Response.EXPECTING_START:
            text = b"Internal Server Error"
            headers = [(b"content-type", b"text/plain; charset=utf-8")]
            self.sink.start(500, headers, b"" if self.scope["method"] == "HEAD" else text, False)
        else:
            self._write(b"", True)
            self.sink.fail(reason)
        self._response = _Response.COMPLETE
        self._readable.set()
