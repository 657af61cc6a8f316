"""The view of what passes between server and app."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from .live_block import LiveBlock

pytestmark = [pytest.mark.browser, pytest.mark.thrifty, pytest.mark.alike]

APP = r"""
import asyncio


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "bytes": message["text"].encode() + b"\0"})
        return
    path = scope["path"].removeprefix(scope["root_path"])
    headers = [(b"content-type", b"text/html")]
    message = await receive()
    await send({"type": "http.response.start", "status": 201, "headers": headers})
    if path == "/picture":
        await send({"type": "http.response.body", "body": b"\x89PNG\r\n\x1a\n"})
    elif path == "/stream":
        await send({"type": "http.response.body", "body": b"first", "more_body": True})
        assert (await receive())["type"] == "http.disconnect"
    elif path == "/flood":
        for number in range(300):
            chunk = f"chunk {number}".encode()
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body"})
    else:
        body = b"<p>at " + path.encode() + b" " + message["body"]
        await send({"type": "http.response.body", "body": body})
"""

TALK = """
(body) => new Promise((resolve) => {
  const socket = new body.ownerDocument.defaultView.WebSocket("/talk");
  socket.onopen = () => socket.send("hello");
  socket.onmessage = () => socket.close(4001);
  socket.onclose = () => resolve();
})
"""


@pytest.fixture
def block(counter: LiveBlock) -> LiveBlock:
    counter.set_code(APP)
    counter.run().expect_text("at /")
    return counter


@pytest.fixture
def wire(block: LiveBlock) -> Locator:
    block.element.get_by_role("tab", name="ASGI").click()
    panel = block.element.get_by_role("tabpanel", name="ASGI")
    expect(panel.get_by_role("option", name="Lifespan")).to_be_visible()
    return panel


def messages(wire: Locator, title: str) -> Locator:
    option = wire.get_by_role("option", name=title)
    option.click()
    expect(option).to_have_attribute("aria-selected", "true")
    return wire.get_by_role("region", name=f"ASGI messages of {title}").get_by_role("listitem")


def test_the_lifespan_is_there_though_it_came_first(wire: Locator) -> None:
    expect(messages(wire, "Lifespan")).to_contain_text(
        ["scope lifespan", "receive() lifespan.startup", "send() lifespan.startup.complete"]
    )


def test_requests_that_came_before_are_not_there(wire: Locator) -> None:
    expect(wire).to_contain_text("ASGI messages from now on")
    expect(wire.get_by_role("option")).to_have_count(1)


def test_the_messages_of_a_request(block: LiveBlock, wire: Locator) -> None:
    block.fetch("/items?q=1", method="POST", body=b"hello")
    expect(wire.get_by_role("option", name="POST /items?q=1")).to_contain_text("201")
    shown = messages(wire, "POST /items?q=1")
    expect(shown).to_contain_text(
        [
            re.compile(r"^\+[\d.]+ ms scope http"),
            re.compile(
                r"^\+[\d.]+ ms receive\(\) http\.request 5 B.*'more_body': False.*hello$", re.S
            ),
            re.compile(r"send\(\) http\.response\.start.*'status': 201.*b'content-type'", re.S),
            re.compile(r"send\(\) http\.response\.body 18 B<p>at /items hello$"),
            re.compile("The app has returned.$"),
        ]
    )
    scope = shown.first
    expect(scope.get_by_text("'query_string': b'q=1'")).to_be_hidden()
    scope.get_by_text("scope").click()
    expect(scope.get_by_text("'query_string': b'q=1'")).to_be_visible()


def test_bytes_and_a_client_that_leaves(block: LiveBlock, wire: Locator) -> None:
    block.fetch("/picture")
    expect(messages(wire, "GET /picture").nth(3)).to_contain_text(
        "0000  89 50 4e 47 0d 0a 1a 0a  .PNG...."
    )
    block.evaluate(
        """async (element) => {
          const reader = (await element.fetch("/stream")).body.getReader();
          await reader.read();
          await reader.cancel();
        }"""
    )
    expect(messages(wire, "GET /stream")).to_contain_text(
        ["scope", "http.request", "response.start", "first", "http.disconnect", "returned"]
    )


def test_a_websocket(block: LiveBlock, wire: Locator) -> None:
    block.frame.locator("body").evaluate(TALK)
    expect(wire.get_by_role("option", name="WebSocket /talk")).to_contain_text("closed, 4001")
    expect(messages(wire, "WebSocket /talk")).to_contain_text(
        [
            "scope websocket",
            "receive() websocket.connect",
            "send() websocket.accept",
            re.compile(r"receive\(\) websocket\.receive 5 Bhello$"),
            re.compile(r"send\(\) websocket\.send 6 B.*68 65 6c 6c 6f 00"),
            re.compile(r"receive\(\) websocket\.disconnect.*'code': 4001", re.S),
            "returned",
        ]
    )


def test_of_many_messages_the_last_are_kept(block: LiveBlock, wire: Locator) -> None:
    block.fetch("/flood")
    shown = messages(wire, "GET /flood")
    expect(wire.get_by_role("option", name="GET /flood")).to_contain_text("201")
    expect(shown).to_have_count(200)
    expect(shown.first).to_contain_text("scope")
    expect(shown.last).to_contain_text("returned")
    expect(wire).to_contain_text("105 earlier messages were dropped.")


def test_a_line_of_the_log_leads_to_its_messages(block: LiveBlock, wire: Locator) -> None:
    block.fetch("/items")
    log = block.show_log()
    link = log.get_by_role("button", name="ASGI messages of GET /items")
    link.press("Enter")
    expect(wire.get_by_role("option", name="GET /items")).to_be_focused()
    expect(wire.get_by_role("region", name="ASGI messages of GET /items")).to_be_visible()


def test_the_keyboard_moves_in_the_list(block: LiveBlock, wire: Locator) -> None:
    for path in ("/one", "/two"):
        block.fetch(path)
    expect(wire.get_by_role("option")).to_have_count(3)
    block.element.get_by_role("tab", name="ASGI").focus()
    block.page.keyboard.press("Tab")
    expect(wire.get_by_role("option", name="Lifespan")).to_be_focused()
    for key, name in [("ArrowDown", "/one"), ("End", "/two"), ("ArrowUp", "/one")]:
        block.page.keyboard.press(key)
        option = wire.get_by_role("option", name=name)
        expect(option).to_be_focused()
        expect(option).to_have_attribute("aria-selected", "true")
    block.page.keyboard.press("Tab")
    expect(wire.get_by_role("region")).to_be_focused()


def test_the_next_run_is_seen_from_its_beginning(block: LiveBlock, wire: Locator) -> None:
    block.fetch("/one")
    block.restart()
    block.element.get_by_role("tab", name="ASGI").click()
    lifespans = wire.get_by_role("option", name="Lifespan")
    expect(lifespans).to_have_count(2)
    expect(lifespans.first).to_contain_text("ended")
    lifespans.last.click()
    expect(wire.get_by_role("region").get_by_role("listitem")).to_have_count(3)
    expect(wire.get_by_role("option", name="GET / 201")).to_be_visible()
