"""Which thread runs: each stack that stands for a thread has an identity.

One variable is enough: control changes hands only where something blocks (`waiting`), where a
thread starts or ends, and where code runs inline in the name of another thread.
"""

from __future__ import annotations

import _thread
import itertools
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

MAIN = _thread.get_ident()
"""The identity of the event loop's code."""

_numbers = itertools.count(MAIN + 1)
_current = MAIN
_at_end: list[Callable[[int], None]] = []


def get_ident() -> int:
    """Stands in for `threading.get_ident`."""
    return _current


def new_ident() -> int:
    """An identity that no thread has or had."""
    return next(_numbers)


@contextmanager
def acting_as(ident: int) -> Iterator[None]:
    """Run code in the name of a thread."""
    global _current
    before = _current
    _current = ident
    try:
        yield
    finally:
        _current = before


def forget(ident: int) -> None:
    """A thread has ended: its thread-local data go."""
    for callback in _at_end:
        callback(ident)


def when_ended(callback: Callable[[int], None]) -> None:
    """Have a callback called with the identity of each thread that has ended."""
    _at_end.append(callback)


class Worker(threading.Thread):
    """A thread by name only: inline code runs in its name."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self._ident = new_ident()
        self._started.set()  # type: ignore[attr-defined]
        threading._active[self._ident] = self  # type: ignore[attr-defined]

    def is_alive(self) -> bool:
        """Whether work may still run in its name."""
        return self._ident in threading._active  # type: ignore[attr-defined]

    def acting(self) -> AbstractContextManager[None]:
        """Run code in its name."""
        return acting_as(self._ident)

    def end(self) -> None:
        """No more work will run in its name."""
        threading._active.pop(self._ident, None)  # type: ignore[attr-defined]
        forget(self._ident)
