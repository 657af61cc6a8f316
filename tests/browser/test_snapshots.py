"""A later visit goes on from a snapshot, and answers as the first one did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .interpreters import Interpreters
from .live_block import LiveBlock

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# Resolves to the bytes of the snapshot that is kept, 0 when there is none.
KEPT = """
async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys())
      if (url.includes("/snapshots/"))
        return (await (await cache.match(url)).arrayBuffer()).byteLength;
  }
  return 0;
}
"""


@pytest.fixture
def interpreters(page: Page) -> Interpreters:
    return Interpreters(page)


def visit(page: Page, url: str, interpreters: Interpreters) -> LiveBlock:
    """A visit that leaves a snapshot, or none when there can be none."""
    block = LiveBlock.open(page, url).run()
    interpreters.wait_for_spare()
    return block


def test_a_later_visit_goes_on_from_a_snapshot(
    interpreters: Interpreters, page: Page, behaviour_site: str
) -> None:
    url = f"{behaviour_site}fastapi.html"
    visit(page, url, interpreters).expect_text("world")
    assert page.evaluate(KEPT) > 1e6
    assert interpreters.restored == 1  # the spare one

    later = LiveBlock.open(page, url).run()
    later.expect_text("world")
    assert interpreters.restored == 1
    assert later.fetch("/sync").body == b'{"hello":"thread"}'
