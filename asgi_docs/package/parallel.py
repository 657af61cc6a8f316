"""Work that is done side by side: one thread a core, each of which mostly waits for a program."""

from __future__ import annotations

import contextvars
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    _Item = TypeVar("_Item")
    _Result = TypeVar("_Result")

# Each of the programs may take some hundred megabytes of memory.
_MOST = 8


def cores() -> int:
    """How many things to do at once: at least one."""
    return min(os.cpu_count() or 1, _MOST)


def in_parallel(work: Callable[[_Item], _Result], items: Sequence[_Item]) -> list[_Result]:
    """The results in the order of the items.

    Raises:
        Exception: the one of the first item that raised, when all that had begun has ended.
    """
    with ThreadPoolExecutor(max_workers=cores()) as pool:
        # A thread by itself knows nothing of context variables, such as the author's settings.
        begun = [pool.submit(contextvars.copy_context().run, work, item) for item in items]
        try:
            return [each.result() for each in begun]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
