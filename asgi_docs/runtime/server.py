"""One running app."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from .http_cycle import HTTPCycle, ResponseSink
from .lifespan import Lifespan, Mode
from .scope import Mount, http_scope, websocket_scope
from .websocket_cycle import WebSocketCycle, WebSocketSink
from .wire import Wire

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from .messages import Application, Headers


LAST_WORDS = 0.3
"""Seconds that a shutdown waits for the app to notice that its clients are gone."""


class Server:
    """Runs an app's lifespan, its requests and its WebSockets."""

    def __init__(
        self, app: Application, mount: Mount, lifespan: Mode = "auto", wire: Wire | None = None
    ) -> None:
        self.app = app
        self.mount = mount
        self.wire = wire or Wire()
        self.lifespan = Lifespan(self.wire.between_lifespan(app), lifespan)
        # Hard references: the event loop itself keeps only weak ones to its tasks.
        self._tasks: set[asyncio.Task[None]] = set()

    async def startup(self) -> None:
        """Run the app's startup; raises LifespanFailed."""
        await self.lifespan.startup()

    async def shutdown(self) -> None:
        """Run the app's shutdown when what it serves has ended; raises LifespanFailed.

        Its clients have been disconnected before.
        """
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=LAST_WORDS)
        await self.lifespan.shutdown()

    def serve(
        self,
        method: str,
        target: str,
        headers: Headers,
        sink: ResponseSink,
        key: str | None = None,
        root_path: str | None = None,
    ) -> tuple[HTTPCycle, asyncio.Task[None]]:
        """Begin to answer a request; the caller feeds the returned cycle with its body.

        A request without a key is the app's own. A client with another `root_path` than the mount's
        is told its own one.
        """
        mount = self._mount(root_path)
        state = self.lifespan.state
        scope = http_scope(mount, method=method, target=target, headers=headers, state=state)
        cycle = HTTPCycle(scope, sink)
        app = self.wire.between(self.app, f"{method} {target}", key)
        return cycle, self._run(cycle.run(app))

    def connect(
        self,
        target: str,
        headers: Headers,
        sink: WebSocketSink,
        key: str | None = None,
        root_path: str | None = None,
    ) -> tuple[WebSocketCycle, asyncio.Task[None]]:
        """Begin a WebSocket; the caller tells the returned cycle what the client does."""
        mount = self._mount(root_path)
        scope = websocket_scope(mount, target=target, headers=headers, state=self.lifespan.state)
        cycle = WebSocketCycle(scope, sink)
        app = self.wire.between(self.app, f"WebSocket {target}", key)
        return cycle, self._run(cycle.run(app))

    def _mount(self, root_path: str | None) -> Mount:
        return self.mount if root_path is None else self.mount.seen_from(root_path)

    def _run(self, cycle: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(cycle)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
