"""What a reader does with a running app: edit, stop, restart, read its log."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .console import FIREFOX_ENDED_WORKER
from .live_block import LiveBlock

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .console import Console

pytestmark = [pytest.mark.browser, pytest.mark.thrifty, pytest.mark.alike]

SLOW = """
import asyncio
released = asyncio.Event()

async def app(scope, receive, send):
    assert scope["type"] == "http"
    path = scope["path"].removeprefix(scope["root_path"])
    if path == "/slow":
        await released.wait()
    elif path == "/release":
        released.set()
    headers = [(b"content-type", b"text/plain")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": f"at {path}".encode()})
"""

EDITED = """
async def app(scope, receive, send):
    assert scope["type"] == "http"
    headers = [(b"content-type", b"text/plain")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"edited"})
"""


SHUTS_DOWN = """\
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        print("the shop is closed")
        await send({"type": "lifespan.shutdown.complete"})
    else:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"open"})
"""


def test_edited_code_runs(counter: LiveBlock) -> None:
    counter.run().expect_text("The count is 0.")

    counter.edit(EDITED)
    counter.editor.press("Control+Enter")

    counter.expect_text("edited")
    assert counter.get("code") == EDITED
    assert counter.state == "running"


def test_code_is_edited_before_the_first_run(counter: LiveBlock) -> None:
    counter.edit(EDITED)
    counter.run().expect_text("edited")


def test_a_slash_is_the_readers_and_not_the_pages_shortcut(counter: LiveBlock, page: Page) -> None:
    # Sphinx' pages go to their search at a "/", unless the focus is in a text field that they see.
    counter.button("Edit").click()
    counter.type_over("")
    page.keyboard.type("a/b")
    counter.expect_code("a/b")

    counter.button("Reset").click()
    counter.run().expect_text("The count is 0.")
    counter.address.select_text()
    page.keyboard.type("/count")
    page.keyboard.press("Enter")
    counter.expect_address("/count")


def test_output_and_tracebacks_are_in_the_log(counter: LiveBlock, console: Console) -> None:
    console.expect(r"^Failed to load resource: .* status of 500")
    counter.run()
    counter.go("/print")
    counter.expect_text("printed")
    counter.go("/error")
    log = counter.show_log()

    expect(log).to_contain_text("to stdout")
    expect(log).to_contain_text("to stderr")
    expect(log).to_contain_text("ValueError: a reader's error")
    expect(log).to_contain_text('main.py", line 20, in app')
    expect(log).not_to_contain_text("asgi_docs_runtime")


def test_stop_ends_the_app_and_run_starts_afresh(counter: LiveBlock) -> None:
    counter.run()
    assert counter.fetch("/count").body == b"1"

    counter.button("Stop").click()
    counter.wait_state("stopped")
    expect(counter.status).to_contain_text("Stopped")

    counter.run()
    assert counter.fetch("/count").body == b"1"


def test_the_apps_shutdown_runs_and_is_heard(counter: LiveBlock) -> None:
    counter.edit(SHUTS_DOWN)
    counter.run().expect_text("open")
    counter.button("Stop").click()
    counter.wait_state("stopped")
    expect(counter.show_log()).to_contain_text("the shop is closed")


def test_restart_forgets_the_state_and_keeps_the_page(counter: LiveBlock) -> None:
    counter.run()
    base_url = counter.base_url
    for number in (1, 2):
        counter.go("/count")
        counter.expect_text(str(number))

    counter.button("Restart").click()

    counter.expect_text("1")
    counter.expect_address("/count")
    counter.wait_state("running")
    assert counter.base_url == base_url


def test_an_arrival_leaves_the_address_alone_that_is_being_typed(counter: LiveBlock) -> None:
    counter.set_code(SLOW)
    counter.run().expect_text("at /")
    counter.go("/slow")
    counter.address.fill("/typed")
    counter.fetch("/release")
    counter.expect_text("at /slow")

    counter.expect_address("/typed")
    counter.address.press("Enter")
    counter.expect_text("at /typed")


@pytest.mark.parametrize("way", ["Stop", "Restart"])
def test_an_endless_loop_in_a_request_is_ended(
    counter: LiveBlock, console: Console, way: str
) -> None:
    """And is not asked for again: what opens is the last page that the app answered with."""
    console.expect(r"^Failed to load resource: .* status of 503 .*/loop")
    console.expect(FIREFOX_ENDED_WORKER)
    counter.run()
    counter.go("/loop")

    counter.button(way).click()
    if way == "Stop":
        counter.wait_state("stopped")
        counter.run()
    else:
        counter.wait_state("starting")
        counter.wait_state("running")

    counter.expect_text("The count is 0.")


def test_an_endless_loop_at_import_is_ended(counter: LiveBlock, console: Console) -> None:
    console.expect(FIREFOX_ENDED_WORKER)
    good = counter.get("code")
    counter.set_code(f'print("looping")\nwhile True:\n    pass\n{good}')
    counter.evaluate(
        """(element) => element.addEventListener("asgi-live:output", (event) => {
          element.dataset.output = event.detail.text;
        })"""
    )
    counter.button("Run").click()
    expect(counter.element).to_have_attribute("data-output", re.compile("looping"))
    assert counter.state == "starting"

    counter.button("Stop").click()
    counter.wait_state("stopped")

    counter.set_code(good)
    counter.run().expect_text("The count is 0.")


LACKS_MEMORY = """
{
  let left = %d;
  const failed = { type: "failed", stage: "download", message: "out of memory" };
  const script = URL.createObjectURL(new Blob(
    [`postMessage(${JSON.stringify(failed)});`], { type: "text/javascript" }));
  globalThis.Worker = class extends Worker {
    constructor(url, options) {
      const isPython = String(url).endsWith("/python-worker.js");
      super(isPython && left-- > 0 ? script : url, options);
    }
  };
}
"""


def test_memory_that_comes_back_is_waited_for(page: Page, behaviour_site: str) -> None:
    page.add_init_script(LACKS_MEMORY % 1)
    LiveBlock.open(page, f"{behaviour_site}counter.html").run().expect_text("The count is 0.")


def test_whose_failure_it_is_is_told(page: Page, behaviour_site: str) -> None:
    page.add_init_script(LACKS_MEMORY % 2)
    block = LiveBlock.open(page, f"{behaviour_site}counter.html")
    block.button("Run").click()
    expect(block.status).to_have_text("Python could not be downloaded.")
    expect(block.status).to_have_attribute("data-failure", "python")
    expect(block.show_log()).to_contain_text("out of memory")
    good = block.get("code")
    block.set_code("raise RuntimeError('no tea')")
    block.button("Try again").click()
    expect(block.status).to_have_text("The app could not be imported.")
    expect(block.status).to_have_attribute("data-failure", "app")
    block.set_code(good)
    block.button("Try again").click()
    block.wait_state("running")
    expect(block.status).not_to_have_attribute("data-failure", "app")
