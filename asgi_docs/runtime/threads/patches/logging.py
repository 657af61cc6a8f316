"""`QueueListener` where waits are nested: a record is handled when it is put into the queue."""

from __future__ import annotations

import queue
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType


def patch(module: ModuleType) -> None:
    """Change `logging.handlers`."""
    module.QueueListener.start = _start
    module.QueueListener.stop = _stop


class _Drain:
    """Takes the place of the listener's thread."""

    def __init__(self, listener: Any) -> None:
        self.listener = listener
        self.busy = False
        self.put = listener.queue.put
        self.put_nowait = listener.queue.put_nowait
        listener.queue.put = self._then_drain(self.put)
        listener.queue.put_nowait = self._then_drain(self.put_nowait)
        self()

    def _then_drain(self, put: Any) -> Any:
        def put_and_drain(*arguments: Any, **named: Any) -> None:
            put(*arguments, **named)
            self()

        return put_and_drain

    def __call__(self) -> None:
        if self.busy:  # a handler has logged: the record keeps its place in the queue
            return
        self.busy = True
        try:
            while True:
                try:
                    record = self.listener.dequeue(False)
                except queue.Empty:
                    return
                self.listener.handle(record)
                if hasattr(self.listener.queue, "task_done"):
                    self.listener.queue.task_done()
        finally:
            self.busy = False


def _start(self: Any) -> None:
    if self._thread is not None:
        raise RuntimeError("Listener already started")
    self._thread = _Drain(self)


def _stop(self: Any) -> None:
    drain, self._thread = self._thread, None
    if drain:
        drain()
        self.queue.put, self.queue.put_nowait = drain.put, drain.put_nowait
