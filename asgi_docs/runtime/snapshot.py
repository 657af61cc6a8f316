"""What has to be renewed in an interpreter that goes on from a snapshot (assets/snapshot.js).

A snapshot holds what Python knew when it was written. Times and generators of random numbers are
renewed, so that two starts of an app are as different as without snapshots. What stays is the
seed of `hash()`, which nothing can change in a running Python, and what a package has drawn for
good while it was imported (Litestar names one of its routes so); each reader has other ones.

What the clock says is the browser's own, from the beginning of the new interpreter. Of the
standard library, logging alone keeps what it says during an import; FastAPI, Litestar, Django,
Datasette and what they need were searched for further ones in vain.
"""

from __future__ import annotations

import random
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

GENERATORS: list[random.Random] = [random._inst]
"""Generators that were seeded by chance while packages were imported."""


@contextmanager
def generators_noted() -> Iterator[None]:
    """Note those that are made, or seeded, meanwhile."""
    original = random.Random.seed

    def seed(self: random.Random, a: Any = None, *args: Any, **kwargs: Any) -> None:
        original(self, a, *args, **kwargs)
        GENERATORS[:] = [generator for generator in GENERATORS if generator is not self]
        if a is None:
            GENERATORS.append(self)

    random.Random.seed = seed  # type: ignore[method-assign]
    try:
        yield
    finally:
        random.Random.seed = original  # type: ignore[method-assign]


def renew() -> None:
    """Make an interpreter that was restored as good as one that has just started."""
    for generator in GENERATORS:
        generator.seed()
    if numpy := sys.modules.get("numpy.random"):
        numpy.seed()
    if uuid := sys.modules.get("uuid"):
        uuid._node = None  # type: ignore[attr-defined]  # drawn at random where there is no network card
    if logging := sys.modules.get("logging"):
        logging._startTime = time.time_ns()  # type: ignore[attr-defined]
    # Pyodide puts it there in each start.
    while sys.path.count("") > 1:
        sys.path.remove("")
