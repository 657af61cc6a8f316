"""`ThreadPoolExecutor` where waits are nested: work is done when it is submitted."""

from __future__ import annotations

from contextvars import Context
from typing import TYPE_CHECKING, Any

from ..inline import Workers

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from types import ModuleType


def patch(module: ModuleType) -> None:
    """Change `concurrent.futures.thread`."""
    executor = module.ThreadPoolExecutor

    def submit(self: Any, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        with self._shutdown_lock:
            if self._broken:
                raise self.BROKEN(self._broken)
            if self._shutdown:
                raise RuntimeError("cannot schedule new futures after shutdown")
        future: Future[Any] = module._base.Future()
        item = module._WorkItem(future, self._resolve_work_item_task(fn, args, kwargs))
        _workers_of(self).run(_work, module, self, item, context=Context())
        return future

    executor.submit = submit
    shutdown = executor.shutdown

    def shutdown_and_end(self: Any, wait: bool = True, *, cancel_futures: bool = False) -> None:
        shutdown(self, wait, cancel_futures=cancel_futures)
        _workers_of(self).end()

    executor.shutdown = shutdown_and_end


def _workers_of(executor: Any) -> Workers:
    workers = vars(executor).get("_inline_workers")
    if workers is None:
        workers = executor._inline_workers = Workers(executor._thread_name_prefix + "_{}")
    return workers  # type: ignore[no-any-return]


def _work(module: Any, executor: Any, item: Any) -> None:
    context = vars(executor).get("_inline_context")
    if context is None:
        context = executor._create_worker_context()
        try:
            context.initialize()
        except BaseException:
            module._base.LOGGER.critical("Exception in initializer:", exc_info=True)
            executor._initializer_failed()
            item.future.set_exception(executor.BROKEN(executor._broken))
            return
        executor._inline_context = context
    item.run(context)
