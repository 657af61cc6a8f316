"""Measures starts on a page where an app has run already.

`python tests/bench/again.py [RUNS]` prints the medians as Markdown, for README.md in this folder.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import sync_playwright

from tests.bench.start import measure_plain, write_plain_site
from tests.browser import sites
from tests.browser.engines import ENGINES, launch
from tests.browser.interpreters import Interpreters
from tests.browser.live_block import LiveBlock
from tests.browser.outside import Outside
from tests.browser.static_server import StaticServer

if TYPE_CHECKING:
    from playwright.sync_api import Page

# From a click on a button to the app's answer in the preview.
WATCH = """
(element, [button, text]) => {
  const root = element.shadowRoot;
  globalThis.answered = new Promise((resolve) => {
    let clicked;
    root.addEventListener("click", ({ target }) => {
      if (target.textContent.trim().startsWith(button)) clicked ??= performance.now();
    }, { capture: true });
    root.addEventListener("load", ({ target }) => {
      const answer = target.contentDocument?.body?.textContent ?? "";
      if (clicked && answer.includes(text)) resolve(performance.now() - clicked);
    }, { capture: true });
  });
}
"""


def timed(block: LiveBlock, first: str, *more: str, answer: str = "world") -> float:
    """Milliseconds from the click on the first of these buttons to the answer."""
    block.evaluate(WATCH, [first, answer])
    block.button(first).click()
    for name in more:
        block.button(name).click()
    return float(block.page.evaluate("answered"))


def measure_live(page: Page, url: str) -> dict[str, float]:
    interpreters = Interpreters(page)
    first = LiveBlock.open(page, f"{url}two-fastapi.html")
    seconds = {"first start": timed(first, "Run")}
    interpreters.wait_for_spare()
    seconds["second block"] = timed(LiveBlock(page, 1), "Run")
    interpreters.wait_for_spare()
    first.edit(first.get("code").replace("world", "edited"))
    seconds["run again after an edit"] = timed(first, "Run again", answer="edited")
    interpreters.wait_for_spare()
    seconds["stop to answering again"] = timed(first, "Stop", "Run", answer="edited")
    return seconds


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        work = Path(folder)
        site = sites.build_sphinx(sites.OWN_SITES / "behaviour", work / "live", work / "doctrees")
        write_plain_site(site, work / "plain")
        server, outside = StaticServer(), Outside()
        live, plain = server.mount("/live/", site), server.mount("/plain/", work / "plain")
        for engine in ENGINES:
            browser = launch(playwright, engine, outside.server_port)
            rows: dict[str, list[float]] = {}
            for _ in range(runs):
                context = browser.new_context()
                classic = measure_plain(context.new_page(), plain)["total"]
                measured = {"classic": classic, **measure_live(context.new_page(), live)}
                for name, milliseconds in measured.items():
                    rows.setdefault(name, []).append(milliseconds)
                context.close()
            classic = statistics.median(rows["classic"])
            print(f"\n{engine} {browser.version}, medians of {runs} runs\n")  # noqa: T201
            for name, values in rows.items():
                median = statistics.median(values)
                print(f"| {name} | {median:.0f} | {median / classic:.2f} |")  # noqa: T201
            browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
