"""Later visits: apps that start from a snapshot, and the proof that they did."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from ..browser.interpreters import WATCH
from .drivers import wait

if TYPE_CHECKING:
    from .drivers import Driver

# Seconds for all blocks of a page.
LIMIT = 120

# What is ready after a start has gone on from the snapshot of that start's interpreter.
VISIT = """
(async (indexes) => {
  const blocks = [...document.querySelectorAll("asgi-live")];
  for (const index of indexes ?? blocks.keys()) {
    const { restored } = interpreters;
    await blocks[index].start();
    while (interpreters.restored === restored) await new Promise((done) => setTimeout(done, 50));
    await blocks[index].stop();
  }
})
"""


class Starts(NamedTuple):
    """Interpreters that have become ready for an app, and those of them from a snapshot."""

    ready: int
    restored: int


def open_again(driver: Driver, url: str, blocks: list[int] | None = None) -> None:
    """Open a page whose blocks, or some of them, have left snapshots on an earlier visit.

    Raises:
        RuntimeError: a block did not start.
        TimeoutError: a block has left no snapshot that another start can go on from.
    """
    driver.hold_caches(url)
    _open(driver, url)
    visit = f"{VISIT}({json.dumps(blocks)}).then(() => '', String)"
    driver.evaluate(f"void (globalThis.left = null, {visit}.then((how) => {{ left = how; }}))")
    try:
        wait(driver, "globalThis.left !== null", LIMIT)
    except TimeoutError:
        raise TimeoutError(f"{url}: no snapshot within {LIMIT} s") from None
    if error := driver.evaluate("globalThis.left"):
        raise RuntimeError(error)
    _open(driver, url)


def starts(driver: Driver) -> Starts:
    """Those in the page that `open_again` has opened."""
    return Starts(*driver.evaluate("[interpreters.prepared, interpreters.restored]"))


def _open(driver: Driver, url: str) -> None:
    driver.open(url)
    driver.evaluate(f"void (() => {{ {WATCH} }})()")  # no interpreter is made before a click
    wait(driver, "Boolean(customElements.get('asgi-live'))", LIMIT)
