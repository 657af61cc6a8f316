"""The tab in which a reader sees the app's cookies, and forgets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from .live_block import LiveBlock

pytestmark = [pytest.mark.browser, pytest.mark.thrifty, pytest.mark.alike]

APP = """
SESSION = "eyJ1c2VyIjogImVtbWEifQ==.aSm1Qg.0vC9x"

async def app(scope, receive, send):
    assert scope["type"] == "http"
    path = scope["path"].removeprefix(scope["root_path"])
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    if path == "/login":
        session = f"session={SESSION}; HttpOnly; SameSite=Lax"
        cookies = [session, "theme=dark; Max-Age=900; Path=/look"]
        headers += [(b"set-cookie", cookie.encode()) for cookie in cookies]
    sent = dict(scope["headers"]).get(b"cookie", b"no cookies")
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": sent})
"""


def open_cookies(block: LiveBlock) -> Locator:
    block.element.get_by_role("tab", name="Cookies").click()
    panel = block.element.get_by_role("tabpanel", name="Cookies")
    expect(panel.get_by_text("The app has set no cookies.")).to_be_visible()
    return panel


def test_cookies_are_shown_and_forgotten(counter: LiveBlock, page: Page) -> None:
    counter.set_code(APP)
    counter.run().expect_text("no cookies")
    panel = open_cookies(counter)

    counter.fetch("/login")
    rows = panel.get_by_role("row")
    expect(rows).to_have_count(3)  # one of them has the headings
    session, theme = rows.nth(1), rows.nth(2)
    expect(session).to_contain_text('"user": "emma"')
    expect(session).to_contain_text("with the page")
    expect(session).to_contain_text("HttpOnly, SameSite=lax")
    expect(theme).to_contain_text("/look")
    assert counter.fetch("/").body.startswith(b"session=eyJ")

    session.get_by_role("button", name="Forget session").focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(2)
    expect(panel.get_by_role("button", name="Forget theme")).to_be_focused()
    assert counter.fetch("/").body == b"no cookies"
    assert counter.fetch("/look").body == b"theme=dark"

    panel.get_by_role("button", name="Forget all cookies").click()
    expect(panel.get_by_text("All cookies are forgotten.")).to_be_visible()
    expect(rows).to_have_count(0)
    assert counter.fetch("/look").body == b"no cookies"


def test_cookies_of_an_app_that_has_ended_are_shown_and_forgotten(counter: LiveBlock) -> None:
    counter.set_code(APP)
    counter.run().expect_text("no cookies")
    panel = open_cookies(counter)
    counter.fetch("/login")
    expect(panel.get_by_role("row")).to_have_count(3)
    counter.stop()
    panel.get_by_role("button", name="Forget session").click()
    expect(panel.get_by_role("row")).to_have_count(2)
    counter.start()
    assert counter.fetch("/look").body == b"theme=dark"
