"""Apps that start by themselves once their blocks come into view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .live_block import LiveBlock

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.alike]

# What intersects is told after a frame.
SETTLED = """
new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))))
"""


def test_an_app_that_starts_by_itself(page: Page, behaviour_site: str) -> None:
    seen = LiveBlock.open(page, f"{behaviour_site}by-itself.html").wait_state("running")
    expect(seen.button("Stop")).to_be_visible()
    expect(seen.button("Edit")).to_have_count(0)
    unseen = LiveBlock(page, 1)
    assert unseen.state == "idle"
    unseen.element.scroll_into_view_if_needed()
    unseen.wait_state("running")
    unseen.expect_text("right 1")  # its page asks nothing more
    unseen.stop()
    seen.element.scroll_into_view_if_needed()
    unseen.element.scroll_into_view_if_needed()
    page.evaluate(SETTLED)
    assert (seen.state, unseen.state) == ("running", "stopped")
    # Scripts may still change what readers may not.
    seen.set_code(seen.get("code").replace("def ", "def  "))
    expect(seen.editor).to_have_attribute("aria-readonly", "true")


@pytest.mark.thrifty
def test_nothing_starts_by_itself_for_readers_who_save_data(
    page: Page, behaviour_site: str
) -> None:
    block = LiveBlock.open(page, f"{behaviour_site}by-itself.html")
    page.evaluate(SETTLED)
    assert block.state == "idle"
