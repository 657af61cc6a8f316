r"""One WebSocket, as an ASGI server sees it.

What the app has said so far:

    CONNECTING -> OPEN -> CLOSED
        \  \______________/^
         \-> DENYING _____/

`websocket.accept` leads to OPEN; `websocket.close` to CLOSED, before accept as a refusal (403); the
messages of the extension `websocket.http.response` refuse with an answer of the app's own. A
message out of this order is the app's error. The client may leave at any moment; from then on
`send()` raises `ClientDisconnected`, and `receive()` gives what has come before and then
`websocket.disconnect`.

Specification: https://asgi.readthedocs.io/en/latest/specs/www.html#websocket
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
    from .messages import Application, Headers, Message, Scope, WebSocketScope

SEND_WINDOW = 1 << 20
"""Bytes that may be on their way to the client before `send()` waits for it."""

RECEIVE_WINDOW = 1 << 18
"""Bytes that wait for `receive()` as if in a server's buffers: the client takes them for sent."""

# https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1
NORMAL_CLOSURE = 1000
NO_STATUS_RECEIVED = 1005
ABNORMAL_CLOSURE = 1006
INTERNAL_ERROR = 1011
SERVICE_RESTART = 1012
# What a close frame may carry: 1004 to 1006 and 1015 only ever describe a missing one.
CLOSE_CODES = frozenset({*range(1000, 1004), *range(1007, 1015), *range(3000, 5000)})
MAX_CLOSE_REASON = 123


class WebSocketSink(Protocol):
    """The client's end of a WebSocket; the bridge to JavaScript implements it."""

    def accept(self, subprotocol: str | None, headers: Headers) -> None:
        """The app takes the connection."""

    def refuse(self, status: int, headers: Headers) -> None:
        """The handshake is answered with this HTTP status; the end."""

    def send(self, data: str | bytes, size: int) -> None:
        """Take a message; once the client has it, its size comes back by `grant`."""

    def close(self, code: int, reason: str) -> None:
        """The connection is closed; the end."""

    def consumed(self, size: int) -> None:
        """This many bytes of the client's messages are taken."""


class _State(enum.Enum):
    CONNECTING = enum.auto()
    OPEN = enum.auto()
    DENYING = enum.auto()
    CLOSED = enum.auto()


class WebSocketCycle:
    """Runs an app for one WebSocket."""

    def __init__(self, scope: WebSocketScope, sink: WebSocketSink) -> None:
        self.scope = scope
        self.sink = sink
        self._state = _State.CONNECTING
        self._client_gone = False
        # From the client
        self._messages: deque[tuple[Message, int]] = deque([({"type": "websocket.connect"}, 0)])
        self._readable = asyncio.Event()
        self._end: Message | None = None
        self._unread = 0
        self._owed = 0
        # To the client
        self._credit = SEND_WINDOW
        self._writable = asyncio.Event()
        self._denial: tuple[int, Headers] = (403, [])

    # Called from the client's side

    def feed(self, data: str | bytes, size: int) -> None:
        """A message has come."""
        if self._end is not None:
            return
        key = "text" if isinstance(data, str) else "bytes"
        self._messages.append(({"type": "websocket.receive", key: data}, size))
        self._readable.set()
        self._unread += size
        self._owed += size
        self._acknowledge()

    def grant(self, size: int) -> None:
        """The client has taken this many bytes."""
        self._credit += size
        if self._credit > 0:
            self._writable.set()

    def close_by_client(self, code: int | None, reason: str) -> None:
        """The client closes the connection, and is told that it is closed."""
        if self._state is _State.OPEN and not self._client_gone:
            self.sink.close(code or NO_STATUS_RECEIVED, reason)
        self.disconnect(code or NO_STATUS_RECEIVED, reason)

    def disconnect(self, code: int = ABNORMAL_CLOSURE, reason: str = "") -> None:
        """The client is gone."""
        self._client_gone = True
        self._finish(code if self._state is _State.OPEN else ABNORMAL_CLOSURE, reason)

    def close_by_server(self) -> None:
        """The server stops."""
        if self._client_gone:
            return
        if self._state is _State.OPEN:
            self.sink.close(SERVICE_RESTART, "")
        elif self._state is not _State.CLOSED:
            self.sink.refuse(500, [])
        self.disconnect(SERVICE_RESTART)

    # Called by the app

    async def receive(self) -> Message:
        """Wait for what the client sends or does; after its end, give that end again."""
        # Again after each wait: another receive() may have taken what came.
        while not self._messages and self._end is None:
            self._readable.clear()
            await self._readable.wait()
        if self._messages:
            message, size = self._messages.popleft()
            self._unread -= size
            self._acknowledge()
            return message
        assert self._end is not None
        return dict(self._end)

    async def send(self, message: Message) -> None:
        """Take a message of the app; waits while the client takes nothing."""
        if self._client_gone:
            raise ClientDisconnected("the client is gone")
        kind = message["type"]
        if self._state is _State.CONNECTING:
            self._answer_handshake(kind, message)
        elif self._state is _State.OPEN and kind == "websocket.send":
            await self._send(message)
        elif self._state is _State.OPEN and kind == "websocket.close":
            self._close(int(message.get("code", NORMAL_CLOSURE)), message.get("reason") or "")
        elif self._state is _State.DENYING and kind == "websocket.http.response.body":
            # A browser tells nobody of the body.
            if not message.get("more_body", False):
                self._refuse(*self._denial)
        elif self._state is _State.CLOSED:
            raise RuntimeError(f"Unexpected {kind!r} after the WebSocket was closed.")
        elif self._state is _State.DENYING:
            raise RuntimeError(f"Expected 'websocket.http.response.body', but got {kind!r}.")
        else:
            raise RuntimeError(f"Expected 'websocket.send' or 'websocket.close', but got {kind!r}.")

    def _answer_handshake(self, kind: str, message: Message) -> None:
        if kind == "websocket.accept":
            headers = checked_headers(message.get("headers") or ())
            if any(name == b"sec-websocket-protocol" for name, _ in headers):
                raise ValueError("The subprotocol is chosen by 'subprotocol', not by a header.")
            self._state = _State.OPEN
            self.sink.accept(message.get("subprotocol"), headers)
        elif kind == "websocket.close":
            self._refuse(403, [])
        elif kind == "websocket.http.response.start":
            headers = checked_headers(message.get("headers") or ())
            self._denial = (int(message["status"]), headers)
            self._state = _State.DENYING
        else:
            raise RuntimeError(
                "Expected 'websocket.accept', 'websocket.close' or "
                f"'websocket.http.response.start', but got {kind!r}."
            )

    async def _send(self, message: Message) -> None:
        data, text = message.get("bytes"), message.get("text")
        if data is not None:
            data = bytes(data)
            self._write(data, len(data))
        elif text is not None:
            self._write(text, len(text.encode()))
        else:
            raise ValueError("'websocket.send' has neither 'bytes' nor 'text'.")
        while self._credit <= 0 and self._state is _State.OPEN:
            self._writable.clear()
            await self._writable.wait()
            if self._client_gone:
                raise ClientDisconnected("the client is gone")

    # Towards the ends

    def _write(self, data: str | bytes, size: int) -> None:
        self._credit -= size
        self.sink.send(data, size)

    def _acknowledge(self) -> None:
        if self._owed and self._unread <= RECEIVE_WINDOW:
            self.sink.consumed(self._owed)
            self._owed = 0

    def _close(self, code: int, reason: str) -> None:
        if code not in CLOSE_CODES:
            raise ValueError(f"A WebSocket cannot be closed with the code {code}.")
        if len(reason.encode()) > MAX_CLOSE_REASON:
            raise ValueError(
                f"The reason of a close has at most {MAX_CLOSE_REASON} bytes: {reason!r}."
            )
        self.sink.close(code, reason)
        self._finish(code, reason)
        self._state = _State.CLOSED

    def _refuse(self, status: int, headers: Headers) -> None:
        self.sink.refuse(status, headers)
        self._finish(ABNORMAL_CLOSURE, "")
        self._state = _State.CLOSED

    def _finish(self, code: int, reason: str) -> None:
        if self._end is None:
            self._end = {"type": "websocket.disconnect", "code": code, "reason": reason}
        self._readable.set()
        self._writable.set()

    # Called by the server

    async def run(self, app: Application) -> None:
        """Run the app until it returns; whatever it does, the client gets an end."""
        try:
            await app(cast("Scope", self.scope), self.receive, self.send)
        except BaseException as error:  # SystemExit too: nobody else would end the connection
            if not (self._client_gone and caused_by_disconnect(error)):
                complain("Exception in ASGI application", app_traceback(error))
        else:
            if self._state is _State.CONNECTING and not self._client_gone:
                complain("ASGI callable returned without completing handshake.")
            elif self._state is _State.DENYING and not self._client_gone:
                complain("ASGI callable returned without completing response.")
        self._abandon()

    def _abandon(self) -> None:
        if self._client_gone or self._state is _State.CLOSED:
            return
        if self._state is _State.OPEN:
            self._close(INTERNAL_ERROR, "")
        else:
            self._refuse(500, [])
