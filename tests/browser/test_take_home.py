"""A reader takes an app home, and hands edits on by a link."""

from __future__ import annotations

import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
import uv
from playwright.sync_api import expect

from .live_block import LiveBlock

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from .console import Console

pytestmark = [pytest.mark.browser, pytest.mark.thrifty, pytest.mark.alike]

EDITED = """
async def app(scope, receive, send):
    assert scope["type"] == "http"
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": "é from the link".encode()})
"""
FROM_LINK = "This code came with the link that you followed"
REFUSE_CLIPBOARD = """
() => Object.defineProperty(navigator, "clipboard", {
  value: { writeText: () => Promise.reject(new DOMException("no", "NotAllowedError")) },
})
"""
# Within the page, as when a link is followed from another page of the same site.
FOLLOW = "(fragment) => { location.hash = fragment; }"


@pytest.fixture
def orders(page: Page, behaviour_site: str) -> LiveBlock:
    return LiveBlock.open(page, f"{behaviour_site}orders.html")


def choose(block: LiveBlock, name: str) -> None:
    toggle = block.button("Share or download")
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.click()
    block.button(name).click()


def link_to(block: LiveBlock, source: str) -> str:
    """The link to edited code, where the clipboard is out of reach."""
    block.page.evaluate(REFUSE_CLIPBOARD)
    block.edit(source)
    choose(block, "Copy a link")
    field = block.element.get_by_role("textbox", name="Link to this code")
    expect(field).to_be_visible()
    return field.input_value()


# The driver of Firefox does not tell of blobs that are saved.
@pytest.mark.parametrize("engine", ["chromium"], indirect=True, scope="session")
@pytest.mark.network
def test_the_download_runs_by_one_command(orders: LiveBlock, tmp_path: Path) -> None:
    with orders.page.expect_download() as download:
        choose(orders, "Download the app")
    archive = download.value
    assert archive.suggested_filename == "orders.zip"
    with zipfile.ZipFile(archive.path()) as opened:
        assert opened.testzip() is None
        opened.extractall(tmp_path)
    assert (tmp_path / "orders.py").read_text("utf-8") == orders.get("code")
    assert "uv run serve.py" in (tmp_path / "README.md").read_text("utf-8")
    ran = subprocess.run(
        [uv.find_uv_bin(), "run", "--no-project", "test_requests.py", "-q"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "8 passed" in ran.stdout


def test_a_link_is_copied(orders: LiveBlock, page: Page, engine: str) -> None:
    if engine == "chromium":
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    orders.edit(EDITED)
    choose(orders, "Copy a link")
    expect(orders.element.get_by_text("The link is in the clipboard")).to_be_visible()
    broken = LiveBlock(page, 1)
    broken.edit("")
    broken.editor.press("Control+v")
    pasted = broken.get("code")
    assert pasted.startswith(f"{page.url}#asgi-live=")


def test_a_link_shows_edits_and_runs_nothing(orders: LiveBlock, page: Page) -> None:
    link = link_to(orders, EDITED)
    other = LiveBlock.open(page.context.new_page(), link)
    expect(other.element.get_by_text(FROM_LINK)).to_be_visible()
    other.expect_code(EDITED)
    assert other.state == "idle"
    assert LiveBlock(other.page, 1).get("code") != EDITED
    other.run().expect_text("é from the link")
    other.button("Reset").click()
    assert "tokens" in other.get("code")


def test_an_app_that_starts_by_itself_does_not_with_a_link(page: Page, behaviour_site: str) -> None:
    url = f"{behaviour_site}by-itself.html"
    block = LiveBlock.open(page, url, 1)
    block.stop()
    link = link_to(block, EDITED)
    opened = LiveBlock.open(page.context.new_page(), link, 1)
    expect(opened.element.get_by_text(FROM_LINK)).to_be_visible()
    expect(opened.element).to_be_in_viewport()
    assert opened.state == "idle"


def test_a_link_leaves_the_readers_own_edits(orders: LiveBlock, page: Page) -> None:
    link = link_to(orders, EDITED)
    other = LiveBlock.open(page.context.new_page(), page.url)
    other.edit("mine = 1\n")
    other.page.evaluate(FOLLOW, link.partition("#")[2])
    asked = other.element.get_by_text("brought other code than what you have edited")
    expect(asked).to_be_visible()
    assert other.get("code") == "mine = 1\n"
    other.button("Keep mine").click()
    expect(asked).to_be_hidden()
    assert other.get("code") == "mine = 1\n"
    other.page.reload()
    other.button("Show the link's code").click()
    expect(other.element.get_by_text(FROM_LINK)).to_be_visible()
    assert other.get("code") == EDITED


def test_a_damaged_link_is_told(orders: LiveBlock, page: Page, console: Console) -> None:
    console.expect("without reaching the stream end")  # Firefox tells of any stream that fails
    page.evaluate(FOLLOW, "asgi-live=AAAA")
    expect(orders.element.get_by_text("is damaged")).to_be_visible()


def test_a_link_to_what_is_gone_is_told(orders: LiveBlock, page: Page) -> None:
    link = link_to(LiveBlock(page, 1), EDITED)
    page.evaluate("() => document.querySelectorAll('asgi-live')[1].remove()")
    page.evaluate(FOLLOW, link.partition("#")[2])
    told = "about code which this page does not have any more"
    expect(orders.element.get_by_text(told)).to_be_visible()
