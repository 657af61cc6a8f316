"""The client is gone: what the app's send() raises, and telling it from the app's own errors."""

from __future__ import annotations


class ClientDisconnected(OSError):
    """The client is gone; nothing more can be sent."""


def caused_by_disconnect(error: BaseException | None) -> bool:
    """Whether an app's exception only passes on that the client is gone."""
    while error is not None:
        if isinstance(error, ClientDisconnected):
            return True
        # A task group's: Python 3.10 has no ExceptionGroup of its own.
        if members := getattr(error, "exceptions", ()):
            return all(caused_by_disconnect(member) for member in members)
        error = error.__cause__ or error.__context__
    return False
