"""Synchronous code and threads where there are no threads.

WebAssembly in a browser has one thread. Two strategies, one behaviour:

- *stacks*: the engine has JavaScript Promise Integration (JSPI). A thread is a stack of its own,
  and whatever blocks suspends its stack while the others run.
- *nested*: it has not. A thread's code is a callback of the event loop, and whatever blocks runs
  the loop's other callbacks until it may go on. What only the browser could bring (an answer of the
  network, the next request) does not come meanwhile, so such waits end with `CannotWait`.

Locks, thread identities and thread-local data are replaced beneath `threading`, so that libraries
run as they are; the few that would be slow or stuck are changed when they are imported (`patches`).
Pyodide's version is pinned, and so is that of the standard library beneath which this reaches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from .. import patching
from . import waiting
from .errors import CannotWait
from .patches import patches
from .waiting import suspend

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CannotWait", "install", "suspend"]

Strategy = Literal["stacks", "nested"]


def install(run_sync: Callable[[Any], Any] | None, can_suspend: Callable[[], bool]) -> Strategy:
    """Put everything in place; call it before the app or any package of it is imported.

    Args:
        run_sync: blocks the calling stack until an awaitable is done; None where the engine cannot.
        can_suspend: whether the calling stack may be suspended.
    """
    from . import beneath  # needs the standard library of Pyodide

    waiting.use(run_sync, can_suspend)
    beneath.install()
    strategy: Strategy = "stacks" if run_sync else "nested"
    patching.install(patches(nested=run_sync is None))
    return strategy
