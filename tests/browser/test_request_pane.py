"""Requests of the reader's own, in a tab of the running app."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .documented_request import ShownRequest
from .engines import INSECURE_HOST
from .live_block import LiveBlock
from .request_pane import RequestPane

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from .console import Console
    from .static_server import StaticServer

pytestmark = [pytest.mark.browser, pytest.mark.thrifty, pytest.mark.alike]

COPIED = "() => globalThis.copied"
CLIPBOARD = """
Object.defineProperty(navigator, "clipboard", {
  value: { writeText: async (text) => { globalThis.copied = text; } },
});
"""


@pytest.fixture
def pane(run_kept: Callable[..., LiveBlock], behaviour_site: str) -> RequestPane:
    """The pane of an app that other tests have asked, too."""
    return RequestPane.open(run_kept(f"{behaviour_site}library.html"))


@pytest.fixture
def library(page: Page, behaviour_site: str) -> LiveBlock:
    """The library's block, not yet started."""
    return LiveBlock.open(page, f"{behaviour_site}library.html")


def test_a_request_of_the_readers_own(pane: RequestPane) -> None:
    pane.write("/echo?a=b c", method="PUT", headers="X-A: 1", body="a=1").send()
    pane.expect_answered("200 OK")
    expect(pane.answer.get_by_text("PUT /echo")).to_have_text(
        re.compile(
            r"PUT /echo\?a=b%20c\s+x-a: 1\s+content-type: application/x-www-form-urlencoded\s+a=1"
        )
    )
    pane.unfold("Headers").fill("X-A: 1\ncontent-type: text/x-own")
    pane.button("Send").click()
    expect(pane.answer).to_contain_text("content-type: text/x-own")
    expect(pane.button("Send")).to_be_focused()

    headers = pane.answer.locator("summary")
    expect(headers).to_have_text("2 headers")
    expect(pane.answer.get_by_text("HTTP/1.1 200 OK")).to_be_hidden()
    headers.click()
    expect(pane.answer.get_by_text("HTTP/1.1 200 OK")).to_be_visible()

    pane.method.select_option("Other…")
    pane.page.keyboard.type("link")
    pane.send().expect_answered("200 OK")
    expect(pane.answer).to_contain_text("LINK /echo")


def test_mistakes_are_told_and_nothing_is_lost(pane: RequestPane) -> None:
    pane.write("https://example.org/", headers="").send()
    pane.expect_status(
        "Requests go to the block\u2019s app, so write the path of https://example.org/ only."
    )
    pane.write("/books/{book_id}").send()
    pane.expect_status("Write a value in place of {book_id}.")
    pane.page.keyboard.type("7")
    expect(pane.path).to_have_value("/books/7")
    pane.unfold("Headers").fill("no header")
    pane.send().expect_status(
        "Headers, line 1: “no header” is no header such as “Accept: text/html”."
    )
    expect(pane.unfold("Headers")).to_have_value("no header")


def test_json_is_a_tree(pane: RequestPane) -> None:
    pane.write("/books/1", headers="", body="").send().expect_answered("200 OK")
    tree = pane.tree
    expect(tree.get_by_role("treeitem", name='"id": 9007199254740993')).to_be_visible()
    assert re.sub(r"\s+", " ", tree.inner_text()) == (
        '{ "id": 9007199254740993, "title": "Emma", "parts": [ { "number": 1 }, { "number": 2 } ] }'
    )
    keyboard = pane.page.keyboard
    tree.get_by_role("treeitem", name="3 members").locator(".line").first.click()
    expect(tree.get_by_role("treeitem")).to_have_count(1)
    keyboard.press("ArrowRight")
    keyboard.press("ArrowDown")
    focused = tree.locator(":focus")
    expect(focused).to_have_accessible_name('"id": 9007199254740993')
    keyboard.press("End")
    keyboard.press("ArrowLeft")
    keyboard.press("ArrowLeft")
    expect(focused).to_have_accessible_name("1 member")
    keyboard.press("ArrowLeft")
    expect(focused).to_have_accessible_name('"parts": 2 items')
    keyboard.press("Enter")
    expect(focused).to_have_attribute("aria-expanded", "false")
    expect(tree).to_contain_text('"parts": [ 2 items ]')
    keyboard.press("Home")
    expect(focused).to_have_accessible_name("3 members")


def test_a_long_answer_is_shown_in_parts(pane: RequestPane) -> None:
    pane.write("/many").send().expect_answered("200 OK")
    items = pane.tree.get_by_role("treeitem")
    expect(items).to_have_count(102)
    pane.tree.get_by_role("treeitem", name="Show 150 more").click()
    expect(items).to_have_count(202)
    expect(pane.tree.locator(":focus")).to_have_text("100,")


def test_events_come_one_by_one(pane: RequestPane) -> None:
    pane.write("/events").send()
    pane.expect_status("200 OK, going on…")
    expect(pane.messages).to_have_text(
        [
            re.compile(r"^\d\d:\d\d:\d\d\.\d{3} tick #1 one\s*$"),
            re.compile(r"message #1 two\nlines"),
        ]
    )
    pane.button("Cancel").click()
    pane.expect_status(re.compile(r"^200 OK, cancelled after [\d.]+ m?s and \d+ B\.$"))
    expect(pane.button("Send")).to_be_focused()
    expect(pane.button("Cancel")).to_be_hidden()
    expect(pane.messages).to_have_count(2)

    pane.write("/late").send()
    pane.button("Cancel").click()
    pane.expect_status("Cancelled before the app had answered.")


def test_pictures_pages_and_bytes(pane: RequestPane) -> None:
    pane.write("/picture").send().expect_answered("200 OK")
    picture = pane.answer.get_by_role("img")
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 1
    pane.write("/").send().expect_answered("200 OK")
    expect(pane.answer).to_contain_text("<!doctype html><title>Library</title>Library")
    pane.write("/bytes").send().expect_answered("200 OK")
    expect(pane.answer.get_by_role("link")).to_have_text("Save the body (1\u202f280 bytes)")


def test_documented_and_earlier_requests_to_start_from(library: LiveBlock) -> None:
    pane = RequestPane.open(library.run())
    pane.start_from("POST /books, as documented")
    expect(pane.path).to_be_focused()
    expect(pane.method).to_have_value("POST")
    expect(pane.unfold("Body")).to_have_value('{"title": "Emma", "pages": 512}')
    # What a documented request refers to is sent first.
    pane.start_from("GET /books/{{create.body.pages}}, as documented")
    pane.send().expect_answered("200 OK")
    expect(pane.tree).to_contain_text('"number": 512')

    pane.write("/echo", body="hi").send().expect_answered("200 OK")
    library.page.reload()
    pane = RequestPane.open(library.run())
    expect(pane.path).to_have_value("/echo")
    expect(pane.unfold("Body")).to_have_value("hi")
    pane.start_from("GET /books/{{create.body.pages}}")
    expect(pane.path).to_have_value("/books/{{create.body.pages}}")
    expect(pane.panel.get_by_role("textbox", name="Body")).to_be_hidden()


def test_a_request_starts_the_app_again(library: LiveBlock) -> None:
    pane = RequestPane.open(library.run())
    pane.write("/late").send()
    expect(pane.button("Cancel")).to_be_visible()
    library.button("Stop").click()
    library.wait_state("stopped")
    expect(pane.button("Cancel")).to_be_hidden()
    pane.write("/many").send().expect_answered("200 OK")
    expect(pane.tab).to_have_attribute("aria-selected", "true")
    assert library.state == "running"


def test_routes_are_offered(pane: RequestPane) -> None:
    keyboard = pane.page.keyboard
    pane.write("", headers="", body="")
    pane.path.press("Escape")
    pane.path.press("ArrowDown")
    expect(pane.routes.filter(has_text="One book")).to_have_text("GET /books/{book_id} One book")
    expect(pane.routes.filter(has_text="/talk")).to_have_text("WS /talk")
    pane.path.fill("/books/")
    expect(pane.routes).to_have_text(["GET /books/{book_id} One book"])
    pane.path.press("ArrowDown")
    active = pane.path.get_attribute("aria-activedescendant")
    expect(pane.routes.first).to_have_attribute("id", active or "")
    keyboard.press("Enter")
    expect(pane.routes).to_have_count(0)
    expect(pane.path).to_have_value("/books/{book_id}")
    keyboard.type("3")  # in place of the parameter
    expect(pane.path).to_have_value("/books/3")
    expect(pane.routes).to_have_count(1)
    keyboard.press("Escape")
    expect(pane.routes).to_have_count(0)
    keyboard.press("Enter")
    pane.expect_answered("200 OK")

    pane.path.fill("add")
    pane.routes.first.click()
    expect(pane.method).to_have_value("POST")
    expect(pane.path).to_have_value("/books")
    example = pane.unfold("Body")
    assert json.loads(example.input_value()) == {"title": "string", "pages": 0}
    pane.path.fill("/many")
    pane.routes.first.click()
    assert pane.method.input_value() == "GET"
    expect(pane.unfold("Body")).to_have_value("")


def test_copies(page: Page, library: LiveBlock) -> None:
    page.evaluate(CLIPBOARD)
    pane = RequestPane.open(library.run())
    pane.write("/books", method="POST", headers="Cookie: a=1", body='{"title": "it\'s"}')
    for name, begin in {
        "curl": "curl http://localhost:8000/books",
        "HTTPie": "http http://localhost:8000/books",
        "Python httpx": "import httpx\n\nresponse = httpx.post(",
        "JavaScript fetch": "const response = await fetch(",
    }.items():
        pane.button(name).click()
        expect(pane.copies).to_contain_text(f"Copied for {name}; it asks localhost:8000.")
        text = page.evaluate(COPIED)
        assert text.startswith(begin)
        assert "it" in text
        assert "ookie" not in text
    pane.start_from("GET /books/{{create.body.pages}}, as documented")
    pane.button("curl").click()
    expect(pane.copies).to_contain_text("{{create.body.pages}}: the request create has no answer.")

    create = ShownRequest(page, "POST /books").send()
    create.expect_as_recorded("201 Created")
    create.button("curl").click()
    expect(create.element).to_contain_text("Copied for curl; it asks localhost:8000.")
    create.expect_as_recorded("201 Created")
    assert '{"title": "Emma", "pages": 512}' in page.evaluate(COPIED)
    pane.button("curl").click()
    expect(pane.copies).to_contain_text("Copied for curl")
    assert page.evaluate(COPIED) == "curl http://localhost:8000/books/512"


def test_a_web_socket(pane: RequestPane) -> None:
    pane.write("/talk", method="WS", headers="X-Name: Emma")
    pane.panel.get_by_role("textbox", name="Subprotocols").fill("chat.v2, chat.v1")
    pane.send().expect_status("Open, with the subprotocol chat.v2.")
    message = pane.panel.get_by_role("textbox", name="Message")
    for text in ("hi", "bytes"):
        message.fill(text)
        message.press("Control+Enter")
    told = [
        re.compile(r"^\d\d:\d\d:\d\d\.\d{3} open chat\.v2"),
        re.compile("received hello Emma"),
        re.compile("sent hi"),
        re.compile("received hi"),
        re.compile("sent bytes"),
        re.compile("received 5 bytes 62 79 74 65 73"),
    ]
    expect(pane.messages).to_have_text(told)
    message.fill("bye")
    pane.button("Send message").click()
    pane.expect_status("Closed with 4001 (bye).")

    pane.panel.get_by_role("textbox", name="Subprotocols").fill("")
    pane.send().expect_status("Open.")
    pane.button("Close").click()
    pane.expect_status("Closed with 1000.")
    expect(pane.button("Open")).to_be_focused()
    pane.write("/closed", method="WS").send()
    pane.expect_status("The app answered 403, and opened no WebSocket.")


def test_a_web_socket_ends_with_the_app(library: LiveBlock) -> None:
    pane = RequestPane.open(library.run())
    pane.write("/talk", method="WS").send().expect_status("Open.")
    library.button("Stop").click()
    library.wait_state("stopped")
    pane.expect_status(re.compile(r"^Closed .*\d{4}.*\.$"))


def test_without_a_service_worker(page: Page, behaviour_site: str) -> None:
    url = f"{behaviour_site}library.html".replace("localhost", INSECURE_HOST)
    pane = RequestPane.open(LiveBlock.open(page, url).run())
    pane.write("/books/1").send().expect_answered("200 OK")
    expect(pane.tree).to_contain_text("9007199254740993")
    pane.button("curl").click()
    code = pane.panel.get_by_role("textbox", name="Request for curl")
    expect(code).to_have_value("curl http://localhost:8000/books/1")
    expect(code).to_be_focused()
    pane.path.fill("/talk")
    pane.routes.first.click()
    pane.send().expect_status("Open.")
    expect(pane.messages).to_contain_text([re.compile("open"), re.compile("hello you")])


@pytest.fixture
def no_pane(server: StaticServer) -> Iterator[None]:
    server.hidden.add("/request-pane/pane.js")
    yield
    server.hidden.clear()


@pytest.mark.usefixtures("no_pane")
def test_a_pane_that_cannot_be_loaded(
    library: LiveBlock, server: StaticServer, console: Console
) -> None:
    console.expect("404|dynamically imported module|Loading (module|failed)")
    library.run()
    pane = RequestPane(library)
    pane.tab.click()
    expect(pane.panel).to_contain_text("A part of the page could not be loaded.")
    server.hidden.clear()
