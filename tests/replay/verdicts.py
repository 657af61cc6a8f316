"""What the replays of a recording have shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .answers import Outcome, misses

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .recording import Exchange

Misses = dict[int, list[str]]
"""By the number of an exchange, where its answer is not the recorded one."""


def comparable(tests: dict[str, list[Exchange]]) -> dict[str, list[Exchange]]:
    """The tests of an app without the handshakes of WebSockets, which have no answer."""
    kept = {
        test: [exchange for exchange in exchanges if exchange.answer is not None]
        for test, exchanges in tests.items()
    }
    return {test: exchanges for test, exchanges in kept.items() if exchanges}


def judge(
    tests: dict[str, list[Exchange]],
    ask: Callable[[Sequence[Exchange]], Outcome],
    *,
    in_page: bool,
) -> Misses:
    """Ask an app everything in one go; then each test that missed, alone, of a fresh app.

    Tests share a running app here, which they may not have done when they were recorded.

    Args:
        tests: exchanges by test.
        ask: starts the app afresh and asks it.
        in_page: whether a page asks what a page can ask.
    """
    everything = [exchange for exchanges in tests.values() for exchange in exchanges]
    found = misses(everything, ask(everything), in_page=in_page)
    result: Misses = {}
    start = 0
    for exchanges in tests.values():
        part = found[start : start + len(exchanges)]
        if any(part) and len(tests) > 1:
            part = misses(exchanges, ask(exchanges), in_page=in_page)
        result |= {start + number: miss for number, miss in enumerate(part) if miss}
        start += len(exchanges)
    return result
