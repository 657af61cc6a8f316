"""Strawberry: GraphQL in its web IDE, whose scripts come from the documentation site itself."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..browser.live_block import LiveBlock

pytestmark = [pytest.mark.browser, pytest.mark.network, pytest.mark.thrifty, pytest.mark.alike]


@pytest.fixture
def ask(open_app: Callable[[str], LiveBlock]) -> Callable[[str, str], None]:
    app = open_app("strawberry")

    def ask(query: str, answer: str) -> None:
        app.go(f"/?q={quote(query)}")
        # Until then the button is the last page's.
        expect(app.frame.get_by_role("region", name="Query Editor")).to_contain_text(query)
        app.frame.get_by_role("button", name="Execute query").click()
        expect(app.frame.locator(".result-window")).to_contain_text(answer)

    return ask


def test_strawberry(ask: Callable[[str, str], None]) -> None:
    ask('mutation { addBook(title: "Dracula", author: "Bram Stoker") { title } }', "Dracula")
    ask('{ books(author: "Bram Stoker") { title author } }', "Bram Stoker")
    ask("subscription { count(to: 3) }", '"count": 3')
