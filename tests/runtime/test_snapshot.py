"""What two interpreters that go on from one snapshot have in common, and what not."""

from __future__ import annotations

import logging
import random
import sys
import time
import uuid
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from asgi_docs.runtime import snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(snapshot, "GENERATORS", list(snapshot.GENERATORS))
    monkeypatch.setattr(sys, "path", list(sys.path))
    state = random.getstate()
    yield
    random.setstate(state)


def restored(generator: random.Random | None = None) -> float:
    """The first random number of an interpreter that goes on from now."""
    draw: Callable[[], float] = (generator or random).random
    state = (generator or random).getstate()
    snapshot.renew()
    number = draw()
    (generator or random).setstate(state)
    return number


def test_each_has_its_own_random_numbers() -> None:
    assert restored() != restored()


def test_a_generator_of_a_package_has_its_own_too() -> None:
    with snapshot.generators_noted():
        generator = random.Random()
    assert restored(generator) != restored(generator)


def test_a_generator_with_a_seed_goes_on_with_it() -> None:
    with snapshot.generators_noted():
        generator = random.Random(7)
        later = random.Random()
        later.seed(7)
    assert restored(generator) == restored(later) == random.Random(7).random()


def test_generators_made_later_are_not_noted() -> None:
    noted = len(snapshot.GENERATORS)
    with snapshot.generators_noted():
        pass
    random.Random()
    assert len(snapshot.GENERATORS) == noted


def test_logging_counts_from_the_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging, "_startTime", 0)
    snapshot.renew()
    assert time.time_ns() - logging._startTime < 60e9  # type: ignore[attr-defined]


def test_the_node_of_uuids_is_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uuid, "_node", 1)
    snapshot.renew()
    assert uuid._node is None  # type: ignore[attr-defined]


def test_numpys_own_generator_is_seeded_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    seeded: list[str] = []
    numpy = SimpleNamespace(seed=lambda: seeded.append("by chance"))
    monkeypatch.setitem(sys.modules, "numpy.random", numpy)
    snapshot.renew()
    assert seeded == ["by chance"]


def test_the_working_directory_is_searched_once() -> None:
    sys.path[:0] = ["", "", ""]
    snapshot.renew()
    assert sys.path.count("") == 1
