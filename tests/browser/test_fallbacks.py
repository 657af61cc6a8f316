"""The page where something is missing: JavaScript, a secure context, service workers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from .engines import INSECURE_HOST
from .live_block import LiveBlock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from .console import Console
    from .static_server import StaticServer

pytestmark = [pytest.mark.browser, pytest.mark.thrifty]


def expect_requests_only(block: LiveBlock, reason: str) -> None:
    """The app runs without a preview, and the reader is told why."""
    block.run()
    expect(block.element).to_contain_text(reason)
    expect(block.element.get_by_text("global count")).to_be_visible()
    assert block.fetch("/count").body == b"1"
    block.go("/count")
    preview = block.element.get_by_role("tabpanel", name="Preview")
    expect(preview).to_contain_text(re.compile(r"GET /count → 200 text/plain; charset=utf-8\s+2$"))


def test_the_code_without_javascript(
    engine: str,
    new_context: Callable[..., BrowserContext],
    launch_firefox: Callable[[dict[str, Any]], Browser],
    behaviour_site: str,
) -> None:
    if engine == "firefox":  # its driver has no switch for a context
        context = new_context(launch_firefox({"javascript.enabled": False}))
    else:
        context = new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{behaviour_site}counter.html")

    # No expect(): its waiting is a script of the page, and would never end here.
    block = page.locator("asgi-live")
    assert block.locator(".highlight").is_visible()
    assert "async def app(scope, receive, send):" in block.inner_text()
    assert page.get_by_role("button", name="Run").count() == 0


def test_plain_http_on_another_host(page: Page, behaviour_site: str) -> None:
    url = f"{behaviour_site}counter.html".replace("localhost", INSECURE_HOST)
    expect_requests_only(LiveBlock.open(page, url), "plain http")


def test_a_browser_without_service_workers(
    engine: str,
    new_context: Callable[..., BrowserContext],
    launch_firefox: Callable[[dict[str, Any]], Browser],
    behaviour_site: str,
) -> None:
    if engine != "firefox":
        pytest.skip("Chromium cannot be told to have none")
    firefox = launch_firefox({"dom.serviceWorkers.enabled": False})
    page = new_context(firefox).new_page()
    url = f"{behaviour_site}counter.html"
    expect_requests_only(LiveBlock.open(page, url), "no service workers")


@pytest.fixture
def no_service_worker_script(server: StaticServer) -> Iterator[None]:
    server.hidden.add("/service-worker.js")
    yield
    server.hidden.clear()


@pytest.mark.usefixtures("no_service_worker_script")
def test_a_service_worker_that_cannot_be_started(counter: LiveBlock, console: Console) -> None:
    console.expect(r"404|[Ss]ervice[Ww]orker")
    expect_requests_only(counter, "service worker could not be started")
