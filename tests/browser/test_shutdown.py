"""The app's shutdown, however the app comes to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from .live_block import LiveBlock

pytestmark = [pytest.mark.browser, pytest.mark.thrifty]

TELLS = """
from js import BroadcastChannel

channel = BroadcastChannel.new("shutdown")


async def app(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        return await send({"type": "http.response.body", "body": b"here"})
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    channel.postMessage("shut down")
    await send({"type": "lifespan.shutdown.complete"})
"""

NEVER_ENDS = """
import asyncio


async def app(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        return await send({"type": "http.response.body", "body": b"here"})
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await asyncio.Event().wait()
"""

LISTEN = """
() => {
  globalThis.told = new Promise((resolve) => {
    globalThis.channel = new BroadcastChannel("shutdown");
    channel.onmessage = ({ data }) => resolve(data);
    setTimeout(resolve, 20_000, "nothing was told"); // the driver would wait for ever
  });
}
"""


def test_a_shutdown_that_takes_too_long_is_cut_and_the_log_says_so(counter: LiveBlock) -> None:
    counter.set_code(NEVER_ENDS)
    counter.start()
    counter.stop()
    expect(counter.show_log()).to_contain_text("The app's shutdown was cut short: it is given 1 s")


def test_an_element_that_is_taken_away_shuts_its_app_down(counter: LiveBlock, page: Page) -> None:
    counter.set_code(TELLS)
    counter.start()
    page.evaluate(LISTEN)
    counter.evaluate("(element) => element.remove()")
    assert page.evaluate("told") == "shut down"


def test_a_page_that_is_left_shuts_its_app_down(
    engine: str, counter: LiveBlock, page: Page, context: BrowserContext, behaviour_site: str
) -> None:
    if engine == "firefox":
        pytest.skip("Firefox ends a page's workers before they hear of its end")
    counter.set_code(TELLS)
    counter.start()
    other = context.new_page()
    other.goto(f"{behaviour_site}index.html")
    other.evaluate(LISTEN)
    page.close(run_before_unload=False)
    assert other.evaluate("told") == "shut down"
