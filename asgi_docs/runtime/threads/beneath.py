"""What `threading` stands on, replaced: locks, identities, thread-local data, starting a thread.

Written for the standard library of Python 3.14, where `threading.Thread` asks `_thread` for little.
"""

from __future__ import annotations

import _thread
import queue
import threading
import time
from asyncio import events
from contextvars import Context
from typing import TYPE_CHECKING, Any

from . import identity, loop, waiting
from .local import local
from .locks import Lock

if TYPE_CHECKING:
    from collections.abc import Callable


class ThreadHandle:
    """Stands in for `_thread._ThreadHandle`: tells when a thread has ended."""

    def __init__(self, ident: int | None = None) -> None:
        self.ident = ident
        self._done = False
        self._gates: list[waiting.Gate] = []

    def is_done(self) -> bool:
        """Whether the thread has ended."""
        return self._done

    def join(self, timeout: float | None = None) -> None:
        """Block until the thread has ended."""
        if self.ident == identity.get_ident():
            raise RuntimeError("Cannot join current thread")
        if not self._done:
            gate = waiting.Gate()
            self._gates.append(gate)
            gate.wait(None if timeout is None or timeout < 0 else timeout, "Thread.join()")

    def _set_done(self) -> None:
        self._done = True
        for gate in self._gates:
            gate.open()


def _start_joinable_thread(
    function: Callable[[], object], *, handle: ThreadHandle | None = None, daemon: bool = True
) -> ThreadHandle:
    handle = handle or ThreadHandle()
    handle.ident = identity.new_ident()
    thread: Any = getattr(function, "__self__", None)
    if isinstance(thread, threading.Thread):
        # Else start() would block until the thread's own code says so.
        thread._ident = handle.ident  # type: ignore[attr-defined]
        thread._started.set()  # type: ignore[attr-defined]
    loop.main_loop().call_soon(_run, function, handle, context=Context())
    return handle


def _run(function: Callable[[], object], handle: ThreadHandle) -> None:
    assert handle.ident
    running = events._get_running_loop()
    events._set_running_loop(None)
    try:
        with identity.acting_as(handle.ident), waiting.own_time():
            function()
    finally:
        events._set_running_loop(running)
        handle._set_done()
        identity.forget(handle.ident)


def _start_new_thread(
    function: Callable[..., object], args: tuple[Any, ...], kwargs: dict[str, Any] | None = None
) -> int:
    def call() -> None:
        try:
            function(*args, **(kwargs or {}))
        except SystemExit:
            pass
        except BaseException as error:
            details = (type(error), error, error.__traceback__, None)
            threading.excepthook(threading.ExceptHookArgs(details))

    handle = _start_joinable_thread(call)
    assert handle.ident
    return handle.ident


def install() -> None:
    """Replace it all."""
    below: Any = _thread
    above: Any = threading
    below.allocate_lock = below.allocate = below.lock = below.LockType = Lock
    above.Lock = above._allocate_lock = above._LockType = Lock
    above._CRLock = None  # then RLock() is the one written in Python, on top of Lock
    above.RLock = above._PyRLock
    below._local = above.local = local
    below.get_ident = above.get_ident = identity.get_ident
    below._ThreadHandle = above._ThreadHandle = ThreadHandle
    below._make_thread_handle = above._make_thread_handle = ThreadHandle
    below.start_joinable_thread = above._start_joinable_thread = _start_joinable_thread
    below.start_new_thread = below.start_new = _start_new_thread
    queue.SimpleQueue = queue._PySimpleQueue  # type: ignore[attr-defined,misc]
    time.sleep = waiting.sleep  # type: ignore[assignment]
    loop.install(nested=waiting.is_nested())
