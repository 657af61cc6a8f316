"""The browser stops the service worker when it likes: what was under way ends, all else goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from .live_block import LiveBlock

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext, Page

    from .console import Console

pytestmark = [pytest.mark.browser, pytest.mark.thrifty]

IN_FRAME = "(body, script) => body.ownerDocument.defaultView.eval(script)"
# Firefox gives a service worker 30 s after its last event, and 30 s more while a stream is open.
SHORT_LIFE = {
    "dom.serviceWorkers.idle_timeout": 1000,
    "dom.serviceWorkers.idle_extended_timeout": 1000,
}


@pytest.fixture
def page(
    engine: str,
    new_context: Callable[..., BrowserContext],
    request: pytest.FixtureRequest,
) -> Page:
    """In Firefox, of a browser that stops a service worker after two seconds."""
    if engine == "firefox":
        launch_firefox: Callable[[dict[str, Any]], Browser] = request.getfixturevalue(
            "launch_firefox"
        )
        return new_context(launch_firefox(SHORT_LIFE)).new_page()
    return new_context().new_page()


@pytest.fixture
def exchanges(page: Page, behaviour_site: str) -> LiveBlock:
    return run_exchanges(page, behaviour_site)


def run_exchanges(page: Page, behaviour_site: str) -> LiveBlock:
    block = LiveBlock.open(page, f"{behaviour_site}exchanges.html").run()
    expect(block.frame.get_by_role("link", name="plain")).to_be_visible()
    return block


def stop_service_worker(page: Page, engine: str) -> None:
    if engine == "chromium":
        devtools = page.context.new_cdp_session(page)
        devtools.send("ServiceWorker.enable")
        devtools.send("ServiceWorker.stopAllWorkers")
    # Firefox does it by itself.


def in_frame(block: LiveBlock, script: str) -> Any:
    return block.frame.locator("body").evaluate(IN_FRAME, script)


def test_a_request_without_an_answer_yet(
    exchanges: LiveBlock, page: Page, engine: str, console: Console
) -> None:
    """The app hears that it is over. Chromium asks again by itself, Firefox lets it fail."""
    console.expect(r"Failed to load|[Ss]ervice[Ww]orker|NetworkError")
    in_frame(exchanges, "void fetch('/late').catch(() => {})")
    expect(exchanges.show_log()).to_contain_text("a request waits")

    stop_service_worker(page, engine)

    expect(exchanges.show_log()).to_contain_text("the request is over")
    exchanges.element.get_by_role("tab", name="Preview").click()
    exchanges.go("/plain")
    exchanges.expect_text("plain text")
    expect(exchanges.status).to_have_text("Running.")


def test_server_sent_events(
    exchanges: LiveBlock, page: Page, engine: str, console: Console
) -> None:
    """Firefox connects again; Chromium takes a stream that its worker leaves for ended for good."""
    console.expect(r"Failed to load|[Ss]ervice[Ww]orker|was interrupted")
    in_frame(exchanges, "follow()")
    events = exchanges.frame.locator("li")
    expect(events).to_have_count(1)

    stop_service_worker(page, engine)

    expect(exchanges.show_log()).to_contain_text("stream 1 is over")
    if engine == "chromium":
        in_frame(exchanges, "follow()")
    expect(events.nth(1)).to_contain_text("stream 2")
    expect(exchanges.status).to_have_text("Running.")


def test_a_stream_that_nobody_reads_again(
    exchanges: LiveBlock, page: Page, engine: str, console: Console
) -> None:
    """The app hears of its end without any further request."""
    console.expect(r"Failed to load|[Ss]ervice[Ww]orker|Error in input stream|network error")
    in_frame(
        exchanges,
        """void (window.all = fetch("/events").then(async ({ body }) => {
          const reader = body.getReader();
          await reader.read();
          window.begun = true;
          return reader.read().then(() => "ended", () => "failed");
        }))""",
    )
    exchanges.page.wait_for_function(
        "document.querySelector('asgi-live').shadowRoot.querySelector('iframe').contentWindow.begun"
    )
    stop_service_worker(page, engine)

    assert in_frame(exchanges, "all") in ("failed", "ended")
    expect(exchanges.show_log()).to_contain_text("stream 1 is over")


def test_an_app_in_a_tab_of_its_own_while_its_documentation_is_hidden(
    exchanges: LiveBlock, page: Page, engine: str, console: Console
) -> None:
    console.expect(r"favicon.ico")
    tab = page.context.new_page()
    tab.goto(exchanges.base_url)
    tab.bring_to_front()
    stop_service_worker(page, engine)
    tab.get_by_role("link", name="plain").click()
    expect(tab.locator("body")).to_have_text("plain text")
