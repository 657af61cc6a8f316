"""Whose cookies there are, and for how long; tests/conformance has what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .live_block import LiveBlock

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.thrifty]

# Sets its query as a cookie, and shows the one that came.
SOURCE = """
from urllib.parse import unquote


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise RuntimeError(f"no answer for {scope['type']}")
    headers = [(b"content-type", b"text/html; charset=utf-8")]
    if query := scope["query_string"]:
        headers.append((b"set-cookie", unquote(query.decode()).encode()))
    cookie = dict(scope["headers"]).get(b"cookie", b"no cookie")
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"<!doctype html><p>" + cookie})


def left():
    return app


right = left
"""

DOCUMENT_COOKIE = """
(element) => element.shadowRoot.querySelector("iframe").contentDocument.cookie
"""


def test_cookies_outlive_a_restart(counter: LiveBlock) -> None:
    counter.set_code(SOURCE)
    counter.start()
    counter.expect_text("no cookie")
    counter.fetch_in_frame("/?a=1; Max-Age=3600")
    counter.fetch_in_frame("/?hidden=2; HttpOnly")

    counter.restart()

    counter.expect_text("a=1; hidden=2")
    assert counter.evaluate(DOCUMENT_COOKIE) == "a=1"
    assert counter.fetch("/").body.endswith(b"<p>a=1; hidden=2")


def test_two_blocks_share_no_cookie(page: Page, behaviour_site: str) -> None:
    left, right = LiveBlock.open(page, f"{behaviour_site}twins.html"), LiveBlock(page, 1)
    for block in (left, right):
        block.set_code(SOURCE)
        block.start()
        block.expect_text("no cookie")

    left.fetch_in_frame("/?a=1")

    assert right.fetch("/").body.endswith(b"<p>no cookie")
    right.fetch_in_frame("/?a=2; HttpOnly")
    assert left.fetch("/").body.endswith(b"<p>a=1")
    assert [block.evaluate(DOCUMENT_COOKIE) for block in (left, right)] == ["a=1", ""]


def test_a_reload_of_the_documentation_page_begins_without_cookies(counter: LiveBlock) -> None:
    counter.set_code(SOURCE)
    counter.start()
    counter.fetch_in_frame("/?a=1; Max-Age=3600")

    counter.page.reload()
    counter.page.evaluate("customElements.whenDefined('asgi-live').then(() => null)")
    counter.set_code(SOURCE)
    counter.start()

    expect(counter.frame.locator("body")).to_contain_text("no cookie")
