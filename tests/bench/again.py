"""Measures starts on a page where an app has run already.

`python tests/bench/again.py [RUNS]` prints the medians as Markdown, for README.md in this folder.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import sync_playwright

from tests.bench.start import both_sites, measure_plain
from tests.browser.engines import ENGINES, launch
from tests.browser.interpreters import Interpreters
from tests.browser.live_block import LiveBlock

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


def shares(rows: dict[str, list[float]]) -> str:
    """Rows of a Markdown table: medians, and their shares of the classic way's."""
    medians = {name: statistics.median(values) for name, values in rows.items()}
    classic = medians["classic"]
    return "\n".join(
        f"| {name} | {median:.0f} | {median / classic:.2f} |" for name, median in medians.items()
    )


def main(runs: int) -> None:
    with both_sites() as pages, sync_playwright() as playwright:
        for engine in ENGINES:
            browser = launch(playwright, engine, pages.outside.server_port)
            rows: dict[str, list[float]] = {}
            for _ in range(runs):
                context = browser.new_context()
                classic = measure_plain(context.new_page(), pages.plain)["total"]
                measured = {"classic": classic, **measure_live(context.new_page(), pages.live)}
                for name, milliseconds in measured.items():
                    rows.setdefault(name, []).append(milliseconds)
                context.close()
            print(f"\n{engine} {browser.version}, medians of {runs} runs\n")  # noqa: T201
            print(shares(rows))  # noqa: T201
            browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
