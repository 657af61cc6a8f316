"""The libraries that are changed when they are imported, by module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import aiosqlite, anyio, executors, logging

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...patching import Patch

EVERYWHERE: Mapping[str, Patch] = {"anyio._backends._asyncio": anyio.patch}
NESTED: Mapping[str, Patch] = {
    "aiosqlite.core": aiosqlite.patch,
    "concurrent.futures.thread": executors.patch,
    "logging.handlers": logging.patch,
}


def patches(nested: bool) -> dict[str, Patch]:
    """What to change where waits are nested, or where they suspend stacks."""
    return {**EVERYWHERE, **(NESTED if nested else {})}
