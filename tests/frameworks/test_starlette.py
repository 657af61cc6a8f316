"""Starlette: sessions, forms, redirects, a stream behind middleware."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from ..browser.console import FIREFOX_REDIRECTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..browser.console import Console
    from ..browser.live_block import LiveBlock

pytestmark = [pytest.mark.browser, pytest.mark.network, pytest.mark.thrifty]


def test_starlette(open_app: Callable[[str], LiveBlock], console: Console) -> None:
    console.expect(FIREFOX_REDIRECTED)
    app = open_app("starlette")
    app.expect_address("/login")
    app.frame.get_by_label("Name").fill("Ada")
    app.frame.get_by_role("button", name="Log in").click()
    app.expect_text("Notes of Ada")
    app.expect_address("/")
    for note in ("one", "<two>"):
        app.frame.get_by_label("Note").fill(note)
        app.frame.get_by_role("button", name="Add").click()
        expect(app.frame.get_by_role("listitem").last).to_have_text(note)

    app.frame.get_by_role("link", name="Ticks").click()
    app.expect_text("tick 2")
    app.go("/logout")
    app.expect_address("/login")
