"""Measures the memory that apps take, by how many of them a page has started.

`python -m tests.bench.memory [RUNS]` prints a Markdown table, for README.md in this folder.
"""

from __future__ import annotations

import os
import statistics
import sys
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from ..browser.engines import ENGINES, launch
from ..browser.interpreters import Interpreters
from ..browser.live_block import LiveBlock
from .pages import served
from .processes import memory_of
from .tables import table

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NUMBERS = (1, 2, 4, 6, 20)
SAMPLES = 8


def measure(browser: Browser, url: str) -> dict[str, float]:
    """Megabytes more than the open page takes."""
    context = browser.new_context()
    page = context.new_page()
    interpreters = Interpreters(page)
    LiveBlock.open(page, f"{url}many.html")
    before = _settled(page)
    blocks = [LiveBlock(page, at) for at in range(max(NUMBERS))]
    megabytes = {}
    started = 0
    for number in NUMBERS:
        for block in blocks[started:number]:
            block.start()
            assert block.fetch("/").status == 200
        started = number
        interpreters.wait_for_spare()
        megabytes[f"{number} started"] = _settled(page) - before
    for block in blocks:
        block.stop()
    megabytes["all stopped"] = _settled(page) - before
    context.close()
    return megabytes


def _settled(page: Page) -> float:
    """The least of some samples: files arrive, and garbage is collected, a moment later."""
    samples = []
    for _ in range(SAMPLES):
        page.wait_for_timeout(500)
        # The driver's share of this does not change.
        samples.append(memory_of(os.getpid()))
    return min(samples)


def main(runs: int) -> None:
    measured = {}
    with served() as sites, sync_playwright() as playwright:
        for engine in ENGINES:
            browser = launch(playwright, engine, sites.outside.server_port)
            seen = [measure(browser, sites.live) for _ in range(runs)]
            measured[engine] = {
                kind: float(statistics.median(run[kind] for run in seen)) for kind in seen[0]
            }
            browser.close()
    rows = {engine: list(sizes.values()) for engine, sizes in measured.items()}
    print(table("MB", next(iter(measured.values())), rows))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
