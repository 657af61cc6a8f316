"""The client's end of one WebSocket of an app under test."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from asgi_docs.runtime.scope import websocket_scope
from asgi_docs.runtime.websocket_cycle import WebSocketCycle

from .client import MOUNT, pause

if TYPE_CHECKING:
    from asgi_docs.runtime.messages import Application, Headers
    from asgi_docs.runtime.server import Server


class Peer:
    """Takes what an app does with a WebSocket.

    Attributes:
        accepted: subprotocol and headers of the acceptance.
        refused: status and headers of a refusal.
        received: messages of the app, in their order.
        closed: code and reason.
        taken: sizes of messages that the server has taken from the client.
    """

    def __init__(self) -> None:
        self.accepted: tuple[str | None, Headers] | None = None
        self.refused: tuple[int, Headers] | None = None
        self.received: list[str | bytes] = []
        self.closed: tuple[int, str] | None = None
        self.taken: list[int] = []

    @property
    def ended(self) -> bool:
        return self.refused is not None or self.closed is not None

    def accept(self, subprotocol: str | None, headers: Headers) -> None:
        assert self.accepted is None
        assert not self.ended
        self.accepted = subprotocol, headers

    def refuse(self, status: int, headers: Headers) -> None:
        assert self.accepted is None
        assert not self.ended
        self.refused = status, headers

    def send(self, data: str | bytes, size: int) -> None:
        assert self.accepted is not None
        assert not self.ended, "something after the end"
        assert size == len(data.encode() if isinstance(data, str) else data)
        self.received.append(data)

    def close(self, code: int, reason: str) -> None:
        assert self.accepted is not None
        assert not self.ended, "two ends"
        self.closed = code, reason

    def consumed(self, size: int) -> None:
        self.taken.append(size)


class Socket:
    """One WebSocket, without a server around it unless one is given; needs a running event loop."""

    def __init__(
        self,
        app: Application | None = None,
        target: str = "/",
        headers: Headers | None = None,
        server: Server | None = None,
    ) -> None:
        self.peer = Peer()
        if server is not None:
            self.cycle, self.task = server.connect(target, headers or [], self.peer)
        else:
            assert app is not None
            scope = websocket_scope(MOUNT, target=target, headers=headers or [], state={})
            self.cycle = WebSocketCycle(scope, self.peer)
            self.task = asyncio.ensure_future(self.cycle.run(app))

    async def send(self, data: str | bytes) -> None:
        self.cycle.feed(data, len(data.encode() if isinstance(data, str) else data))
        await pause()

    async def finish(self) -> Peer:
        """Wait until the app has returned."""
        await asyncio.wait_for(self.task, 5)
        return self.peer
