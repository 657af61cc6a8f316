"""Measures the time from the click on Run to an app's first answer, and of later starts.

`python -m tests.bench.start [RUNS] [NAME …]` prints the medians as Markdown, for README.md in this
folder. A name is that of an engine or of a framework; by default all are measured.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from ..browser.engines import ENGINES, launch
from ..browser.interpreters import Interpreters
from ..browser.live_block import LiveBlock
from .pages import FRAMEWORKS, served
from .starts import TOTAL, Stages, medians, start_classic, start_live
from .tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

    from .pages import Sites

FORGET_SNAPSHOTS = """
async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const key of await cache.keys())
      if (key.url.includes("/snapshots/")) await cache.delete(key);
  }
}
"""


def measure(browser: Browser, sites: Sites, framework: str) -> dict[str, Stages]:
    """Every kind of start, in one new profile."""
    context = browser.new_context()
    starts = {"classic": start_classic(context.new_page(), sites.classic, framework)}
    url = f"{sites.live}{framework}.html"

    page = context.new_page()
    interpreters = Interpreters(page)
    first = LiveBlock.open(page, url)
    starts["first visit"] = start_live(first, "Run")
    interpreters.wait_for_spare()
    starts["second block"] = start_live(LiveBlock(page, 1), "Run")
    interpreters.wait_for_spare()
    first.edit(first.get("code").replace("world", "edited"))
    starts["after an edit"] = start_live(first, "Run again", answer="edited")
    interpreters.wait_for_spare()
    starts["after Stop"] = start_live(first, "Stop", once_stopped="Run", answer="edited")
    interpreters.wait_for_spare()
    page.evaluate("localStorage.clear(); sessionStorage.clear()")

    starts["later visit"] = start_live(LiveBlock.open(page, url), "Run")
    assert interpreters.restored == 1
    interpreters.wait_for_spare()
    page.evaluate(FORGET_SNAPSHOTS)
    starts["without snapshot"] = start_live(LiveBlock.open(page, url), "Run")
    assert interpreters.restored == 0
    context.close()
    return starts


def shares(measured: dict[str, dict[str, Stages]]) -> str:
    """A Markdown table: a row for each framework, the classic way in ms, else shares of it."""
    kinds = list(next(iter(measured.values())))
    rows = {}
    for framework, starts in measured.items():
        classic = starts["classic"][TOTAL]
        rows[framework] = [
            classic,
            *(f"{starts[kind][TOTAL] / classic:.2f}" for kind in kinds[1:]),
        ]
    return table("", [f"{kinds[0]}, ms", *kinds[1:]], rows)


def stages(kind: str, measured: dict[str, dict[str, Stages]]) -> str:
    """A Markdown table of one kind of start: a row for each framework, stages in ms."""
    names = list(dict.fromkeys(stage for starts in measured.values() for stage in starts[kind]))
    names.sort(key=TOTAL.__eq__)
    rows = {
        framework: [starts[kind].get(name, 0) for name in names]
        for framework, starts in measured.items()
    }
    return table(f"{kind}, ms", names, rows)


def report(browser: Browser, sites: Sites, frameworks: Sequence[str], runs: int) -> str:
    """Measure in one browser; the runs of all frameworks take turns."""
    seen: dict[str, list[dict[str, Stages]]] = {framework: [] for framework in frameworks}
    for run in range(runs):
        for framework in frameworks:
            seen[framework].append(measure(browser, sites, framework))
            total = seen[framework][-1]["first visit"][TOTAL]
            print(f"run {run + 1}, {framework}: {total:.0f} ms", file=sys.stderr)  # noqa: T201
    measured = {
        framework: {kind: medians([run[kind] for run in results]) for kind in results[0]}
        for framework, results in seen.items()
    }
    kinds = next(iter(measured.values()))
    return "\n\n".join([shares(measured), *(stages(kind, measured) for kind in kinds)])


def main(runs: int, names: Sequence[str]) -> None:
    engines = [name for name in ENGINES if name in names] or ENGINES
    frameworks = [name for name in FRAMEWORKS if name in names] or FRAMEWORKS
    with served() as sites, sync_playwright() as playwright:
        for engine in engines:
            browser = launch(playwright, engine, sites.outside.server_port)
            text = report(browser, sites, frameworks, runs)
            print(f"\n{engine} {browser.version}, medians of {runs} runs\n\n{text}", flush=True)  # noqa: T201
            browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7, sys.argv[2:])
