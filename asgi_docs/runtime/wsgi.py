"""WSGI applications, called by way of asgiref.

What PEP 3333 asks of a server and asgiref leaves out is added here: `close()` of what the
application returns, `write()`, and the end of the body for those that send no length.
"""

from __future__ import annotations

import asyncio
import functools
import importlib
from typing import TYPE_CHECKING, Any

from .threads.waiting import is_nested

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .messages import Application, Message, Receive, Scope, Send


def as_asgi(wsgi: Any) -> Application:
    """The WSGI application behind the ASGI 3 interface.

    Raises:
        ModuleNotFoundError: asgiref is not installed.
    """
    adapter: Any = importlib.import_module("asgiref.wsgi")
    asgi = adapter.WsgiToAsgi(_completed(wsgi))

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        await asgi(scope, receive, _Impatient(send) if is_nested() else send)

    # For those who look for its routes.
    return functools.update_wrapper(application, wsgi, assigned=(), updated=())


def _completed(wsgi: Any) -> Any:
    def application(environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        environ.update({"wsgi.input_terminated": True, "wsgi.multiprocess": False})
        written: list[bytes] = []

        def start_and_write(*arguments: Any) -> Any:
            start_response(*arguments)
            return written.append

        parts = wsgi(environ, start_and_write)
        try:
            for part in parts:
                yield from _taken(written)
                yield part
            yield from _taken(written)
        finally:
            if hasattr(parts, "close"):
                parts.close()

    return application


def _taken(parts: list[bytes]) -> Iterator[bytes]:
    while parts:
        yield parts.pop(0)


class _Impatient:
    """Sends without waiting for the client to take what it has got.

    The application blocks while it sends; where nothing else can go on meanwhile, the client cannot
    say that it takes more.
    """

    def __init__(self, send: Send) -> None:
        self.send = send
        # A hard reference: the event loop itself keeps only a weak one to a task.
        self.waiting: set[asyncio.Task[None]] = set()

    async def __call__(self, message: Message) -> None:
        task = asyncio.ensure_future(self.send(message))
        await asyncio.sleep(0)
        if task.done():
            task.result()
        else:
            self.waiting.add(task)
            task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self.waiting.discard(task)
        if not task.cancelled():
            task.exception()  # the client is gone: the next message tells
