"""A second preview of the same app, with a mount and cookies of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .console import FIREFOX_REDIRECTED
from .live_block import LiveBlock

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import FrameLocator, Locator, Page

    from .console import Console

pytestmark = [pytest.mark.browser, pytest.mark.thrifty, pytest.mark.alike]
alike = pytest.mark.alike

SAY = "(body, text) => body.ownerDocument.defaultView.eval(`socket.send('${text}')`)"
ASKED = "(body) => body.ownerDocument.defaultView.asked"
WATCH = """
async (body) => {
  const { fetch } = body.ownerDocument.defaultView;
  const response = await fetch("/stream");
  await response.body.getReader().read();
}
"""
# Until the app has noticed, which nobody else is told.
ASK_UNTIL = """
async (element, [path, wanted]) => {
  for (;;) {
    const text = await (await element.fetch(path)).text();
    if (text === wanted) return text;
  }
}
"""


class Client:
    """One of two previews."""

    def __init__(self, block: LiveBlock, number: int) -> None:
        self.pane = block.element.get_by_role("group", name=f"Client {number}")
        self.address = self.pane.get_by_role("textbox", name="Address")

    @property
    def frame(self) -> FrameLocator:
        return self.pane.locator("iframe").content_frame

    @property
    def body(self) -> Locator:
        return self.frame.locator("body")

    def expect_name(self, name: str) -> None:
        expect(self.frame.locator("#who")).to_have_text(name)

    def expect_page(self, path: str, title: str) -> None:
        expect(self.frame.get_by_role("heading")).to_have_text(title)
        expect(self.address).to_have_value(path)

    def log_in(self, name: str) -> None:
        self.frame.get_by_role("textbox", name="Name").fill(name)
        self.frame.get_by_role("button", name="Log in").click()
        self.expect_name(name)


@pytest.fixture(params=["told each mount", "knows one mount"])
def members(request: pytest.FixtureRequest, page: Page, behaviour_site: str) -> LiveBlock:
    index = 1 if "knows" in request.param else 0
    return LiveBlock.open(page, f"{behaviour_site}members.html", index)


@pytest.fixture
def told_members(page: Page, behaviour_site: str) -> LiveBlock:
    return LiveBlock.open(page, f"{behaviour_site}members.html")


@pytest.fixture(autouse=True)
def expect_redirects(console: Console) -> None:
    console.expect(FIREFOX_REDIRECTED)


def run(block: LiveBlock) -> LiveBlock:
    block.run()
    expect(block.frame.locator("#who")).to_have_text("nobody")
    return block


def open_second(block: LiveBlock) -> tuple[Client, Client]:
    block.button("Second client").click()
    first, second = Client(block, 1), Client(block, 2)
    expect(second.frame.locator("#who")).to_be_visible()
    return first, second


def test_two_logins_side_by_side(members: LiveBlock) -> None:
    run(members)
    first, second = open_second(members)
    first.log_in("Ada")
    second.expect_name("nobody")
    second.log_in("Emma")
    second.expect_page("/", "home")

    for client, name in ((first, "Ada"), (second, "Emma")):
        client.pane.get_by_role("button", name="Reload").click()
        client.expect_name(name)
        assert client.body.evaluate(ASKED) == name
        shown = "(body) => getComputedStyle(body.querySelector('#style'), '::before').content"
        assert client.body.evaluate(shown) == f'"{name}"'
    assert b">Ada<" in members.fetch("/").body


def test_links_and_redirects_stay_in_their_client(members: LiveBlock) -> None:
    run(members)
    first, second = open_second(members)
    second.log_in("Emma")
    for link in ("About", "About at the root", "Absolute"):
        second.frame.get_by_role("link", name=link, exact=True).click()
        second.expect_page("/about", "about")
        second.expect_name("Emma")
        second.pane.get_by_role("button", name="Back").click()
        second.expect_page("/", "home")
    first.expect_page("/", "home")
    first.expect_name("nobody")


@alike
def test_each_client_is_told_its_own_mount(told_members: LiveBlock) -> None:
    run(told_members)
    first, second = open_second(told_members)
    mount = told_members.base_url.split("localhost", 1)[1].split("/", 1)[1].rstrip("/")
    expect(first.frame.locator("#mount")).to_have_text(f"/{mount}")
    expect(second.frame.locator("#mount")).to_have_text(f"/{mount}.2")
    told_members.show_log()
    lines = told_members.element.get_by_role("log").locator(".response")
    expect(lines.filter(has_text="client 2").first).to_contain_text("GET / → 200")
    expect(lines.first).not_to_contain_text("client 2")


def test_a_chat_with_oneself(told_members: LiveBlock) -> None:
    run(told_members)
    first, second = open_second(told_members)
    second.log_in("Emma")
    expect(first.frame.get_by_role("listitem")).to_have_text("nobody left with 1001")

    second.body.evaluate(SAY, "hello")
    expect(first.frame.get_by_role("listitem").last).to_have_text("Emma: hello")
    first.body.evaluate(SAY, "hi")

    for client in (first, second):
        expect(client.frame.get_by_role("listitem").last).to_have_text("nobody: hi")

    told_members.button("Second client").click()
    expect(told_members.frame.get_by_role("listitem").last).to_have_text("Emma left with 1001")


def test_closing_ends_what_was_under_way_and_forgets(told_members: LiveBlock) -> None:
    run(told_members)
    told_members.frame.locator("body").evaluate(WATCH)
    _, second = open_second(told_members)
    second.log_in("Emma")
    second.body.evaluate(WATCH)
    tab = told_members.page.context.new_page()
    tab.goto(f"{told_members.base_url[:-1]}.2/about")
    expect(tab.locator("#who")).to_have_text("Emma")

    second.pane.get_by_role("button", name="Close the second client").click()

    expect(second.pane).to_have_count(0)
    left = "nobody came, Emma came, Emma left"
    assert told_members.evaluate(ASK_UNTIL, ["/streams", left]) == left
    expect(told_members.frame.get_by_role("listitem").last).to_have_text("Emma left with 1001")

    _, second = open_second(told_members)
    second.expect_name("nobody")


def test_both_outlive_a_restart_and_a_stop(told_members: LiveBlock) -> None:
    run(told_members)
    first, second = open_second(told_members)
    first.log_in("Ada")
    second.log_in("Emma")
    second.frame.get_by_role("link", name="About", exact=True).click()
    second.expect_page("/about", "about")

    told_members.button("Restart").click()
    expect(second.frame.get_by_role("listitem")).to_have_count(0)
    for again in ("Restart", "Run"):
        told_members.wait_state("running")
        first.expect_name("Ada")
        second.expect_page("/about", "about")
        second.expect_name("Emma")
        if again == "Restart":
            told_members.button("Stop").click()
            told_members.wait_state("stopped")
            told_members.button("Run").click()


@alike
def test_a_client_opened_while_the_app_is_stopped_waits_for_it(told_members: LiveBlock) -> None:
    run(told_members)
    told_members.go("/about")
    expect(told_members.frame.get_by_role("heading")).to_have_text("about")
    told_members.stop()
    told_members.button("Second client").click()
    second = Client(told_members, 2)
    expect(second.pane).to_be_visible()
    told_members.run()
    second.expect_page("/about", "about")


@alike
def test_each_client_has_a_jar_in_the_cookies_tab(told_members: LiveBlock) -> None:
    run(told_members)
    first, second = open_second(told_members)
    first.log_in("Ada")
    second.log_in("Emma")
    second.body.evaluate("(body) => { body.ownerDocument.cookie = 'theme=dark'; }")

    told_members.element.get_by_role("tab", name="Cookies").click()
    panel = told_members.element.get_by_role("tabpanel", name="Cookies")
    expect(panel.get_by_role("heading")).to_have_text(["Client 1", "Client 2"])
    jars = [panel.get_by_role("group", name=f"Client {number}") for number in (1, 2)]
    expect(jars[0].get_by_role("row").nth(1)).to_contain_text("Ada")
    expect(jars[0].get_by_role("row")).to_have_count(2)
    expect(jars[1].get_by_role("row").nth(1)).to_contain_text("Emma")
    jars[1].get_by_role("button", name="Forget name").click()
    expect(jars[1].get_by_role("row")).to_have_count(2)
    expect(jars[1].get_by_role("row").nth(1)).to_contain_text("theme")
    jars[1].get_by_role("button", name="Forget all cookies").click()
    expect(jars[1].get_by_text("The app has set no cookies.")).to_be_visible()
    expect(jars[0].get_by_role("row")).to_have_count(2)

    told_members.element.get_by_role("tab", name="Preview").click()
    for client, name in ((first, "Ada"), (second, "nobody")):
        client.pane.get_by_role("button", name="Reload").click()
        client.expect_name(name)
    told_members.button("Second client").click()
    told_members.element.get_by_role("tab", name="Cookies").click()
    expect(panel.get_by_role("heading")).to_have_count(0)
    expect(panel.get_by_role("row")).to_have_count(2)


@alike
def test_the_keyboard_opens_and_closes_it(told_members: LiveBlock) -> None:
    run(told_members)
    toggle = told_members.button("Second client")
    expect(toggle).to_have_attribute("aria-pressed", "false")
    toggle.focus()
    told_members.page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-pressed", "true")
    expect(toggle).to_be_focused()
    second = Client(told_members, 2)
    second.expect_name("nobody")
    expect(toggle).to_be_focused()
    second.pane.get_by_role("button", name="Close the second client").focus()
    told_members.page.keyboard.press("Enter")
    expect(toggle).to_be_focused()
    expect(toggle).to_have_attribute("aria-pressed", "false")


@alike
def test_nothing_of_it_is_loaded_before_it_is_opened(
    told_members: LiveBlock, open_files: Callable[[], set[str]]
) -> None:
    run(told_members)
    assert not any("/clients/" in file for file in open_files())
    open_second(told_members)
    assert any("/clients/" in file for file in open_files())


@pytest.fixture
def open_files(page: Page) -> Callable[[], set[str]]:
    """What the page has asked for."""
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    return lambda: asked
