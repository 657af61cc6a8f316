"""Changes to modules, made when the app imports them and not earlier."""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    Patch = Callable[[ModuleType], None]


class PatchingFinder(MetaPathFinder):
    """Applies a patch to a module right after its own code has run."""

    def __init__(self, patches: Mapping[str, Patch]) -> None:
        self.patches = patches

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find the module as usual, and patch it when its loader has run it."""
        patch = self.patches.get(fullname)
        spec = PathFinder.find_spec(fullname, path, target) if patch else None
        if patch and spec and spec.loader:
            spec.loader = _PatchingLoader(spec.loader, patch)
        return spec


class _PatchingLoader(Loader):
    # Not the loader's own method replaced: the modules of a zip file share one loader.

    def __init__(self, loader: Loader, patch: Patch) -> None:
        self.loader = loader
        self.patch = patch

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self.loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        # Tracebacks and importlib.resources ask the loader for sources and files.
        module.__loader__ = self.loader
        if module.__spec__:
            module.__spec__.loader = self.loader
        self.loader.exec_module(module)
        self.patch(module)


def install(patches: Mapping[str, Patch]) -> None:
    """Patch what has been imported already, and the rest when it is."""
    for name, patch in patches.items():
        if module := sys.modules.get(name):
            patch(module)
    sys.meta_path.insert(0, PatchingFinder(patches))
