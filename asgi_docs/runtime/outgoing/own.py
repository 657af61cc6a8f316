"""Requests of the app to itself: the server answers them, the browser does not see them."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .request import Pairs, Unreachable

if TYPE_CHECKING:
    from ..http_cycle import HTTPCycle
    from ..messages import Headers
    from ..scope import Mount
    from ..server import Server
    from .request import Request

# Where a server on the author's machine listens by default: uvicorn and Django, Flask, Bottle.
_LOCAL_PORTS = frozenset({None, 80, 5000, 8000, 8080})
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "0.0.0.0", "::1"})


def own_target(url: str, mount: Mount) -> str | None:
    """Path below the mount and query, when the URL is one of the app itself."""
    parts = urlsplit(url)
    path = mount.below(parts.path) if parts.netloc == mount.host else None
    if path is None:
        if parts.hostname not in _LOCAL_HOSTS or parts.port not in _LOCAL_PORTS:
            return None
        path = parts.path
    return (path or "/") + (f"?{parts.query}" if parts.query else "")


class OwnReply:
    """Takes the app's response on one side, and gives it on the other."""

    def __init__(self) -> None:
        self.status = 0
        self.reason = ""
        self.headers: Pairs = []
        self._parts: asyncio.Queue[bytes | Unreachable] = asyncio.Queue()
        self._head = asyncio.Event()
        self._ended = False
        self._cycle: HTTPCycle

    @classmethod
    async def ask(cls, server: Server, target: str, request: Request) -> OwnReply:
        """Send a request to the app and wait for the head of its answer."""
        reply = cls()
        headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in request.headers
        ]
        reply._cycle, _ = server.serve(request.method, target, headers, reply)
        reply._cycle.feed(request.body, False)
        try:
            await reply._head.wait()
        except asyncio.CancelledError:
            reply.close()
            raise
        return reply

    async def read(self) -> bytes:
        """The next part of the body; empty at its end."""
        while not self._ended:
            part = await self._parts.get()
            if isinstance(part, Unreachable):
                self._ended = True
                raise part
            if part:
                self._cycle.grant(len(part))
                return part
            self._ended = True
        return b""

    def close(self) -> None:
        """Nobody wants the rest."""
        self._ended = True
        self._cycle.disconnect()

    # Called by the server

    def start(self, status: int, headers: Headers, body: bytes, more: bool) -> None:
        """Take the head and the first part of the body."""
        self.status = status
        self.reason = _reason(status)
        self.headers = [
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in headers
        ]
        self._head.set()
        self.body(body, more)

    def body(self, chunk: bytes, more: bool) -> None:
        """Take a further part of the body."""
        if chunk:
            self._parts.put_nowait(chunk)
        if not more:
            self._parts.put_nowait(b"")

    def fail(self, reason: str) -> None:
        """The response cannot be finished."""
        self._parts.put_nowait(Unreachable(reason))

    def consumed(self, size: int) -> None:
        """The body was handed over as a whole; nobody waits."""


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
