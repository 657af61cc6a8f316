"""ASGI by hand: an app that refuses its lifespan, and a chain of mounted applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..browser.live_block import LiveBlock

pytestmark = [pytest.mark.browser, pytest.mark.network, pytest.mark.thrifty, pytest.mark.alike]


def test_an_app_that_knows_http_only(open_app: Callable[[str], LiveBlock]) -> None:
    app = open_app("raw")
    app.expect_text("Hello world at /")

    app.frame.get_by_role("link", name="Go on").click()

    app.expect_text("Hello moon at /deep/er")
    app.expect_address("/deep/er?moon")


def test_fastapi_in_litestar_in_fastapi(open_app: Callable[[str], LiveBlock]) -> None:
    app = open_app("nested")
    heading = app.frame.get_by_role("heading")
    expect(heading).to_have_text("FastAPI")
    for link, title, address in [
        ("Further in", "Litestar", "/subapp/"),
        ("Further in", "FastAPI within Litestar", "/subapp/subapp/"),
        ("Up", "Litestar", "/subapp/"),
        ("Up", "FastAPI", "/"),
    ]:
        app.frame.get_by_role("link", name=link).click()
        expect(heading).to_have_text(title)
        app.expect_address(address)
