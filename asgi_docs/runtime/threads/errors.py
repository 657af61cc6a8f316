"""What cannot wait here."""

from __future__ import annotations

from ..absent.errors import NotInABrowser


class CannotWait(NotInABrowser):
    """Blocking code waits for something that cannot come while it waits."""

    def __init__(self, what: str = "This code") -> None:
        super().__init__(
            f"{what} blocks until another thread or the network goes on, which cannot happen in "
            "this browser while Python waits: use async code and await it instead, or a browser "
            "with JavaScript Promise Integration."
        )
