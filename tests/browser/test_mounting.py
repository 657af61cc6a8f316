"""What a reader does in an app that was written for the root of its own site: they stay in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .console import FIREFOX_REDIRECTED
from .engines import launch
from .live_block import LiveBlock
from .outside import ELSEWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page, Playwright

    from .console import Console
    from .outside import Outside

pytestmark = [pytest.mark.browser, pytest.mark.thrifty]

LOADED = """
() => document.readyState === "complete"
  || new Promise((resolve) => addEventListener("load", () => resolve(true)))
"""
# A tab of the app's own asks for it, as every page does.
NO_FAVICON = r"^Failed to load resource: .* status of 404 .*/favicon.ico"


@pytest.fixture
def shop_page(behaviour_site: str) -> str:
    return f"{behaviour_site}shop.html"


@pytest.fixture(params=["told its mount", "not told its mount"])
def shop(
    request: pytest.FixtureRequest, shop_page: str, run_kept: Callable[..., LiveBlock]
) -> LiveBlock:
    return run_kept(shop_page, 1 if "not" in request.param else 0)


@pytest.fixture
def told_shop(shop_page: str, run_kept: Callable[..., LiveBlock], console: Console) -> LiveBlock:
    console.expect(NO_FAVICON)
    return run_kept(shop_page)


@pytest.fixture
def elsewhere(told_shop: LiveBlock) -> Iterator[str]:
    """Another site, without leaving the machine."""
    context = told_shop.page.context
    url = f"https://{ELSEWHERE}/"
    context.route(f"{url}**", lambda route: route.fulfill(body="elsewhere"))
    yield url
    # Else the driver keeps Firefox from using its cache, in all later tests.
    context.unroute(f"{url}**")


def test_links_forms_and_redirects_stay_in_the_app(shop: LiveBlock, console: Console) -> None:
    console.expect(FIREFOX_REDIRECTED)
    title = shop.frame.get_by_role("heading")
    shop.frame.get_by_role("link", name="Cart", exact=True).click()
    expect(title).to_have_text("cart")
    shop.expect_address("/cart")

    shop.frame.get_by_role("textbox", name="Search").fill("tea")
    shop.frame.get_by_role("textbox", name="Search").press("Enter")
    expect(title).to_have_text("search tea")
    shop.expect_address("/search?q=tea")

    shop.frame.get_by_role("button", name="Buy").click()
    expect(title).to_have_text("cart 1")
    shop.expect_address("/cart?bought=1")

    shop.frame.get_by_role("link", name="Cart of the settings").click()
    expect(title).to_have_text("cart")
    shop.expect_address("/cart")

    shop.button("Back").click()
    expect(title).to_have_text("cart 1")
    shop.frame.get_by_role("button", name="Filter").click()
    shop.expect_address("/filtered")
    shop.button("Reload").click()
    expect(title).to_have_text("filtered")


@pytest.mark.parametrize("opener", ["Cart in a tab", "Open"])
def test_a_new_tab_is_of_the_app(told_shop: LiveBlock, opener: str) -> None:
    with told_shop.page.context.expect_page() as opened:
        told_shop.frame.get_by_text(opener, exact=True).click()
    tab = opened.value
    expect(tab.get_by_role("heading")).to_have_text("cart")
    assert tab.url == f"{told_shop.base_url}cart"
    tab.get_by_role("link", name="Home").click()
    expect(tab.get_by_role("heading")).to_have_text("home")
    assert tab.url == told_shop.base_url


@pytest.mark.parametrize("leave", ["Help", "Pay"])
def test_another_site_opens_outside(told_shop: LiveBlock, elsewhere: str, leave: str) -> None:
    with told_shop.page.context.expect_page() as opened:
        told_shop.frame.get_by_text(leave, exact=True).click()
    opened.value.wait_for_url(f"{elsewhere}**")
    assert opened.value.evaluate("opener") is None
    expect(told_shop.frame.get_by_role("heading")).to_have_text("home")


def test_a_script_that_goes_to_another_site_leaves_the_app_in_its_frame(
    told_shop: LiveBlock, elsewhere: str
) -> None:
    offered = told_shop.frame.get_by_role("link", name=f"{elsewhere}late")
    with told_shop.page.context.expect_page() as opened:
        told_shop.go("/late")
        expect(told_shop.frame.get_by_role("heading")).to_have_text("late")
        told_shop.frame.locator("body").evaluate(LOADED)
        # To a browser, the key that sent the address may still be a wish for the tab.
        if offered.count():
            offered.click()
    opened.value.wait_for_url(f"{elsewhere}late")
    expect(told_shop.frame.get_by_role("heading")).to_have_text("late")
    told_shop.expect_address("/late")


def test_a_redirect_to_another_site_is_offered(told_shop: LiveBlock, elsewhere: str) -> None:
    told_shop.go("/help")
    with told_shop.page.context.expect_page() as opened:
        told_shop.frame.get_by_role("link", name=elsewhere).click()
    opened.value.wait_for_url(f"{elsewhere}help")
    told_shop.go("/cart")
    expect(told_shop.frame.get_by_role("heading")).to_have_text("cart")


def test_a_tab_whose_documentation_is_closed_says_so(
    shop_page: str, open_block: Callable[..., LiveBlock], context: BrowserContext, console: Console
) -> None:
    console.expect(NO_FAVICON)
    console.expect(r"^Failed to load resource: .* status of 503")
    told_shop = open_block(shop_page).run()
    with context.expect_page() as opened:
        told_shop.element.get_by_role("link", name="Open in a new tab").click()
    tab = opened.value
    expect(tab.get_by_role("heading")).to_have_text("home")
    told_shop.page.close()
    tab.reload()
    expect(tab.get_by_role("heading")).to_have_text("Not running")
    expect(tab.locator("body")).to_contain_text("reloading this tab does not help")


def test_back_to_the_page_with_its_app(
    playwright: Playwright,
    engine: str,
    outside: Outside,
    new_context: Callable[..., BrowserContext],
    behaviour_site: str,
) -> None:
    """The page comes from the back/forward cache, its app goes on where it was."""
    if engine == "firefox":
        pytest.skip("Firefox's driver loses a page that comes from the cache")
    browser = launch(playwright, engine, outside.server_port, back_forward_cache=True)
    try:
        page = new_context(browser).new_page()
        block = LiveBlock.open(page, f"{behaviour_site}counter.html").run()
        block.go("/count")
        block.expect_text("1")
        page.evaluate(
            "addEventListener('pageshow', ({ persisted }) => { window.persisted = persisted })"
        )
        page.wait_for_load_state("networkidle")  # one that waits for something is not kept
        page.goto(f"{behaviour_site}index.html")
        page.go_back(wait_until="commit")
        assert page.evaluate("window.persisted") is True
        answer = block.fetch_in_frame("/count")
        assert answer is not None
        assert answer.body == b"2"
    finally:
        browser.close()


def test_a_hard_reload(counter: LiveBlock, page: Page, engine: str, console: Console) -> None:
    """Firefox then loads frames past the service worker; the preview brings the app back."""
    console.expect(r"^Failed to load resource: .* status of 404")
    counter.run().expect_text("The count is 0.")
    if engine == "firefox":
        with page.expect_navigation():
            page.evaluate("void location.reload(true)")
    else:
        devtools = page.context.new_cdp_session(page)
        with page.expect_navigation():
            devtools.send("Page.reload", {"ignoreCache": True})
    page.evaluate("customElements.whenDefined('asgi-live').then(() => null)")
    counter.run().expect_text("The count is 0.")
    counter.go("/count")
    counter.expect_text(re.compile(r"^1$"))
