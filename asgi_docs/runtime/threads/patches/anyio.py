"""AnyIO: work for a worker thread runs on the caller's stack.

It takes a fraction of the time that a thread of its own takes, and looks the same to the function:
own identity, own thread-local data.
Upstream: https://github.com/agronholm/anyio/issues/1268
"""

from __future__ import annotations

from asyncio import get_running_loop
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, TypeVar

from ..inline import Workers
from ..waiting import is_nested

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

Result = TypeVar("Result")


def patch(module: ModuleType) -> None:
    """Change `anyio._backends._asyncio`."""
    backend = module.AsyncIOBackend
    workers = Workers("AnyIO worker thread")
    on_a_thread = backend.run_sync_in_worker_thread.__func__

    async def run_sync_in_worker_thread(
        cls: Any,
        func: Callable[..., Result],
        args: tuple[Any, ...],
        abandon_on_cancel: bool = False,
        limiter: Any = None,
    ) -> Result:
        if abandon_on_cancel and not is_nested():
            abandoned: Result = await on_a_thread(cls, func, args, True, limiter)
            return abandoned
        await cls.checkpoint()
        async with limiter or cls.current_default_thread_limiter():
            # While a blocking function suspends its stack, its task must not be cancelled.
            with module.CancelScope(shield=True) as scope:
                context = copy_context()
                context.run(module.set_current_async_library, None)
                parent = scope if abandon_on_cancel else scope._parent_scope or scope
                loop = get_running_loop()
                result: Result = workers.run(
                    _as_worker, module, loop, parent, func, args, context=context
                )
                return result

    backend.run_sync_in_worker_thread = classmethod(run_sync_in_worker_thread)


def _as_worker(
    module: Any, loop: Any, scope: Any, function: Callable[..., Result], arguments: tuple[Any, ...]
) -> Result:
    local = module.threadlocals
    # Inline within inline has the data of the outer one where thread-local data know no workers.
    before = dict(vars(local))
    local.current_cancel_scope = scope
    try:
        with module.claim_worker_thread(module.AsyncIOBackend, loop):
            return function(*arguments)
    finally:
        vars(local).clear()
        vars(local).update(before)
