"""Documented requests, sent to the live app by a reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .documented_request import ShownRequest
from .engines import INSECURE_HOST
from .live_block import LiveBlock

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .static_server import StaticServer

pytestmark = [pytest.mark.browser, pytest.mark.thrifty, pytest.mark.alike]

SMALL = 30_000
"""Bytes, as compressed by most hosts."""


READ = "async ({ href }) => [...new Uint8Array(await (await fetch(href)).arrayBuffer())]"


@pytest.fixture
def orders(page: Page, behaviour_site: str) -> LiveBlock:
    """The block that most requests of its page ask, not yet started."""
    return LiveBlock.open(page, f"{behaviour_site}orders.html")


def ask(block: LiveBlock, label: str) -> ShownRequest:
    return ShownRequest(block.page, label)


def test_requests_are_sent_and_compared(orders: LiveBlock) -> None:
    # The first one starts the app, and sends the one before it whose token it needs.
    with_token = ask(orders, "GET /orders").send()
    orders.wait_state("running")
    with_token.expect_as_recorded("200 OK")
    expect(with_token.button("Send")).to_be_focused()
    expect(with_token.answer).to_contain_text('"id": 9007199254740993,\n    "price": 1.5,')
    expect(with_token.recorded).to_be_visible()

    counted = ask(orders, "GET /logins").send()
    counted.expect_status(re.compile(r"^200 OK in [\d.]+ ms\. Differs from the recorded answer:$"))
    assert counted.answer.get_by_role("listitem").all_inner_texts() == [
        'header x-counted: "yes" recorded, missing now',
        'body: "7 logins" recorded, "1 logins" now',
    ]
    with_token.send().expect_as_recorded("200 OK")
    counted.send()
    expect(counted.answer).to_contain_text("1 logins")  # the token was known

    ask(orders, "GET /nowhere").send().expect_as_recorded("404 Not Found")  # of the block it names

    # What the app has answered is forgotten with it.
    orders.restart()
    with_token.send().expect_as_recorded("200 OK")
    counted.send()
    expect(counted.answer).to_contain_text("1 logins")


def test_requests_are_edited(orders: LiveBlock, page: Page) -> None:
    echo = ask(orders.start(), "POST /echo")
    echo.button("Edit").focus()
    page.keyboard.press("Enter")
    expect(echo.editor).to_be_focused()
    expect(echo.editor).to_have_value(
        "POST /echo HTTP/1.1\nContent-Type: text/plain; charset=utf-8\n\nhello"
    )
    echo.editor.fill("PUT echo\n\ngood bye")
    page.keyboard.press("Control+Enter")
    echo.expect_status("Line 1: a path starts with one “/”, not “echo”.")
    echo.editor.fill("PUT /echo\n\ngood bye")
    page.keyboard.press("Control+Enter")
    echo.expect_status(re.compile(r"^200 OK in .* ms\. The request is edited, .* not compared"))
    expect(echo.answer).to_contain_text("PUT good bye")
    expect(echo.editor).to_be_focused()
    page.keyboard.press("Escape")
    expect(echo.button("Send")).to_be_focused()

    page.reload()
    expect(echo.editor).to_have_value("PUT /echo\n\ngood bye")
    echo.button("Reset").click()
    expect(echo.editor).to_be_hidden()
    orders.start()
    echo.send().expect_as_recorded("200 OK")
    expect(echo.answer).to_contain_text("POST hello")


def test_streams_pictures_and_bytes(orders: LiveBlock) -> None:
    events = ask(orders.start(), "GET /events").send()
    events.expect_status("200 OK, going on… As recorded, as far as the record goes.")
    expect(events.answer).to_contain_text("data: one\n\ndata: two")
    events.button("Stop").click()
    events.expect_status(
        re.compile(r"^200 OK, stopped after .* ms\. As recorded, as far as the record goes\.$")
    )
    expect(events.button("Send")).to_be_focused()
    expect(events.button("Stop")).to_be_hidden()
    expect(orders.show_log()).to_contain_text("nobody listens any more")
    # Sent twice, the first one is over without a word.
    events.send().expect_status(re.compile("going on"))
    events.send().expect_status(re.compile("going on"))
    events.button("Stop").click()

    picture = ask(orders, "GET /picture").send()
    expect(picture.answer.get_by_role("img")).to_be_visible()
    assert picture.answer.get_by_role("img").evaluate("(image) => image.decode().then(() => true)")
    bytes_ = ask(orders, "GET /bytes").send()
    bytes_.expect_status(re.compile(r"^200 OK in [\d.]+ ms\.$"))
    link = bytes_.answer.get_by_role("link", name="Save the body (1\u202f280 bytes)")
    expect(link).to_have_attribute("download", "answer")
    # The driver of Firefox does not tell of files that come from blobs.
    assert link.evaluate(READ) == list(range(256)) * 5


def test_an_app_that_does_not_start(orders: LiveBlock) -> None:
    broken = ask(orders, "GET /").send()
    LiveBlock(orders.page, 1).wait_state("failed")
    broken.expect_status("The app could not be imported. Its block tells more. Show the block")
    expect(broken.answer).to_be_hidden()


def test_without_a_service_worker(page: Page, behaviour_site: str) -> None:
    url = f"{behaviour_site}orders.html".replace("localhost", INSECURE_HOST)
    block = LiveBlock.open(page, url).start()
    ask(block, "GET /orders").send().expect_as_recorded("200 OK")


def test_little_is_loaded_and_nothing_moves(
    page: Page, behaviour_site: str, server: StaticServer
) -> None:
    start = len(server.served)
    block = LiveBlock.open(page, f"{behaviour_site}orders.html")
    page.wait_for_load_state("networkidle")
    before = [answer for answer in server.served[start:] if "/asgi-docs/" in answer.path]
    assert sum(server.compressed_size(answer.path) for answer in before) < SMALL

    echo = ask(block, "POST /echo")
    height = "(button) => button.offsetTop"
    place = echo.button("Edit").evaluate(height)
    echo.button("Edit").click()
    expect(echo.editor).to_be_visible()
    assert echo.button("Reset").evaluate(height) == place
