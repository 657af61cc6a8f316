"""Measures the first and a later start of a FastAPI app behind slow networks.

`python -m tests.bench.slow [RUNS]` prints Markdown tables, for README.md in this folder.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from ..browser.engines import ENGINES, launch
from ..browser.interpreters import Interpreters
from ..browser.live_block import LiveBlock
from .network import Network, SlowServer
from .pages import served
from .start import shares, stages
from .starts import LIMIT, Stages, medians, start_classic, start_live
from .tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.sync_api import Browser

    from .network import Transfer
    from .pages import Sites

NETWORKS = {
    "1.6 Mbit/s, 150 ms": Network(1.6e6, 0.150),
    "10 Mbit/s, 40 ms": Network(10e6, 0.040),
}
PARTS = {
    "our scripts": r"/front-|asgi-live|service-worker",
    "Pyodide's scripts": r"/pyodide[^/]*/.*js$|/vendor/",
    "Pyodide's .wasm": r"\.wasm\b",
    "standard library": r"/layers/python-[\d.]+-[^-]*$",
    "extension module": r"-extension-",
    "other packages": r"/layers/",
}

Arrivals = dict[str, tuple[float, float]]
"""By part, in milliseconds after the click: asked for, there."""


def measure(
    browser: Browser, sites: Sites, server: SlowServer
) -> tuple[dict[str, Stages], Arrivals]:
    """Start the classic way, a first time, and a later one."""
    starts = {}
    context = browser.new_context()
    starts["classic"] = start_classic(context.new_page(), sites.classic, "fastapi")
    context.close()

    context = browser.new_context()
    context.set_default_timeout(LIMIT)
    page = context.new_page()
    interpreters = Interpreters(page)
    url = f"{sites.live}fastapi.html"
    block = LiveBlock.open(page, url)
    page.wait_for_load_state("networkidle")
    server.transfers.clear()
    clicked = time.monotonic()
    starts["first visit"] = start_live(block, "Run")
    arrivals = _arrivals(server.transfers, clicked)
    interpreters.wait_for_spare()
    block = LiveBlock.open(page, url)
    page.wait_for_load_state("networkidle")
    starts["later visit"] = start_live(block, "Run")
    context.close()
    return starts, arrivals


def _arrivals(transfers: Sequence[Transfer], clicked: float) -> Arrivals:
    arrivals: Arrivals = {}
    for path, asked, arrived, _ in transfers:
        if "-cold-" in path:
            continue
        part = next((part for part, name in PARTS.items() if re.search(name, path)), "the rest")
        first, last = arrivals.get(part, (float("inf"), 0.0))
        arrivals[part] = (min(first, asked - clicked), max(last, arrived - clicked))
    return {part: (first * 1000, last * 1000) for part, (first, last) in arrivals.items()}


def timetable(runs: Sequence[Mapping[str, tuple[float, float]]]) -> str:
    """A Markdown table: when the parts of a first visit were asked for and were there."""
    rows = {}
    for part in sorted(runs[0], key=lambda part: runs[0][part][1]):
        times = [run[part] for run in runs if part in run]
        rows[part] = [statistics.median(time[at] for time in times) for at in (0, 1)]
    return table("first visit, ms after the click", ["asked for", "there"], rows)


def main(runs: int) -> None:
    with sync_playwright() as playwright:
        for name, network in NETWORKS.items():
            server = SlowServer(network)
            with served(server) as sites:
                for engine in ENGINES:
                    browser = launch(playwright, engine, sites.outside.server_port)
                    seen = [measure(browser, sites, server) for _ in range(runs)]
                    kinds = {
                        kind: medians([starts[kind] for starts, _ in seen]) for kind in seen[0][0]
                    }
                    tables = [shares({"fastapi": kinds})]
                    tables += [stages(kind, {"fastapi": kinds}) for kind in kinds]
                    tables.append(timetable([arrivals for _, arrivals in seen]))
                    title = f"{name}, {engine} {browser.version}, medians of {runs} runs"
                    print("\n\n".join([f"\n{title}", *tables]), flush=True)  # noqa: T201
                    browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
