"""Thread-local data by the identities of `identity`."""

from __future__ import annotations

import weakref
from typing import Any

from . import identity

_alive: weakref.WeakSet[local] = weakref.WeakSet()


class _Data:
    """What one `local` keeps for each thread; `owner` is the one whose data are in place."""

    __slots__ = ("arguments", "by_thread", "owner")

    def __init__(self, arguments: tuple[tuple[Any, ...], dict[str, Any]], owner: int) -> None:
        self.arguments = arguments
        self.by_thread: dict[int, dict[str, Any]] = {}
        self.owner = owner


class local:  # noqa: N801  as in `threading`
    """Stands in for `threading.local`."""

    __slots__ = ("__dict__", "__weakref__", "_local__data")

    def __new__(cls, /, *arguments: Any, **named: Any) -> local:
        if (arguments or named) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        data = _Data((arguments, named), identity.get_ident())
        object.__setattr__(self, "_local__data", data)
        data.by_thread[data.owner] = object.__getattribute__(self, "__dict__")
        _alive.add(self)
        return self

    def __getattribute__(self, name: str) -> Any:
        _put_in_place(self)
        return object.__getattribute__(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        _check(name)
        _put_in_place(self)
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        _check(name)
        _put_in_place(self)
        object.__delattr__(self, name)

    # By identity: a WeakSet must not run the methods of subclasses.
    __hash__ = object.__hash__
    __eq__ = object.__eq__


def _check(name: str) -> None:
    if name == "__dict__":
        raise AttributeError("the __dict__ of a thread-local object is read-only")


def _put_in_place(self: local) -> None:
    data: _Data = object.__getattribute__(self, "_local__data")
    ident = identity.get_ident()
    if data.owner == ident:
        return
    data.owner = ident
    known = data.by_thread.get(ident)
    if known is not None:
        object.__setattr__(self, "__dict__", known)
        return
    data.by_thread[ident] = {}
    object.__setattr__(self, "__dict__", data.by_thread[ident])
    arguments, named = data.arguments
    type(self).__init__(self, *arguments, **named)


def _forget(ident: int) -> None:
    for each in list(_alive):
        data: _Data = object.__getattribute__(each, "_local__data")
        data.by_thread.pop(ident, None)
        if data.owner == ident:
            data.owner = -1


identity.when_ended(_forget)
