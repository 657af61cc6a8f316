"""Running synchronous code without threads.

WebAssembly in a browser has one thread. What frameworks hand to a worker thread (`def` endpoints
and dependencies, files, synchronous iterators) runs inline instead, in a copy of the context and
outside the event loop, as it would on a thread. A library is changed at the one place where it
starts its threads, and only when the app imports it.

Upstream: https://github.com/agronholm/anyio/issues/1268
"""

from __future__ import annotations

import sys
from asyncio import events
from contextvars import copy_context
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

Result = TypeVar("Result")


def run_inline(function: Callable[..., Result], *arguments: Any) -> Result:
    """Call a function as if on a thread of its own: own context, no running event loop."""
    loop = events._get_running_loop()
    # asgiref and Django refuse synchronous work where an event loop is running.
    events._set_running_loop(None)
    try:
        return copy_context().run(function, *arguments)
    finally:
        events._set_running_loop(loop)


def _patch_anyio(module: ModuleType) -> None:
    backend = module.AsyncIOBackend

    async def run_sync_in_worker_thread(
        cls: Any,
        func: Callable[..., Result],
        args: tuple[Any, ...],
        abandon_on_cancel: bool = False,
        limiter: Any = None,
    ) -> Result:
        await cls.checkpoint()
        async with limiter or cls.current_default_thread_limiter():
            return run_inline(func, *args)

    backend.run_sync_in_worker_thread = classmethod(run_sync_in_worker_thread)


PATCHES: dict[str, Callable[[ModuleType], None]] = {"anyio._backends._asyncio": _patch_anyio}


class PatchingFinder(MetaPathFinder):
    """Applies a patch to a module right after its own code has run."""

    def __init__(self, patches: dict[str, Callable[[ModuleType], None]]) -> None:
        self.patches = patches

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find the module as usual, and have its loader patch it."""
        patch = self.patches.get(fullname)
        spec = PathFinder.find_spec(fullname, path, target) if patch else None
        if patch and spec and spec.loader:
            execute = spec.loader.exec_module

            def exec_module(module: ModuleType) -> None:
                execute(module)
                patch(module)

            spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


def install() -> None:
    """Have the patches applied to the modules that will be imported."""
    sys.meta_path.insert(0, PatchingFinder(PATCHES))
