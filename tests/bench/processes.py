"""What a process and all that it has started take of the machine."""

from __future__ import annotations

import contextlib
import resource
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

PROC = Path("/proc")
INTERVAL = 0.1  # seconds


def memory_of(root: int) -> float:
    """Megabytes of a process and its descendants; shared pages count once.

    That is their proportional set size: https://docs.kernel.org/filesystems/proc.html
    """
    return sum(map(_proportional_size, _family(root))) / 1e6


def _family(root: int) -> Iterator[int]:
    children: dict[int, list[int]] = {}
    for process in PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            children.setdefault(int(parent), []).append(int(process.name))
    waiting = [root]
    while waiting:
        yield (process_id := waiting.pop())
        waiting += children.get(process_id, [])


def _proportional_size(process_id: int) -> int:
    with contextlib.suppress(OSError):  # it has ended meanwhile
        for line in (PROC / str(process_id) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _processor_seconds() -> float:
    """Of all that have ended and were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Peak:
    """The most that a process and its descendants took inside of a `with`, where it ends.

    Attributes:
        megabytes: the highest sample.
        seconds: how long it lasted.
        processor_seconds: what it has computed, which says more where others work beside it.
    """

    def __init__(self, root: int) -> None:
        self.megabytes = self.seconds = self.processor_seconds = 0.0
        self._root = root
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._sample)

    def _sample(self) -> None:
        while not self._ended.wait(INTERVAL):
            self.megabytes = max(self.megabytes, memory_of(self._root))

    def __enter__(self) -> Self:
        self._start = time.monotonic()
        self._processor_start = _processor_seconds()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.seconds = time.monotonic() - self._start
        self.processor_seconds = _processor_seconds() - self._processor_start
        self._ended.set()
        self._thread.join()
