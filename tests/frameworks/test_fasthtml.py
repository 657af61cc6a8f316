"""FastHTML: pages whose parts HTMX swaps, with its script and style from the documentation site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from ..browser.console import FIREFOX_REDIRECTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..browser.console import Console
    from ..browser.live_block import LiveBlock

pytestmark = [pytest.mark.browser, pytest.mark.network, pytest.mark.thrifty, pytest.mark.alike]


def test_fasthtml(open_app: Callable[[str], LiveBlock], console: Console) -> None:
    console.expect(FIREFOX_REDIRECTED)
    app = open_app("fasthtml")
    frame = app.frame
    items = frame.get_by_role("listitem")
    frame.get_by_role("button", name="Done").click()
    expect(items).to_contain_text(["Write the plan (done)"])
    frame.get_by_label("Title").fill("Go <home>")
    frame.get_by_role("button", name="Add").click()
    expect(items).to_contain_text(["Write the plan (done)", "Go <home>"])
    app.expect_address("/")
    # Pico's style.
    expect(frame.get_by_role("button", name="Add")).to_have_css("cursor", "pointer")
    frame.get_by_role("link", name="Go <home>").click()
    app.expect_address("/todo/2")
    frame.get_by_role("link", name="Back").click()
    frame.get_by_label("User").fill("Ada")
    frame.get_by_role("button", name="Log in").click()
    app.expect_text("Hello Ada")
    app.expect_address("/")
