"""One running app."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from .http_cycle import HTTPCycle, ResponseSink
from .lifespan import Lifespan, Mode
from .scope import Mount, http_scope

if TYPE_CHECKING:
    from .messages import Application, Headers


class Server:
    """Runs an app's lifespan and its requests."""

    def __init__(self, app: Application, mount: Mount, lifespan: Mode = "auto") -> None:
        self.app = app
        self.mount = mount
        self.lifespan = Lifespan(app, lifespan)
        # Hard references: the event loop itself keeps only weak ones to its tasks.
        self._tasks: set[asyncio.Task[None]] = set()

    async def startup(self) -> None:
        """Run the app's startup; raises LifespanFailed."""
        await self.lifespan.startup()

    async def shutdown(self) -> None:
        """Run the app's shutdown; raises LifespanFailed."""
        await self.lifespan.shutdown()

    def serve(
        self, method: str, target: str, headers: Headers, sink: ResponseSink
    ) -> tuple[HTTPCycle, asyncio.Task[None]]:
        """Begin to answer a request; the caller feeds the returned cycle with its body."""
        scope = http_scope(
            self.mount, method=method, target=target, headers=headers, state=self.lifespan.state
        )
        cycle = HTTPCycle(scope, sink)
        task = asyncio.ensure_future(cycle.run(self.app))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return cycle, task
