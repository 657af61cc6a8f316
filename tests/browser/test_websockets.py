"""WebSockets where tabs, apps and workers end; what they do otherwise is in tests/conformance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .console import FIREFOX_ENDED_WORKER
from .live_block import LiveBlock

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Page

    from .console import Console

pytestmark = [pytest.mark.browser, pytest.mark.thrifty]

# The scripts of the app's page, in its frame.
SAY = "(body, text) => body.ownerDocument.defaultView.eval(`socket.send('${text}')`)"
NEW_SOCKET = """
(body) => new Promise((resolve) => {
  const events = [];
  const socket = new body.ownerDocument.defaultView.WebSocket("/chat");
  socket.onerror = () => events.push("error");
  socket.onclose = ({ code }) => resolve([...events, code]);
})
"""


@pytest.fixture
def chat(page: Page, behaviour_site: str) -> LiveBlock:
    block = LiveBlock.open(page, f"{behaviour_site}chat.html").run()
    expect_heard(block.frame, "1 here")
    return block


def expect_heard(where: FrameLocator | Page, *texts: str) -> None:
    expect(where.locator("li")).to_have_text(list(texts))


def open_tab(block: LiveBlock) -> Page:
    tab = block.page.context.new_page()
    tab.goto(block.base_url)
    return tab


@pytest.fixture(autouse=True)
def expect_no_icon(console: Console) -> None:
    console.expect(r"favicon.ico")


def test_a_chat_between_two_tabs(chat: LiveBlock) -> None:
    tab = open_tab(chat)
    expect_heard(tab, "2 here")

    tab.evaluate("socket.send('hello')")
    chat.frame.locator("body").evaluate(SAY, "hi")

    expect_heard(chat.frame, "1 here", "2 here", "hello", "hi")
    expect_heard(tab, "2 here", "hello", "hi")

    tab.close()
    expect_heard(chat.frame, "1 here", "2 here", "hello", "hi", "left with 1001")


def test_a_tab_that_goes_elsewhere_and_back(chat: LiveBlock) -> None:
    tab = open_tab(chat)
    expect_heard(tab, "2 here")
    tab.goto(f"{chat.base_url}elsewhere")
    expect_heard(chat.frame, "1 here", "2 here", "left with 1001")

    tab.go_back()

    expect_heard(tab, "2 here")
    expect_heard(chat.frame, "1 here", "2 here", "left with 1001", "2 here")


def test_stop_closes_the_sockets(chat: LiveBlock, console: Console) -> None:
    console.expect(r"^WebSocket connection to .* failed")
    console.expect(r"status of 503")
    tab = open_tab(chat)
    expect_heard(tab, "2 here")

    chat.stop()

    assert tab.evaluate("ended") == "1012 true"
    # Nobody answers a new one.
    assert tab.locator("body").evaluate(NEW_SOCKET) == ["error", 1006]


def test_an_endless_loop_that_is_stopped(chat: LiveBlock, console: Console) -> None:
    console.expect(FIREFOX_ENDED_WORKER)
    tab = open_tab(chat)
    expect_heard(tab, "2 here")

    tab.evaluate("socket.send('loop')")
    chat.button("Stop").click()
    chat.wait_state("stopped")

    assert tab.evaluate("ended") == "1006 false"


def test_the_documentation_page_is_closed(chat: LiveBlock) -> None:
    tab = open_tab(chat)
    expect_heard(tab, "2 here")

    chat.page.close()

    assert tab.evaluate("ended") in ("1006 false", "1012 true")


def test_a_restart_takes_new_sockets(chat: LiveBlock) -> None:
    tab = open_tab(chat)
    expect_heard(tab, "2 here")

    chat.restart()

    assert tab.evaluate("ended") == "1012 true"
    expect_heard(chat.frame, "1 here")
    tab.reload()
    expect_heard(tab, "2 here")


def test_a_socket_outlives_the_service_worker(chat: LiveBlock, engine: str) -> None:
    if engine != "chromium":
        pytest.skip("only Chromium's driver can stop a service worker")
    devtools = chat.page.context.new_cdp_session(chat.page)
    devtools.send("ServiceWorker.enable")
    devtools.send("ServiceWorker.stopAllWorkers")

    chat.frame.locator("body").evaluate(SAY, "still here")

    expect_heard(chat.frame, "1 here", "still here")
