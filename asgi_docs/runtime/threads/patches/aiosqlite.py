"""aiosqlite where waits are nested: a statement is executed when it is put into the queue."""

from __future__ import annotations

import threading
from contextvars import Context
from typing import TYPE_CHECKING, Any

from ..inline import Workers

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

_workers = Workers("aiosqlite")


def patch(module: ModuleType) -> None:
    """Change `aiosqlite.core`."""
    module.SimpleQueue = module.Queue = _Statements  # type: ignore[attr-defined]
    if issubclass(module.Connection, threading.Thread):  # before 0.22
        module.Connection.start = _do_nothing
        module.Connection.join = _do_nothing
    else:
        module.Thread = _NoThread  # type: ignore[attr-defined]


def _do_nothing(*_: object) -> None:
    pass


class _NoThread:
    def __init__(self, **_: object) -> None:
        pass

    def start(self) -> None:
        pass

    def join(self, timeout: float | None = None) -> None:
        pass

    def is_alive(self) -> bool:
        return False


class _Statements:
    """Takes the place of the queue to the connection's thread."""

    def put_nowait(self, item: tuple[Any, Callable[[], Any]]) -> None:
        future, function = item
        try:
            result = _workers.run(function, context=Context())
        except BaseException as error:
            outcome, value = "set_exception", error
        else:
            outcome, value = "set_result", result
        if future and not future.done():
            getattr(future, outcome)(value)

    put = put_nowait
