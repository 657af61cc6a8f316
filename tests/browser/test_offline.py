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

pytestmark = pytest.mark.browser

# Resolves when all that a manifest names is in the store.
KEPT = """
async () => {
  const kept = async () => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      const keys = (await cache.keys()).map(({ url }) => url);
      for (const key of keys.filter((key) => key.includes("?front-"))) {
        const text = await (await cache.match(key)).text();
        const files = [...text.matchAll(/"url": ?"([^"]+)"/g)];
        if (files.every(([, url]) => keys.includes(new URL(url, key).href))) return true;
      }
    }
    return false;
  };
  const end = performance.now() + 30_000;
  while (!(await kept())) {
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
    yield server
    server.down = False


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
    console.expect("Failed to load|ERR_|NetworkError|error loading")
    left = LiveBlock.open(page, f"{behaviour_site}twins.html").run()
    left.expect_text("left 1")
    page.evaluate(KEPT)
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
