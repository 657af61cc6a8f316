"""Measures later visits, with a snapshot and without.

`python tests/bench/later.py [RUNS]` prints the medians as Markdown, for README.md in this folder.
"""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import sync_playwright

from tests.bench.again import shares, timed
from tests.bench.start import both_sites, measure_plain
from tests.browser.engines import ENGINES, launch
from tests.browser.interpreters import Interpreters
from tests.browser.live_block import LiveBlock

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

# What keeping and reading a snapshot takes, as it is and compressed: milliseconds and megabytes.
STORAGE = """
async () => {
  const kept = async (action) => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const { url } of await cache.keys())
        if (url.includes("/snapshots/")) return action(cache, url);
    }
  };
  const bytes = await kept(async (cache, url) => (await cache.match(url)).arrayBuffer());
  const trial = await caches.open("trial");
  const timed = async (action) => {
    const start = performance.now();
    const size = await action();
    return { ms: Math.round(performance.now() - start), MB: size / 1e6 };
  };
  const stream = () => new Blob([bytes]).stream();
  const packed = () => stream().pipeThrough(new CompressionStream("gzip"));
  const read = async (name, unpack = (body) => body) => {
    const { body } = await trial.match(name);
    return (await new Response(unpack(body)).arrayBuffer()).byteLength;
  };
  const put = (name, body) => trial.put(name, new Response(body)).then(() => bytes.byteLength);
  const gunzip = (body) => body.pipeThrough(new DecompressionStream("gzip"));
  const results = {
    "kept": await timed(() => put("plain", stream())),
    "read": await timed(() => read("plain")),
    "compressed and kept": await timed(() => put("packed", packed())),
    "read and decompressed": await timed(() => read("packed", gunzip)),
    "compressed size": await timed(() => read("packed")),
  };
  await caches.delete("trial");
  return results;
}
"""
FORGET = """
async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const key of await cache.keys())
      if (key.url.includes("/snapshots/")) await cache.delete(key);
  }
}
"""


def measure(context: BrowserContext, live: str, plain: str) -> tuple[dict[str, float], Any]:
    rows = {"classic": measure_plain(context.new_page(), plain)["total"]}
    page = context.new_page()
    interpreters = Interpreters(page)

    def visit() -> float:
        return timed(LiveBlock.open(page, f"{live}fastapi.html"), "Run")

    rows["first visit"] = visit()
    interpreters.wait_for_spare()
    storage = page.evaluate(STORAGE)
    rows["later visit"] = visit()
    assert interpreters.restored == 1
    interpreters.wait_for_spare()
    page.evaluate(FORGET)
    rows["later visit, without the snapshot"] = visit()
    assert interpreters.restored == 0
    return rows, storage


def main(runs: int) -> None:
    with both_sites() as pages, sync_playwright() as playwright:
        for engine in sys.argv[2:] or ENGINES:
            browser = launch(playwright, engine, pages.outside.server_port)
            rows: dict[str, list[float]] = {}
            stored = []
            for _ in range(runs):
                context = browser.new_context()
                measured, storage = measure(context, pages.live, pages.plain)
                for name, milliseconds in measured.items():
                    rows.setdefault(name, []).append(milliseconds)
                stored.append(storage)
                context.close()
            print(f"\n{engine} {browser.version}, medians of {runs} runs\n")  # noqa: T201
            print(shares(rows))  # noqa: T201
            medians = {
                name: {
                    unit: round(statistics.median(each[name][unit] for each in stored), 1)
                    for unit in ("ms", "MB")
                }
                for name in stored[0]
            }
            print(f"\nstorage: {json.dumps(medians)}")  # noqa: T201
            browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
