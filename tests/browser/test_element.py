"""The element's public interface, as scripts of a page use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .console import CHROMIUM_ENDED_WORKER, FIREFOX_CUT_OFF, FIREFOX_ENDED_WORKER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from .console import Console
    from .live_block import LiveBlock
    from .static_server import StaticServer

pytestmark = [pytest.mark.browser, pytest.mark.thrifty, pytest.mark.alike]

RECORD_EVENTS = """
window.events = [];
for (const name of ["statechange", "response", "output"]) {
  document.addEventListener(`asgi-live:${name}`, (event) => {
    window.events.push([name, event.target.state, event.detail ?? null]);
  });
}
"""


def test_state_and_start_stop_restart(counter: LiveBlock, console: Console) -> None:
    # The preview was still loading, and the app reading, when restart() took the app away.
    console.expect(r"^Failed to load resource: .* status of 503")
    for pattern in (FIREFOX_CUT_OFF, FIREFOX_ENDED_WORKER, CHROMIUM_ENDED_WORKER):
        console.expect(pattern)
    assert counter.state == "idle"
    states = counter.evaluate(
        """async (element) => {
          const states = [element.state];
          element.addEventListener("asgi-live:statechange", () => states.push(element.state));
          await element.start();
          states.push("started");
          await element.restart();
          states.push("restarted");
          await element.stop();
          return states;
        }"""
    )
    assert states[:4] == ["idle", "starting", "running", "started"]
    assert states[-3:] == ["running", "restarted", "stopped"]
    assert "failed" not in states


def test_start_twice_is_one_start(counter: LiveBlock) -> None:
    counts = counter.evaluate(
        """async (element) => {
          await Promise.all([element.start(), element.start()]);
          const first = await (await element.fetch("/count")).text();
          await element.start();
          return [first, await (await element.fetch("/count")).text()];
        }"""
    )
    assert counts == ["1", "2"]


def test_fetch_gives_the_apps_own_headers(counter: LiveBlock) -> None:
    answer = counter.start().fetch("/")

    assert answer.status == 200
    assert answer.headers == [
        ("content-type", "text/plain; charset=utf-8"),
        ("x-twice", "1"),
        ("x-twice", "2"),
        ("set-cookie", "a=1; Path=/"),
        ("set-cookie", "b=2; Path=/"),
    ]
    assert answer.body == b"The count is 0."


def test_fetch_streams(counter: LiveBlock) -> None:
    counter.set_code(
        "import asyncio\n"
        "async def app(scope, receive, send):\n"
        "    assert scope['type'] == 'http'\n"
        "    await send({'type': 'http.response.start', 'status': 200, 'headers': []})\n"
        "    await send({'type': 'http.response.body', 'body': b'first', 'more_body': True})\n"
        "    await asyncio.Event().wait()\n"
    )
    first = counter.start().evaluate(
        """async (element) => {
          const reader = (await element.fetch("/")).body.getReader();
          const { value } = await reader.read();
          await reader.cancel();
          return new TextDecoder().decode(value);
        }"""
    )
    assert first == "first"


def test_an_aborted_fetch_rejects(counter: LiveBlock) -> None:
    name = counter.start().evaluate(
        """async (element) => {
          const controller = new AbortController();
          const waiting = element.fetch("/wait", { signal: controller.signal });
          controller.abort();
          return waiting.then(() => "resolved", (error) => error.name);
        }"""
    )
    assert name == "AbortError"
    assert counter.fetch("/count").body == b"1"


def test_fetch_keeps_the_path(counter: LiveBlock) -> None:
    counter.set_code(
        "async def app(scope, receive, send):\n"
        "    assert scope['type'] == 'http'\n"
        "    mount = scope['root_path'].encode()\n"
        "    body = scope['raw_path'].removeprefix(mount) + b'?' + scope['query_string']\n"
        "    await send({'type': 'http.response.start', 'status': 200, 'headers': []})\n"
        "    await send({'type': 'http.response.body', 'body': body})\n"
    )
    counter.start()
    for path in ["/", "/a:b", "/a%20b/?q=%C3%A9#no", "/a//b", "/%7Bx%7D"]:
        asked, _, query = path.partition("#")[0].partition("?")
        assert counter.fetch(path).body.decode() == f"{asked}?{query}"


def test_fetch_without_an_app_rejects(counter: LiveBlock) -> None:
    message = counter.evaluate(
        "(element) => element.fetch('/').then(() => null, (error) => error.message)"
    )
    assert message == "The app is not running."


def test_base_url_is_below_the_output_folder(counter: LiveBlock, behaviour_site: str) -> None:
    assert counter.start().base_url.startswith(f"{behaviour_site}_static/asgi-docs/")
    assert counter.base_url.endswith("/")


def test_code_and_files(counter: LiveBlock) -> None:
    code = counter.get("code")
    assert counter.get("files") == {"main.py": code}
    assert code.startswith("import asyncio\n")

    counter.set_code("changed = True\n")

    assert counter.get("code") == "changed = True\n"
    assert counter.get("files") == {"main.py": "changed = True\n"}


def test_events(counter: LiveBlock, page: Page) -> None:
    page.evaluate(RECORD_EVENTS)
    counter.start().fetch("/print")
    page.wait_for_function("events.filter(([name]) => name === 'response').length > 0")
    counter.stop()

    events = page.evaluate("events")
    states = [state for name, state, _ in events if name == "statechange"]
    assert states == ["starting", "running", "stopped"]
    output = {"stdout": "", "stderr": ""}
    for name, _, detail in events:
        if name == "output":
            output[detail["stream"]] += detail["text"]
    assert output["stdout"].rstrip() == "to stdout"
    assert output["stderr"].rstrip() == "to stderr"
    responses = [detail for name, _, detail in events if name == "response"]
    printed = next(detail for detail in responses if detail["path"] == "/print")
    assert printed["method"] == "GET"
    assert printed["status"] == 200
    assert 0 <= printed["duration"] < 10_000


def test_start_rejects_with_the_stage_import(counter: LiveBlock) -> None:
    good = counter.get("code")
    for code, expected in [
        ("def app(:\n", "SyntaxError"),
        ("import no_such_module\n", "No module named 'no_such_module'"),
        ("application = 1\n", "app"),
    ]:
        counter.set_code(code)
        error = counter.start_error()
        assert error.startswith("import: ")
        assert expected in error
        assert counter.state == "failed"

    counter.set_code(good)
    assert counter.start().fetch("/count").body == b"1"


def test_start_rejects_with_the_stage_startup(counter: LiveBlock) -> None:
    counter.set_code(
        "async def app(scope, receive, send):\n"
        "    await receive()\n"
        "    await send({'type': 'lifespan.startup.failed', 'message': 'no database'})\n"
    )
    error = counter.start_error()
    assert error.startswith("startup: ")
    assert "no database" in error
    assert counter.state == "failed"


@pytest.fixture
def hide(server: StaticServer) -> Iterator[Callable[[str], None]]:
    yield server.hidden.add
    server.hidden.clear()


@pytest.mark.parametrize(
    "missing",
    ["/environments/", "/layers/fastapi-", "/layers/python-", "/pyodide.asm.wasm"],
)
def test_start_rejects_with_the_stage_download(
    open_block: Callable[[str], LiveBlock],
    behaviour_site: str,
    hide: Callable[[str], None],
    console: Console,
    missing: str,
) -> None:
    console.expect(r"^Failed to load")
    block = open_block(f"{behaviour_site}fastapi.html")
    hide(missing)
    error = block.start_error()
    assert error.startswith("download: ")
    assert missing in error
    assert block.state == "failed"
