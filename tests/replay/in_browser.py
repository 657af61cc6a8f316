"""Replays exchanges in live blocks of a real browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..conformance.drivers import open_thriftily, wait
from .answers import Outcome, answers_of, entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..conformance.drivers import Driver
    from .recording import App, Exchange

SCRIPTS = "/replay/"
"""Where the server has this folder."""
LIMIT = 300
"""Seconds for an app, on the slowest engine."""


def open_page(driver: Driver, url: str) -> None:
    """Open the site's page, ready for `replay`."""
    open_thriftily(driver, url)
    wait(driver, "Boolean(customElements.get('asgi-live'))", LIMIT)


def replay(driver: Driver, blocks: dict[App, int], exchanges: Sequence[Exchange]) -> Outcome:
    """Start an app afresh and ask it.

    Args:
        driver: has the site's page open.
        blocks: the place of each app's block in the page.
        exchanges: what to ask, all of one app.
    """
    argument = {"index": blocks[exchanges[0].app], "exchanges": entry(exchanges)["requests"]}
    driver.evaluate(
        f"void (globalThis.replayed = null, import('{SCRIPTS}replay.js')"
        f".then(({{ replay }}) => replay({json.dumps(argument)}))"
        ".then((outcome) => { globalThis.replayed = outcome; }))"
    )
    wait(driver, "globalThis.replayed !== null", LIMIT)
    return answers_of(driver.evaluate("globalThis.replayed"))
