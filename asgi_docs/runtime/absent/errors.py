"""The kinds of what a browser does not give to Python."""

from __future__ import annotations


class NotInABrowser(RuntimeError):
    """The code needs something that no browser gives to a page."""


class NoSystemCall(NotInABrowser, OSError):
    """An `OSError` too, since code that can do without expects one."""
