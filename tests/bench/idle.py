"""Measures what live blocks cost a page before a click, on a slow device behind a slow network.

`python -m tests.bench.idle [RUNS]` prints a Markdown table, for README.md in this folder.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from ..browser import sites
from ..browser.engines import launch
from ..browser.outside import Outside
from .network import Network, SlowServer
from .tables import table

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NETWORK = Network(1.6e6, 0.150)
CPU_SLOWDOWN = 4
PAGES = {"furo": "sphinx/demo.html", "Material": "mkdocs/demo/"}
COLUMNS = ["first contentful paint, ms", "Run is there, ms", "blocked, ms", "layout shift", "kB"]

WATCH = """
window.seen = { shift: 0, blocked: 0, ready: 0 };
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) seen.shift += each.value;
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) seen.blocked += duration - 50;
}).observe({ type: "longtask", buffered: true });
customElements.whenDefined("asgi-live").then(() => { seen.ready = performance.now(); });
"""
READ = """
() => ({
  paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  size: performance.getEntriesByType("resource")
    .reduce((sum, each) => sum + each.encodedBodySize, 0),
  ...seen,
})
"""


def measure(browser: Browser, url: str, *, is_live: bool) -> dict[str, float]:
    """One visit in a new profile, with our files or as if they were not there."""
    context = browser.new_context()
    page = context.new_page()
    if not is_live:
        page.route("**/asgi-docs/**", lambda route: route.abort())
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
    page.add_init_script(WATCH)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    seen: dict[str, float] = page.evaluate(READ)
    context.close()
    return seen


def row(runs: list[dict[str, float]]) -> list[object]:
    middle = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    ready = middle["ready"] or "-"
    return [
        middle["paint"],
        ready,
        middle["blocked"],
        f"{middle['shift']:.3f}",
        middle["size"] / 1e3,
    ]


def main(runs: int) -> None:
    outside, server = Outside(), SlowServer(NETWORK)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as work:
        site = server.mount("/", sites.sample_site(Path(work)))
        browser = launch(playwright, "chromium", outside.server_port)
        rows = {}
        for theme, page in PAGES.items():
            measure(browser, site + page, is_live=True)  # the server compresses each file once
            kinds = {"without our files": False, "live": True}
            for kind, is_live in kinds.items():
                seen = [measure(browser, site + page, is_live=is_live) for _ in range(runs)]
                rows[f"{theme}, {kind}"] = row(seen)
        title = f"Chromium {browser.version}, medians of {runs} runs"
        print(f"{title}\n\n{table('', COLUMNS, rows)}")  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
