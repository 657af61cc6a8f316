"""Calling a function as if on a thread of its own, on the caller's own stack."""

from __future__ import annotations

from asyncio import events
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, TypeVar

from .identity import Worker

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextvars import Context

Result = TypeVar("Result")


def run_inline(
    function: Callable[..., Result], *arguments: Any, context: Context | None = None
) -> Result:
    """Call a function without a running event loop, in the given context or a copy of this one."""
    loop = events._get_running_loop()
    # asgiref and Django refuse synchronous work where an event loop is running.
    events._set_running_loop(None)
    try:
        return (context or copy_context()).run(function, *arguments)
    finally:
        events._set_running_loop(loop)


class Workers:
    """Threads by name only, that inline code runs as; the one that was used last is used next."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._idle: list[Worker] = []
        self._made = 0

    def run(self, function: Callable[..., Result], *arguments: Any, context: Context) -> Result:
        """Call a function inline in the name of a worker that does nothing else meanwhile."""
        worker = self._idle.pop() if self._idle else self._new()
        try:
            with worker.acting():
                return run_inline(function, *arguments, context=context)
        finally:
            self._idle.append(worker)

    def _new(self) -> Worker:
        self._made += 1
        return Worker(self.name.format(self._made - 1))

    def end(self) -> None:
        """Forget the workers that do nothing."""
        while self._idle:
            self._idle.pop().end()
