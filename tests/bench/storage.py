"""Measures what keeping a snapshot of FastAPI takes, as it is and compressed.

`python -m tests.bench.storage [RUNS]` prints a Markdown table, for README.md in this folder.
"""

from __future__ import annotations

import statistics
import sys

from playwright.sync_api import sync_playwright

from ..browser.engines import ENGINES, launch
from ..browser.interpreters import Interpreters
from ..browser.live_block import LiveBlock
from .pages import served
from .tables import table

# Milliseconds and megabytes by way of keeping it.
KEEP = """
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
    return { ms: performance.now() - start, MB: size / 1e6 };
  };
  const stream = () => new Blob([bytes]).stream();
  const packed = () => stream().pipeThrough(new CompressionStream("gzip"));
  const size = async (name, unpack = (body) => body) => {
    const { body } = await trial.match(name);
    return (await new Response(unpack(body)).arrayBuffer()).byteLength;
  };
  const put = (name, body) => trial.put(name, new Response(body)).then(() => bytes.byteLength);
  const gunzip = (body) => body.pipeThrough(new DecompressionStream("gzip"));
  const results = {
    "written as it is": await timed(() => put("plain", stream())),
    "read": await timed(() => size("plain")),
    "compressed and written": await timed(() => put("packed", packed())),
    "read compressed": await timed(() => size("packed")),
    "read and decompressed": await timed(() => size("packed", gunzip)),
  };
  await caches.delete("trial");
  return results;
}
"""


def main(runs: int) -> None:
    with served() as sites, sync_playwright() as playwright:
        for engine in ENGINES:
            browser = launch(playwright, engine, sites.outside.server_port)
            page = browser.new_page()
            interpreters = Interpreters(page)
            LiveBlock.open(page, f"{sites.live}fastapi.html").run()
            interpreters.wait_for_spare()
            seen = [page.evaluate(KEEP) for _ in range(runs)]
            browser.close()
            rows = {
                way: [
                    float(statistics.median(run[way]["ms"] for run in seen)),
                    f"{statistics.median(run[way]['MB'] for run in seen):.1f}",
                ]
                for way in seen[0]
            }
            print(f"\n{table(engine, ['ms', 'MB'], rows)}")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
