"""Litestar: CSRF protection, sessions, streams, logging by a queue, every API page it offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from ..browser.console import FIREFOX_REDIRECTED
from ..browser.live_block import LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..browser.console import Console
    from ..browser.live_block import LiveBlock

pytestmark = [pytest.mark.browser, pytest.mark.network, pytest.mark.thrifty]


def test_litestar(open_app: Callable[[str], LiveBlock], console: Console) -> None:
    console.expect(FIREFOX_REDIRECTED)
    # RapiDoc's font from another site, which is left out.
    console.expect(r"^A network error occurred|downloaded font|downloadable font|\.woff2")
    app = open_app("litestar")
    expect(app.frame.locator("#events")).to_have_text("<0><1><2>")
    expect(app.frame.get_by_role("heading")).to_have_css("color", "rgb(1, 2, 3)")
    for name in ("Cup", "Teapot"):
        app.frame.get_by_label("Item").fill(name)
        app.frame.get_by_role("button", name="Put in").click()
        expect(app.frame.get_by_role("listitem").last).to_have_text(name)
    forged = app.fetch(
        "/basket",
        method="POST",
        headers=[("content-type", "application/x-www-form-urlencoded")],
        body=b"name=Spoon",
    )
    assert forged.status == 403
    assert app.fetch("/stream").body == b"line 0\nline 1\nline 2\n"
    expect(app.show_log()).to_contain_text("put in Teapot")
    app.element.get_by_role("tab", name="Preview").click()

    # None of them may load anything from elsewhere: the fixtures watch over that.
    for page in ("swagger", "redoc", "scalar", "elements", "rapidoc"):
        app.go(f"/schema/{page}")
        expect(app.frame.get_by_text("Shop").first).to_be_visible(timeout=LIMIT)
