"""A block speaks the language of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .engines import ONE_ENGINE
from .live_block import LiveBlock

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.thrifty, ONE_ENGINE]

BROKEN = "nothing = 1\n"


def open_in(page: Page, url: str, language: str) -> LiveBlock:
    """Opens a page as if its site were in another language."""

    def translate(route: Route) -> None:
        response = route.fetch()
        body = response.text().replace('<html lang="en"', f'<html lang="{language}"', 1)
        assert f'lang="{language}"' in body
        route.fulfill(response=response, body=body)

    page.route("**/counter.html", translate)
    return LiveBlock.open(page, url)


def test_a_german_page(page: Page, behaviour_site: str) -> None:
    block = open_in(page, f"{behaviour_site}counter.html", "de-AT")
    block.button("Starten").click()
    block.wait_state("running")
    expect(block.status).to_have_text("Läuft.")
    expect(block.element.get_by_role("tab", name="Vorschau")).to_be_visible()
    block.set_code(BROKEN)
    block.button("Erneut starten").click()
    expect(block.status).to_have_text("Die App konnte nicht importiert werden.")


@pytest.mark.parametrize(
    ("language", "run"),
    [
        ("es", "Ejecutar"),
        ("fr", "Lancer"),
        ("ja", "実行"),
        ("pt-BR", "Executar"),
        ("zh-CN", "运行"),
        ("eo", "Run"),
    ],
)
def test_other_pages(page: Page, behaviour_site: str, language: str, run: str) -> None:
    block = open_in(page, f"{behaviour_site}counter.html", language)
    expect(block.element.get_by_role("button", name=run, exact=True)).to_be_visible()
