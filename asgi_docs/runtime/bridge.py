"""Between the Python worker's JavaScript (assets/python-worker.js) and the server.

The only module that touches `js` and `pyodide.ffi`. Header pairs cross as one text, `name:value`
joined by line feeds and read as latin-1: one crossing instead of one per header.
"""

from __future__ import annotations

import gc
import json
import sys
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyodide.ffi
import pyodide.webloop
import pyodide_js
from pyodide.ffi import can_run_sync, run_sync, to_js

from . import absent, outgoing, patching, threads
from .ahead import import_ahead, top_level_names
from .app_files import AppFiles
from .lifespan import LifespanFailed
from .loader import NoApplication, load_application
from .scope import Mount
from .server import Server
from .settings import Settings
from .tracebacks import app_traceback
from .wire import Wire

if TYPE_CHECKING:
    from .http_cycle import HTTPCycle
    from .messages import Headers
    from .websocket_cycle import WebSocketCycle

APP_FOLDER = Path("/app")


class _Sink:
    """Passes one response on to JavaScript."""

    def __init__(self, responder: Any) -> None:
        self.responder = responder

    def start(self, status: int, headers: Headers, body: bytes, more: bool) -> None:
        self.responder.start(status, _reason(status), _header_text(headers), _to_js(body), more)

    def body(self, chunk: bytes, more: bool) -> None:
        self.responder.body(_to_js(chunk), more)

    def fail(self, reason: str) -> None:
        self.responder.fail(reason)

    def consumed(self, size: int) -> None:
        self.responder.consumed(size)


class _SocketSink:
    """Passes on to JavaScript what an app does with one WebSocket."""

    def __init__(self, responder: Any) -> None:
        self.responder = responder

    def accept(self, subprotocol: str | None, headers: Headers) -> None:
        self.responder.accept(subprotocol or "", _header_text(headers))

    def refuse(self, status: int, headers: Headers) -> None:
        self.responder.refuse(status, _header_text(headers))

    def send(self, data: str | bytes, size: int) -> None:
        self.responder.send(data if isinstance(data, str) else to_js(data), size)

    def close(self, code: int, reason: str) -> None:
        self.responder.close(code, reason)

    def consumed(self, size: int) -> None:
        self.responder.consumed(size)


class Bridge:
    """One app, as JavaScript sees it."""

    def __init__(self, browser: Any) -> None:
        """Prepare Python; `browser` is the `outgoing` of assets/outgoing.js."""
        self.server: Server | None = None
        self.files: AppFiles | None = None
        self.cycles: dict[str, HTTPCycle] = {}
        self.sockets: dict[str, WebSocketCycle] = {}
        self.imported_ahead: set[str] = set()
        self.wire = Wire()
        _install_threads()
        self.outgoing = outgoing.Outgoing(browser, to_js, can_run_sync, lambda: self.server)
        absent.install()
        patching.install({**absent.PATCHES, **outgoing.patches(self.outgoing)})

    async def import_ahead(self, settings_json: str) -> None:
        """Import what an app like this one begins with; nothing of its own code runs.

        A coroutine as `load` is: code that is imported may block only in a task.

        Args:
            settings_json: JSON object of `Settings`, of an app that has been started before.

        Raises:
            Exception: whatever an import raises; the interpreter is then of no use.
        """
        settings = Settings.from_json(settings_json)
        settings.set_variables()
        known = set(sys.modules)
        import_ahead(settings.app.partition(":")[0], settings.files)
        self.imported_ahead |= set(sys.modules) - known

    def fits(self, settings_json: str) -> bool:
        """Whether nothing imported ahead stands where the app has a module of its own."""
        settings = Settings.from_json(settings_json)
        return top_level_names(settings.files).isdisjoint(self.imported_ahead)

    async def freeze(self, settings_json: str) -> str:
        """Import ahead for a snapshot; `thaw` is the first thing after it.

        Args:
            settings_json: as for `import_ahead`.

        Returns:
            JSON list of the top-level names of what has been imported.

        Raises:
            Exception: whatever an import raises; there can be no snapshot then.
        """
        global _frozen
        from .snapshot import generators_noted

        with generators_noted():
            await self.import_ahead(settings_json)
        _frozen = self
        gc.collect()
        return json.dumps(sorted({name.partition(".")[0] for name in self.imported_ahead}))

    async def load(self, settings_json: str, mount_url: str, kept: Any = None) -> str | None:
        """Import the app; returns the reader's text when that fails.

        Args:
            settings_json: JSON object of the app's `Settings`.
            mount_url: absolute URL of the first client's mount.
            kept: JavaScript array of what an earlier run has written, as `written` gives it.
        """
        settings = Settings.from_json(settings_json)
        mount = Mount.from_url(mount_url, settings.mount, is_known=settings.reads_mount)
        settings.write_files(APP_FOLDER)
        self.files = AppFiles(APP_FOLDER)
        if kept is not None:
            self.files.put_back((name, bytes(content.to_bytes())) for name, content in kept)
        settings.set_environment(mount.root_path)
        self.outgoing.mount = mount
        try:
            app = await load_application(settings.app)
        except NoApplication as error:
            return str(error)
        except (
            BaseException
        ) as error:  # SystemExit too: an app may call sys.exit() or uvicorn.run()
            return app_traceback(error)
        self.server = Server(app, mount, settings.lifespan, self.wire)
        return None

    def watch(self, tell: Any) -> None:
        """Tell each event of the wire from now on, as JSON, to a JavaScript function."""
        self.wire.watch(lambda event: tell(json.dumps(event)))

    async def startup(self) -> str | None:
        """Run the app's startup; returns the reader's text when it failed."""
        return await self._lifespan("startup")

    async def shutdown(self) -> str | None:
        """Run the app's shutdown; returns the reader's text when it failed."""
        for cycle in self.cycles.values():
            cycle.disconnect()
        for socket in self.sockets.values():
            socket.close_by_server()
        return await self._lifespan("shutdown")

    def has_written(self) -> bool:
        """Whether the app has written files into its folder."""
        return self.files is not None and self.files.has_written()

    def written(self) -> Any:
        """Those files as a JavaScript array of paths and bytes; none if that is too much."""
        files = self.files.written() if self.files else []
        return files if files is None else to_js(files)

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
        root_path: str | None = None,
    ) -> None:
        """A request begins.

        Args:
            key: names it.
            method: in upper case.
            target: path below the mount, and query.
            headers: as one text.
            body: JavaScript array of the body's first part, if there is any.
            more: whether there is more to come of it.
            responder: JavaScript object that takes the response.
            root_path: mount of the client that asks; without one, that of the first.
        """
        assert self.server is not None
        sink = _Sink(responder)
        cycle, task = self.server.serve(method, target, _headers(headers), sink, key, root_path)
        self.cycles[key] = cycle
        task.add_done_callback(lambda _: self.cycles.pop(key, None))
        if body is not None or not more:
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

    def routes(self) -> str:
        """JSON list of what the app can be asked for; see routes.py."""
        from .routes import routes  # for those readers who want it

        return json.dumps(routes(self.server.app) if self.server else [])

    def socket(
        self, key: str, target: str, headers: str, responder: Any, root_path: str | None = None
    ) -> None:
        """A WebSocket begins; `responder` is the JavaScript object that takes what the app does."""
        assert self.server is not None
        sink = _SocketSink(responder)
        cycle, task = self.server.connect(target, _headers(headers), sink, key, root_path)
        self.sockets[key] = cycle
        task.add_done_callback(lambda _: self.sockets.pop(key, None))

    def socket_message(self, key: str, data: Any, size: int) -> None:
        """The client of a WebSocket has sent text or bytes."""
        if socket := self.sockets.get(key):
            socket.feed(data if isinstance(data, str) else bytes(data.to_bytes()), size)

    def socket_credit(self, key: str, size: int) -> None:
        """The client of a WebSocket has taken this many bytes."""
        if socket := self.sockets.get(key):
            socket.grant(size)

    def socket_close(self, key: str, code: int, reason: str) -> None:
        """The client closes its WebSocket; without a code, with 0."""
        if socket := self.sockets.get(key):
            socket.close_by_client(code or None, reason)

    def socket_disconnect(self, key: str, code: int) -> None:
        """The client of a WebSocket is gone."""
        if socket := self.sockets.get(key):
            socket.disconnect(code)


_frozen: Bridge | None = None


def thaw() -> Bridge:
    """The bridge that was frozen, in an interpreter that goes on from a snapshot."""
    from .snapshot import renew

    assert _frozen is not None
    renew()
    return _frozen


def _headers(text: str) -> Headers:
    pairs = [line.split(":", 1) for line in text.split("\n") if line]
    return [(_field(name), _field(value)) for name, value in pairs]


def _field(text: str) -> bytes:
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:  # no browser sends this; a cookie that a script wrote may hold it
        return text.encode()


def _header_text(headers: Headers) -> str:
    return b"\n".join(b"%s:%s" % pair for pair in headers).decode("latin-1")


def _install_threads() -> None:
    # JavaScript calls this outside of any task, where nothing could be suspended in any engine.
    module = pyodide_js._module
    suspends = bool(module.jspiSupported) and hasattr(module, "suspendedStacksAreSafe")
    threads.install(run_sync if suspends else None, can_run_sync)
    if suspends:  # what app code and libraries (urllib3) call themselves
        pyodide.ffi.run_sync = pyodide.webloop.run_sync = threads.suspend


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _to_bytes(buffer: Any) -> bytes:
    return b"" if buffer is None else bytes(buffer.to_bytes())


def _to_js(data: bytes) -> Any:
    return to_js(data) if data else None
