"""Sockets: Pyodide has the objects, but a page may neither connect nor listen.

What Emscripten does instead (a WebSocket to that host) looks like a connection and never answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from .errors import NoSystemCall

if TYPE_CHECKING:
    from types import ModuleType


def patch(module: ModuleType) -> None:
    """Refuse what would wait for ever."""
    module.socket.connect = _connect
    module.socket.connect_ex = _connect
    module.socket.listen = _listen
    module.socket.accept = _listen


def _connect(_: object, address: Any) -> NoReturn:
    where = ":".join(map(str, address[:2])) if isinstance(address, tuple) else str(address)
    raise NoSystemCall(
        f"Python cannot connect to {where}, since a page in a browser has no sockets: "
        "use an HTTP client that goes through the browser's fetch instead."
    )


def _listen(*_: object) -> NoReturn:
    raise NoSystemCall(
        "Python cannot listen for connections, since a page in a browser has no sockets: "
        "leave the serving to this page, which sends the app its requests."
    )
