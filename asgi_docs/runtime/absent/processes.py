"""Processes: a page has none, but modules that could start some are imported everywhere."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import NoReturn

from .errors import NoSystemCall

_INSTEAD = (
    "a page in a browser cannot start other processes: do the work in this one, "
    "or run the app on a real server."
)


def install() -> None:
    """Stand in for `_multiprocessing`, which `multiprocessing.synchronize` (Quart) imports."""
    module = ModuleType("_multiprocessing", "Nothing can be shared with processes there cannot be.")
    module.SemLock = _SemLock  # type: ignore[attr-defined]
    module.sem_unlink = _do_nothing  # type: ignore[attr-defined]
    module.flags = {}  # type: ignore[attr-defined]
    sys.modules.setdefault("_multiprocessing", module)


def patch_subprocess(module: ModuleType) -> None:
    """Refuse to start a program."""

    def refuse(self: object, args: object, *_: object, **__: object) -> NoReturn:
        name = args if isinstance(args, (str, bytes)) else next(iter(args), "")  # type: ignore[call-overload]
        raise NoSystemCall(f"{name!r} was not run, since {_INSTEAD}")

    module.Popen.__init__ = refuse
    module.Popen.__del__ = _do_nothing


def patch_multiprocessing(module: ModuleType) -> None:
    """Refuse to start a process."""

    def refuse(self: object) -> NoReturn:
        raise NoSystemCall(f"multiprocessing cannot work, since {_INSTEAD}")

    module.BaseProcess.start = refuse


def _do_nothing(*_: object) -> None:
    pass


class _SemLock:
    SEM_VALUE_MAX = 2**31 - 1

    def __init__(self, *_: object) -> None:
        raise NoSystemCall(f"multiprocessing cannot work, since {_INSTEAD}")
