"""The lock beneath everything in `threading`, `queue` and `concurrent.futures` that blocks."""

from __future__ import annotations

from collections import deque
from typing import Any

from .waiting import Gate


class Lock:
    """Stands in for `threading.Lock`; who releases it hands it to the one that waits longest."""

    __slots__ = ("__weakref__", "_locked", "_waiting")

    def __init__(self) -> None:
        self._locked = False
        self._waiting: deque[Gate] = deque()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """As `threading.Lock.acquire`."""
        if timeout != -1:
            if not blocking:
                raise ValueError("can't specify a timeout for a non-blocking call")
            if timeout < 0:
                raise ValueError("timeout value must be a non-negative number")
        if not self._locked:
            self._locked = True
            return True
        if not blocking or timeout == 0:
            return False
        return self._wait(None if timeout == -1 else timeout)

    def _wait(self, timeout: float | None) -> bool:
        gate = Gate()
        self._waiting.append(gate)
        try:
            return gate.wait(timeout)
        except BaseException:
            if gate.opened:
                self.release()
            raise
        finally:
            if not gate.opened:
                self._waiting.remove(gate)

    def release(self) -> None:
        """As `threading.Lock.release`."""
        if not self._locked:
            raise RuntimeError("release unlocked lock")
        if self._waiting:
            self._waiting.popleft().open()
        else:
            self._locked = False

    def locked(self) -> bool:
        """As `threading.Lock.locked`."""
        return self._locked

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    def _at_fork_reinit(self) -> None:
        self.__init__()  # type: ignore[misc]

    def __repr__(self) -> str:
        state = "locked" if self._locked else "unlocked"
        return f"<{state} {type(self).__module__}.{type(self).__qualname__} at {id(self):#x}>"

    acquire_lock = acquire
    release_lock = release
    locked_lock = locked

    def __init_subclass__(cls, **_: Any) -> None:
        raise TypeError("type '_thread.lock' is not an acceptable base type")
