"""The one place where something blocks: a gate, opened by whoever ends the wait."""

from __future__ import annotations

import asyncio
import time
from asyncio import events, tasks
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from . import identity
from .errors import CannotWait
from .loop import main_loop, queue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST_IDLE = 5.0
"""Seconds for which a nested wait lets time pass in the hope of a timer of the event loop."""


class Gate:
    """Blocks the one that waits until it is opened; opens once."""

    def __init__(self) -> None:
        self.opened = False
        self._future: asyncio.Future[None] | None = None

    def open(self) -> None:
        """End the wait."""
        self.opened = True
        if self._future:
            _end(self._future)

    def wait(self, timeout: float | None = None, what: str = "This code") -> bool:
        """Block until opened or until the time is over; returns whether it was opened.

        Raises:
            CannotWait: nothing that could open it can run.
        """
        if not self.opened:
            with identity.acting_as(identity.MAIN):
                _wait(self, timeout, what)
        return self.opened


def _suspending(gate: Gate, timeout: float | None, what: str) -> None:
    if not _can_suspend():
        raise CannotWait(what)
    assert _suspend
    loop = main_loop()
    future = gate._future = asyncio.Future(loop=loop)
    timer = None
    if timeout is not None:
        timer = loop.call_later(timeout, _end, future)
    try:
        # Running loop, current task and context belong to the stack; they are there again after.
        _suspend(future)
    finally:
        if timer:
            timer.cancel()


def _end(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def _nested(gate: Gate, timeout: float | None, what: str) -> None:
    patience = time.monotonic() + LONGEST_IDLE
    deadline = None if timeout is None else time.monotonic() + timeout
    while not gate.opened:
        if handle := queue.pop_due():
            _run_nested(handle)
            continue
        now = time.monotonic()
        if deadline is not None and now >= deadline:
            return
        ends = [each for each in (deadline, queue.next_due()) if each is not None]
        if not ends or min(ends) > patience:
            raise CannotWait(what)
        _let_time_pass(min(ends) - now)


def _run_nested(handle: asyncio.Handle) -> None:
    loop: Any = handle._loop  # type: ignore[attr-defined]
    running = events._get_running_loop()
    events._set_running_loop(loop)
    task = tasks._swap_current_task(loop, None)  # type: ignore[attr-defined]
    try:
        handle._run()
    finally:
        events._set_running_loop(loop)
        tasks._swap_current_task(loop, task)  # type: ignore[attr-defined]
        events._set_running_loop(running)


_let_time_pass = time.sleep
_suspend: Callable[[Any], Any] | None = None
_can_suspend: Callable[[], bool]
_wait = _nested


def use(suspend: Callable[[Any], Any] | None, can_suspend: Callable[[], bool]) -> None:
    """Choose how to block; see `threads.install`."""
    global _suspend, _can_suspend, _wait
    _suspend, _can_suspend = suspend, can_suspend
    _wait = _suspending if suspend else _nested


def suspend(awaitable: Any) -> Any:
    """Stands in for `pyodide.ffi.run_sync`: whoever runs meanwhile is another thread."""
    assert _suspend
    with identity.acting_as(identity.MAIN):
        return _suspend(awaitable)


def sleep(seconds: float) -> None:
    """Stands in for `time.sleep`: where stacks can be suspended, everything else goes on."""
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    if _suspend and _can_suspend():
        Gate().wait(seconds)
    else:
        _spend(seconds)
        _let_time_pass(seconds)


def is_nested() -> bool:
    """Whether waits are nested, instead of suspending stacks."""
    return _wait is _nested


_left: float | None = None


@contextmanager
def own_time() -> Iterator[None]:
    """A thread begins: nobody else can do anything while it sleeps, so it may not sleep long."""
    global _left
    before, _left = _left, LONGEST_IDLE
    try:
        yield
    finally:
        _left = before


def _spend(seconds: float) -> None:
    global _left
    if _left is not None:
        if seconds > _left:
            raise CannotWait("A thread that sleeps")
        _left -= seconds
