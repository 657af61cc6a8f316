"""What was loaded once is not loaded again, and runs without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .live_block import LiveBlock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from .console import Console
    from .static_server import StaticServer

pytestmark = [pytest.mark.browser, pytest.mark.alike]

# Resolves when the store has all that its manifests and, where they are wanted, its scripts name.
KEPT = """
async (areScriptsWanted = false) => {
  const named = [
    [".json?", /"url": ?"([^"]+)"/g],
    [".js", /(?:from|import) "([.][^"]+[.]js)"/g],
  ].slice(0, areScriptsWanted ? 2 : 1);
  const isComplete = async (cache) => {
    const keys = (await cache.keys()).map(({ url }) => url);
    // Pyodide's scripts come first, and name none.
    if (areScriptsWanted && !keys.some((key) => key.endsWith("/python-worker.js"))) return false;
    for (const [kind, names] of named) {
      const naming = keys.filter((key) => key.includes(kind));
      if (naming.length === 0) return false;
      for (const key of naming) {
        const text = await (await cache.match(key)).text();
        for (const [, name] of text.matchAll(names))
          if (!keys.includes(new URL(name, key).href)) return false;
      }
    }
    return true;
  };
  const end = performance.now() + 30_000;
  for (;;) {
    for (const name of await caches.keys())
      if (await isComplete(await caches.open(name))) return;
    if (performance.now() > end) throw new Error("not kept");
    await new Promise(requestAnimationFrame);
  }
}
"""
# The empty page before the first one has no CacheStorage in Firefox.
REFUSED = """
if (globalThis.CacheStorage)
  CacheStorage.prototype.open = async () => { throw new DOMException("", "SecurityError"); };
"""


@pytest.fixture
def network(server: StaticServer) -> Iterator[StaticServer]:
    cache_control = server.cache_control
    yield server
    server.down = False
    server.cache_control = cache_control


def binaries(server: StaticServer, since: int) -> list[str]:
    return [
        path
        for path, *_ in server.served[since:]
        if "/layers/" in path or path.endswith((".wasm", ".zip"))
    ]


def test_a_second_visit_loads_nothing_big(
    page: Page, behaviour_site: str, server: StaticServer
) -> None:
    url = f"{behaviour_site}fastapi.html"
    first = len(server.served)
    LiveBlock.open(page, url).run().expect_text("world")
    assert binaries(server, first)
    page.evaluate(KEPT)
    second = len(server.served)
    LiveBlock.open(page, url).run().expect_text("world")
    assert binaries(server, second) == []


def test_blocks_run_without_a_network(
    page: Page, behaviour_site: str, network: StaticServer, console: Console
) -> None:
    """The browser's own cache has no part in it."""
    console.expect("Failed to load|ERR_|NetworkError|error loading")
    network.cache_control = "no-store"
    left = LiveBlock.open(page, f"{behaviour_site}twins.html").run()
    left.expect_text("left 1")
    page.evaluate(KEPT, True)
    network.down = True

    left.button("Stop").click()
    left.wait_state("stopped")
    left.run().expect_text("left 1")
    right = LiveBlock(page, 1).run()
    right.expect_text("right 1")


def test_pointing_at_run_downloads_what_it_needs(
    page: Page, behaviour_site: str, server: StaticServer
) -> None:
    block = LiveBlock.open(page, f"{behaviour_site}fastapi.html")
    block.button("Run").hover()
    page.evaluate(KEPT)
    assert block.state == "idle"
    clicked = len(server.served)
    block.run().expect_text("world")
    assert binaries(server, clicked) == []


def test_a_storage_that_is_refused(page: Page, behaviour_site: str) -> None:
    page.add_init_script(REFUSED)
    block = LiveBlock.open(page, f"{behaviour_site}twins.html")
    block.button("Run").hover()
    block.run().expect_text("left 1")
