"""Quart, Falcon and BlackSheep: forms, cookies, streams, WebSockets, API pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from ..browser.console import FIREFOX_REDIRECTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..browser.console import Console
    from ..browser.live_block import LiveBlock

pytestmark = [pytest.mark.browser, pytest.mark.network, pytest.mark.thrifty, pytest.mark.alike]


def test_quart(open_app: Callable[[str], LiveBlock], console: Console) -> None:
    console.expect(FIREFOX_REDIRECTED)
    app = open_app("quart")
    expect(app.frame.get_by_role("listitem")).to_have_text("the host")
    for times, entry in enumerate(["Ada", "Zoë"], start=1):
        app.frame.get_by_label("Entry").fill(entry)
        app.frame.get_by_role("button", name="Sign").click()
        expect(app.frame.get_by_role("listitem").last).to_have_text(entry)
        expect(app.frame.get_by_role("status")).to_have_text(f"Signed {times} times")
    expect(app.frame.locator("#echo")).to_have_text("anybody there? - an echo")
    assert app.fetch("/sync").body.strip() == b'{"entries":3}'
    assert app.fetch("/stream").body.decode() == "the host\nAda\nZoë\n"
    expect(app.show_log()).to_contain_text("3 entries")


def test_falcon(open_app: Callable[[str], LiveBlock], console: Console) -> None:
    console.expect(FIREFOX_REDIRECTED)
    app = open_app("falcon")
    app.frame.get_by_label("Name").fill("cup")
    app.frame.get_by_role("button", name="Add").click()
    app.frame.get_by_role("link", name="cup").click()
    app.expect_text('{"name": "cup", "state": "new", "last": "cup"}')
    app.expect_address("/things/cup")
    assert app.fetch("/events").body == b"data: door\n\ndata: cup\n\n"
    missing = app.fetch("/things/moon")
    assert (missing.status, json.loads(missing.body)["title"]) == (404, "No such thing")


def test_blacksheep(open_app: Callable[[str], LiveBlock], console: Console) -> None:
    console.expect(FIREFOX_REDIRECTED)
    app = open_app("blacksheep")
    app.frame.get_by_label("Name").fill("Kit")
    app.frame.get_by_role("button", name="Register").click()
    expect(app.frame.get_by_role("listitem")).to_have_text(["Tom", "Kit"])
    made = app.fetch(
        "/api/cats",
        method="POST",
        headers=[("content-type", "application/json")],
        body=b'{"name": "Sphinx"}',
    )
    assert (made.status, json.loads(made.body)) == (201, {"name": "Sphinx", "lives": 9})
    app.go("/docs")
    expect(app.frame.get_by_text("/api/cats/{index}").first).to_be_visible()
