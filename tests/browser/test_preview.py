"""The FastAPI demo of the sample sites, as its reader clicks through it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .console import FIREFOX_REDIRECTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from .console import Console
    from .live_block import LiveBlock

pytestmark = [pytest.mark.browser, pytest.mark.thrifty]

DEMO_PAGES = {"sphinx": "sphinx/demo.html", "mkdocs": "mkdocs/demo/"}


@pytest.fixture(params=DEMO_PAGES)
def demo_page(request: pytest.FixtureRequest, sample_site: str) -> str:
    return sample_site + DEMO_PAGES[request.param]


@pytest.fixture
def shop(demo_page: str, run_kept: Callable[..., LiveBlock]) -> LiveBlock:
    return run_kept(demo_page)


def test_run_shows_the_apps_page(demo_page: str, open_block: Callable[..., LiveBlock]) -> None:
    block = open_block(demo_page)
    expect(block.element.get_by_text("The FastAPI demo")).to_be_visible()
    assert block.state == "idle"

    block.run()

    expect(block.frame.get_by_role("heading")).to_have_text("The tea shop")
    expect(block.frame.get_by_role("listitem")).to_have_text(["Teapot 24.50", "Cup 6.00"])
    block.expect_address("/")
    expect(block.button("Back")).to_be_disabled()


def test_the_preview_fills_the_screen(shop: LiveBlock) -> None:
    toggle = shop.button("Full screen")
    pane = shop.element.locator(".preview")
    before = shop.element.locator("iframe").bounding_box()
    assert before is not None
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "true")
    assert pane.evaluate("(pane) => pane.matches(':fullscreen')")
    frame, screen = shop.element.locator("iframe").bounding_box(), pane.bounding_box()
    assert frame is not None
    assert screen is not None
    assert frame["width"] == screen["width"]
    assert frame["height"] > 0.8 * screen["height"]
    expect(shop.frame.get_by_role("heading")).to_have_text("The tea shop")
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "false")
    after = shop.element.locator("iframe").bounding_box()
    assert after is not None
    assert (after["width"], after["height"]) == (before["width"], before["height"])


SCHEME_IS = """(_, scheme) => new Promise((resolve) => {
    const query = matchMedia(`(prefers-color-scheme: ${scheme})`);
    query.addEventListener("change", () => resolve(query.matches));
    if (query.matches) resolve(true);
})"""


def test_what_a_page_prefers_is_what_the_documentation_has(shop: LiveBlock, engine: str) -> None:
    if engine != "firefox":
        pytest.skip("other engines give every frame what the system prefers")
    for scheme in ("dark", "light"):
        shop.page.locator("body").evaluate("(body, it) => { body.style.colorScheme = it }", scheme)
        assert shop.frame.locator(":root").evaluate(SCHEME_IS, scheme), scheme


def test_the_address_bar_follows_and_leads(shop: LiveBlock) -> None:
    heading = shop.frame.get_by_role("heading")
    shop.frame.get_by_role("link", name="About").click()  # href="/about", not below the mount
    expect(heading).to_have_text("About")
    shop.expect_address("/about")
    shop.frame.get_by_role("link", name="Home").click()
    expect(heading).to_have_text("The tea shop")
    shop.expect_address("/")

    shop.button("Back").click()
    expect(heading).to_have_text("About")
    shop.expect_address("/about")
    shop.button("Forward").click()
    expect(heading).to_have_text("The tea shop")
    shop.expect_address("/")

    shop.go("/api/items/2")
    shop.expect_text('{"name":"Cup","price":6.0,"id":2}')
    shop.expect_address("/api/items/2")


def test_reload_asks_the_app_again(shop: LiveBlock) -> None:
    new = json.dumps({"name": "Kettle", "price": 30}).encode()
    headers = [("content-type", "application/json")]
    assert shop.fetch("/api/items", method="POST", headers=headers, body=new).status == 201

    shop.button("Reload").click()

    expect(shop.frame.get_by_role("link", name="Kettle")).to_be_visible()


def test_a_form_leads_to_the_page_of_its_redirect(shop: LiveBlock, console: Console) -> None:
    console.expect(FIREFOX_REDIRECTED)
    shop.frame.get_by_role("link", name="Contact").click()
    shop.frame.get_by_label("Your name").fill("Zoë & Ada")
    shop.frame.get_by_label("Message").fill("Tea?")
    shop.frame.get_by_role("button", name="Send").click()

    shop.expect_text("Thank you, Zoë & Ada!")
    shop.expect_address("/thanks?name=Zo%C3%AB+%26+Ada")
    expect(shop.show_log()).to_contain_text("Zoë & Ada writes: Tea?")


def test_an_apps_own_script_fetches(demo_page: str, open_block: Callable[..., LiveBlock]) -> None:
    block = open_block(demo_page, 1).run()
    block.expect_address("/widget")
    items = block.frame.get_by_role("listitem")
    expect(items).to_have_text(["Teapot: 24.50", "Cup: 6.00"])

    block.frame.get_by_role("button", name="Add a spoon").click()

    expect(items).to_have_text(["Teapot: 24.50", "Cup: 6.00", "Spoon: 1.20"])


def test_swagger_ui_tries_the_api(shop: LiveBlock) -> None:
    shop.frame.get_by_role("link", name="API").click()
    operation = shop.frame.locator(".opblock", has_text="List Items")
    operation.get_by_role("button").first.click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()

    answer = operation.locator(".live-responses-table .response")
    expect(answer.locator(".response-col_status")).to_have_text("200")
    expect(answer).to_contain_text("Teapot")
    shop.expect_address(re.compile(r"^/docs(#|$)"))  # Swagger UI keeps what is open in the fragment


def test_redoc_shows_the_api_and_asks_no_other_site(shop: LiveBlock) -> None:
    shop.go("/redoc")
    expect(shop.frame.get_by_role("heading", name="List Items")).to_be_visible()


def test_openapi_names_the_mount_as_server(shop: LiveBlock) -> None:
    shop.go("/openapi.json")
    shop.expect_text('"title":"The FastAPI demo"')

    document = json.loads(shop.fetch("/openapi.json").body)

    assert (
        shop.page.evaluate(
            "([url, page]) => new URL(url, page).href + '/'",
            [document["servers"][0]["url"], shop.page.url],
        )
        == shop.base_url
    )
