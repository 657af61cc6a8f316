"""Flask and Bottle, which know WSGI: templates, sessions, redirects, uploads, static files."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from ..browser.console import FIREFOX_REDIRECTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..browser.console import Console
    from ..browser.live_block import LiveBlock

pytestmark = [pytest.mark.browser, pytest.mark.network, pytest.mark.thrifty, pytest.mark.alike]

GREEN = "rgb(0, 128, 0)"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_flask(open_app: Callable[[str], LiveBlock], console: Console) -> None:
    console.expect(FIREFOX_REDIRECTED)
    console.expect("404")
    app = open_app("flask")
    frame = app.frame
    heading = frame.get_by_role("heading")
    expect(heading).to_have_text("Guest book")
    expect(heading).to_have_css("color", GREEN)
    frame.get_by_role("link", name="Sign").click()
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_role("status")).to_have_text("Please give a name.")
    app.expect_address("/sign")
    frame.get_by_label("Name").fill("Ada")
    frame.get_by_label("Text").fill("Grüße & <wishes>")
    frame.get_by_label("Picture").set_input_files(
        {"name": "a dot.png", "mimeType": "image/png", "buffer": DOT}
    )
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_role("status")).to_have_text("Thank you, Ada.")
    app.expect_address("/")
    app.expect_text("Ada: Grüße & <wishes>")
    expect(frame.get_by_role("img", name="a_dot.png")).to_have_js_property("naturalWidth", 1)
    frame.get_by_role("link", name="Sign").click()
    expect(frame.get_by_label("Name")).to_have_value("Ada")
    expect(frame.get_by_role("status")).to_have_count(0)

    app.go("/count")
    app.expect_text("line 2")
    app.go("/entries.json")
    app.expect_text("a_dot.png")
    app.go("/nowhere")
    expect(heading).to_have_text("Nothing here.")


def test_bottle(open_app: Callable[[str], LiveBlock], console: Console) -> None:
    console.expect(FIREFOX_REDIRECTED)
    console.expect("404")
    app = open_app("bottle")
    frame = app.frame
    heading = frame.get_by_role("heading")
    expect(heading).to_have_css("color", GREEN)
    frame.get_by_label("Cook").fill("Zoë")
    frame.get_by_label("Recipe").set_input_files(
        {"name": "salad.txt", "mimeType": "text/plain", "buffer": "Wash crème.".encode()}
    )
    frame.get_by_role("button", name="Add").click()
    app.expect_text("Cooked by Zoë")
    app.expect_address("/")
    frame.get_by_role("link", name="salad").click()
    app.expect_address("/recipes/salad")
    expect(frame.locator("pre")).to_have_text("Wash crème.")
    app.go("/api/recipes")
    app.expect_text('{"recipes": ["salad", "soup"]}')
    app.go("/recipes/stone")
    expect(heading).to_have_text("Nobody has cooked this.")
