"""What takes long is made once for all processes of a test run (pytest-xdist)."""

from __future__ import annotations

import os
import pickle
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

T = TypeVar("T")

LIMIT = 600
"""Seconds that a process waits for another one."""


def made_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], T], limit: float = LIMIT
) -> T:
    """What `make` gives for an empty folder, called in the process that comes first.

    Raises:
        RuntimeError: it failed in another process, or has not ended there.
    """
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / f"once-{name}"
    result = folder.with_suffix(".pickle")
    try:
        folder.mkdir()
    except FileExistsError:
        return _made_elsewhere(result, limit)
    outcome: tuple[T | None, str] = (None, "did not end")
    try:
        made = make(folder)
        outcome = (made, "")
    except Exception as error:
        outcome = (None, str(error))
        raise
    finally:
        written = folder.with_suffix(".part")
        written.write_bytes(pickle.dumps(outcome))
        written.rename(result)
    return made


def _made_elsewhere(result: Path, limit: float) -> T:
    end = time.monotonic() + limit
    while not result.exists():
        if time.monotonic() > end:
            raise RuntimeError(f"{result.stem}: not made within {limit} s by another process")
        time.sleep(0.1)  # that process can tell nothing but by files
    made: T
    made, error = pickle.loads(result.read_bytes())
    if error:
        raise RuntimeError(f"{result.stem}: {error}")
    return made
