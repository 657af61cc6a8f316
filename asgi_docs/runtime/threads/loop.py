"""Pyodide's event loop, made fit for threads.

Pyodide's `WebLoop` hands each callback to the browser at once. For nested waits the callbacks are
queued here as well, and the browser only says when it is time to run the next one.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import math
import time
from asyncio import events
from typing import TYPE_CHECKING, Any

from . import identity

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextvars import Context

EARLY = 0.002
"""Seconds by which a browser's timer may come too early."""

_main: list[Any] = []


def main_loop() -> Any:
    """The event loop that the app runs in."""
    return _main[0]


class CallbackQueue:
    """The callbacks of all event loops, by the time at which they are due."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, asyncio.Handle]] = []
        self._numbers = itertools.count()

    def push(self, delay: float, handle: asyncio.Handle) -> None:
        """Queue a callback."""
        heapq.heappush(self._heap, (time.monotonic() + delay, next(self._numbers), handle))

    def next_due(self) -> float | None:
        """When the first callback is due, as `time.monotonic()` tells the time."""
        while self._heap and self._heap[0][2].cancelled():
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def pop_due(self) -> asyncio.Handle | None:
        """Take the first callback whose time has come."""
        due = self.next_due()
        if due is None or due > time.monotonic() + EARLY:
            return None
        return heapq.heappop(self._heap)[2]


queue = CallbackQueue()


def install(nested: bool) -> None:
    """Change the class of the running event loop.

    Args:
        nested: whether waits are nested, and so need the queue of callbacks.
    """
    loop: Any = asyncio.get_running_loop()
    _main[:] = [loop]
    kind = type(loop)
    kind.run_until_complete = _run_until_complete
    kind.run_in_executor = _run_in_executor
    kind.set_default_executor = _set_default_executor
    if nested:
        _queue_callbacks(kind)
    _run_callbacks_as_owner(kind)
    _take_past_times(kind)
    _keep_main_loop(kind)


def _queue_callbacks(kind: Any) -> None:
    let_browser_call = kind.call_later

    def run_next(loop: Any) -> None:
        if handle := queue.pop_due():
            events._set_running_loop(handle._loop)  # type: ignore[attr-defined]
            handle._run()
        elif (due := queue.next_due()) is not None:
            # The timer came early, or a nested wait has run the callback.
            let_browser_call(loop, max(0.0, due - time.monotonic()), run_next, loop)

    def call_later(
        self: Any,
        delay: float,
        callback: Callable[..., object],
        *arguments: Any,
        context: Context | None = None,
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, arguments, self, context=context)
        if delay < math.inf:
            queue.push(delay, handle)
            let_browser_call(self, delay, run_next, self)
        return handle

    kind.call_later = call_later


def _run_callbacks_as_owner(kind: Any) -> None:
    """The callbacks of an event loop run on the thread that runs the loop."""
    call_later = kind.call_later

    def call_later_as_owner(
        self: Any, delay: float, callback: Callable[..., object], *arguments: Any, **named: Any
    ) -> asyncio.Handle:
        if self is main_loop():
            return call_later(self, delay, callback, *arguments, **named)  # type: ignore[no-any-return]
        return call_later(self, delay, _as_owner, self, callback, *arguments, **named)  # type: ignore[no-any-return]

    kind.call_later = call_later_as_owner


def _as_owner(loop: Any, callback: Callable[..., object], *arguments: Any) -> None:
    with identity.acting_as(vars(loop).get("_owner", identity.MAIN)):
        callback(*arguments)


def _take_past_times(kind: Any) -> None:
    """What should have run by now runs soon, as with asyncio's own loops.

    Pyodide's loop raises. AnyIO's deadlines would then never come, once in a while: a timer that
    comes a little early is set anew, for a time that has just passed.
    """
    call_later = kind.call_later

    def call_later_or_soon(
        self: Any, delay: float, callback: Callable[..., object], *arguments: Any, **named: Any
    ) -> asyncio.Handle:
        return call_later(self, max(delay, 0), callback, *arguments, **named)  # type: ignore[no-any-return]

    kind.call_later = call_later_or_soon


def _run_until_complete(self: Any, future: Any) -> Any:
    from .waiting import Gate

    self._owner = identity.MAIN if self is main_loop() else identity.get_ident()
    task = asyncio.ensure_future(future, loop=self)
    gate = Gate()
    task.add_done_callback(lambda _: gate.open())
    gate.wait(what="run_until_complete()")
    return task.result()


_executors: dict[Any, Any] = {}


def _run_in_executor(
    self: Any, executor: Any, function: Callable[..., Any], *arguments: Any
) -> asyncio.Future[Any]:
    if executor is None:
        executor = _executors.get(self)
    if executor is None:
        from concurrent.futures import ThreadPoolExecutor

        executor = _executors[self] = ThreadPoolExecutor(thread_name_prefix="asyncio")
    return asyncio.wrap_future(executor.submit(function, *arguments), loop=self)


def _set_default_executor(self: Any, executor: Any) -> None:
    _executors[self] = executor


def _keep_main_loop(kind: Any) -> None:
    """A further event loop (`asyncio.run()` on a thread) must not take the place of the app's."""
    policy: Any = events._get_event_loop_policy()  # type: ignore[attr-defined]
    own: dict[int, Any] = {}

    def new_event_loop() -> Any:
        running = events._get_running_loop()
        try:
            return kind()
        finally:
            events._set_running_loop(running)

    def get_event_loop() -> Any:
        return own.get(identity.get_ident(), main_loop())

    def set_event_loop(loop: Any) -> None:
        if loop is None:
            own.pop(identity.get_ident(), None)
        else:
            own[identity.get_ident()] = loop

    policy.new_event_loop = new_event_loop
    policy.get_event_loop = get_event_loop
    policy.set_event_loop = set_event_loop
