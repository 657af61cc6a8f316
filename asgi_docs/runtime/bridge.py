"""Between the Python worker's JavaScript (assets/python-worker.js) and the server.

The only module that touches `js` and `pyodide.ffi`. Header pairs cross as one text, `name:value`
joined by line feeds and read as latin-1: one crossing instead of one per header.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyodide.ffi import to_js

from . import threads
from .lifespan import LifespanFailed
from .loader import NoApplication, load_application, write_files
from .scope import Mount
from .server import Server
from .tracebacks import app_traceback

if TYPE_CHECKING:
    from .http_cycle import HTTPCycle
    from .messages import Headers

APP_FOLDER = Path("/app")


class _Sink:
    """Passes one response on to JavaScript."""

    def __init__(self, responder: Any) -> None:
        self.responder = responder

    def start(self, status: int, headers: Headers, body: bytes, more: bool) -> None:
        text = b"\n".join(b"%s:%s" % pair for pair in headers).decode("latin-1")
        self.responder.start(status, text, _to_js(body), more)

    def body(self, chunk: bytes, more: bool) -> None:
        self.responder.body(_to_js(chunk), more)

    def fail(self, reason: str) -> None:
        self.responder.fail(reason)

    def consumed(self, size: int) -> None:
        self.responder.consumed(size)


class Bridge:
    """One app, as JavaScript sees it."""

    def __init__(self) -> None:
        self.server: Server | None = None
        self.cycles: dict[str, HTTPCycle] = {}
        threads.install()

    async def load(self, import_string: str, files: str, mount_url: str) -> str | None:
        """Import the app; returns the reader's text when that fails.

        Args:
            import_string: as in `uvicorn main:app`.
            files: JSON object of the app's files, path to text.
            mount_url: absolute URL of the mount.
        """
        write_files(APP_FOLDER, json.loads(files))
        try:
            app = await load_application(import_string)
        except NoApplication as error:
            return str(error)
        except (
            BaseException
        ) as error:  # SystemExit too: an app may call sys.exit() or uvicorn.run()
            return app_traceback(error)
        self.server = Server(app, Mount.from_url(mount_url))
        return None

    async def startup(self) -> str | None:
        """Run the app's startup; returns the reader's text when it failed."""
        return await self._lifespan("startup")

    async def shutdown(self) -> str | None:
        """Run the app's shutdown; returns the reader's text when it failed."""
        for cycle in self.cycles.values():
            cycle.disconnect()
        return await self._lifespan("shutdown")

    async def _lifespan(self, phase: str) -> str | None:
        if self.server is None:
            return None
        try:
            await getattr(self.server, phase)()
        except LifespanFailed as failure:
            return str(failure)
        return None

    def request(
        self,
        key: str,
        method: str,
        target: str,
        headers: str,
        body: Any,
        more: bool,
        responder: Any,
    ) -> None:
        """A request begins; `responder` is the JavaScript object that takes its response."""
        assert self.server is not None
        pairs = [line.split(":", 1) for line in headers.split("\n") if line]
        encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs]
        cycle, task = self.server.serve(method, target, encoded, _Sink(responder))
        self.cycles[key] = cycle
        task.add_done_callback(lambda _: self.cycles.pop(key, None))
        cycle.feed(_to_bytes(body), more)

    def body(self, key: str, body: Any, more: bool) -> None:
        """A further part of a request's body has come."""
        if cycle := self.cycles.get(key):
            cycle.feed(_to_bytes(body), more)

    def credit(self, key: str, size: int) -> None:
        """The client has taken this many bytes of the response."""
        if cycle := self.cycles.get(key):
            cycle.grant(size)

    def disconnect(self, key: str) -> None:
        """The client is gone."""
        if cycle := self.cycles.get(key):
            cycle.disconnect()

    def disconnect_all(self, prefix: str) -> None:
        """A client is gone with all its requests, whose keys begin with this prefix."""
        for key, cycle in self.cycles.items():
            if key.startswith(prefix):
                cycle.disconnect()


def _to_bytes(buffer: Any) -> bytes:
    return b"" if buffer is None else bytes(buffer.to_bytes())


def _to_js(data: bytes) -> Any:
    return to_js(data) if data else None
