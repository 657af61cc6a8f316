"""Several apps at once: each request is answered by the tab and the block that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .live_block import LiveBlock

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from .console import Console

pytestmark = [pytest.mark.browser, pytest.mark.thrifty, pytest.mark.alike]


def test_two_blocks_of_a_page(page: Page, behaviour_site: str) -> None:
    left = LiveBlock.open(page, f"{behaviour_site}twins.html").run()
    right = LiveBlock(page, 1).run()
    left.expect_text("left 1")
    right.expect_text("right 1")

    left.button("Reload").click()

    left.expect_text("left 2")
    assert right.fetch("/who").body == b"right 2"
    assert left.base_url != right.base_url

    left.button("Stop").click()
    left.wait_state("stopped")
    assert right.fetch_in_frame("/who") is not None
    assert right.fetch("/who").body == b"right 4"


def test_a_page_in_two_tabs(context: BrowserContext, behaviour_site: str) -> None:
    url = f"{behaviour_site}counter.html"
    first, second = (LiveBlock.open(context.new_page(), url).run() for _ in range(2))

    for number in (1, 2, 3):
        first.go("/count")
        first.expect_text(str(number))
    second.go("/count")
    second.expect_text("1")

    second.page.close()
    first.go("/count")
    first.expect_text("4")


def test_two_sites_of_an_origin(
    context: BrowserContext, behaviour_site: str, sample_site: str
) -> None:
    pages = {
        f"{behaviour_site}fastapi.html": '{"hello":"world"}',
        f"{sample_site}sphinx/first-app.html": "Hello, ASGI!",
        f"{sample_site}mkdocs/first-app/": "Hello, ASGI!",
    }
    blocks = {}
    for url in pages:
        page = context.new_page()
        blocks[url] = LiveBlock.open(page, url)
        blocks[url].run()

    for url, block in blocks.items():
        block.button("Reload").click()
        block.expect_text(pages[url])
        site = url.removesuffix("fastapi.html").split("first-app")[0]
        assert block.base_url.startswith(site)


def test_reload_of_the_documentation_page(counter: LiveBlock, page: Page, console: Console) -> None:
    """The app ends with its page; a page of it that is open elsewhere says so."""
    console.expect(r"^Failed to load resource: .* status of 503")
    counter.run().expect_text("The count is 0.")
    base_url = counter.base_url
    page.reload()

    assert counter.state == "idle"
    answer = page.context.new_page().goto(base_url)
    assert answer is not None
    assert answer.status == 503
    counter.run().expect_text("The count is 0.")


def test_a_tab_of_the_apps_own(counter: LiveBlock, page: Page, console: Console) -> None:
    console.expect(r"^Failed to load resource: .* status of 404 .*/favicon.ico")
    counter.run()
    counter.go("/count")
    counter.expect_text("1")
    tab = page.context.new_page()
    tab.goto(f"{counter.base_url}count")
    expect(tab.locator("body")).to_have_text("2")


def test_a_service_worker_that_was_stopped(counter: LiveBlock, page: Page, engine: str) -> None:
    if engine != "chromium":
        pytest.skip("only Chromium's driver can stop a service worker")
    counter.run()
    counter.go("/count")
    counter.expect_text("1")
    devtools = page.context.new_cdp_session(page)
    devtools.send("ServiceWorker.enable")
    for number in (2, 3):
        devtools.send("ServiceWorker.stopAllWorkers")
        counter.button("Reload").click()
        counter.expect_text(str(number))
    devtools.send("ServiceWorker.stopAllWorkers")
    answer = counter.fetch_in_frame("/count")
    assert answer is not None
    assert answer.body == b"4"
