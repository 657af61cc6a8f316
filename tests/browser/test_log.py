"""The log, as a reader uses it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from .console import Console
    from .live_block import LiveBlock

pytestmark = [pytest.mark.browser, pytest.mark.thrifty, pytest.mark.alike]

APP = r"""
import asyncio
import json
import logging
import sys

logging.basicConfig(level="INFO", format="%(levelname)s: %(message)s")
released = asyncio.Event()
LIMIT = {"loc": ["query", "limit"], "msg": "Input should be a valid integer", "input": "abc"}


async def app(scope, receive, send):
    assert scope["type"] == "http"
    path = scope["path"].removeprefix(scope["root_path"])
    status, kind, parts = 200, b"text/plain", [b"at " + path.encode()]
    if path == "/colours":
        for code in [*range(30, 38), *range(90, 98)]:
            print(f"\x1b[{code}mcolour {code}\x1b[0m \x1b[{code + 10}mpaper {code}\x1b[0m")
        for code in [*range(16, 232, 7), 232, 244, 255]:
            print(f"\x1b[38;5;{code}mcolour {code}\x1b[0m \x1b[48;5;{code}mpaper {code}\x1b[0m")
        print("\x1b[1;2;3;4;7;9mall\x1b[0m \x1b[2mdim\x1b[0m \x1b[38;2;255;255;0mtrue\x1b[0m")
    elif path == "/log":
        print("printed", sys.stdout.isatty(), sys.stderr.isatty())
        logging.warning("logged")
    elif path == "/many":
        for number in range(100):
            print("line", number)
    elif path == "/refused":
        status, kind, parts = 422, b"application/json", [json.dumps({"detail": [LIMIT]}).encode()]
    elif path == "/broken":
        parse("{")
    elif path == "/stream":
        parts = [b"12345", b"6789"]
    elif path == "/release":
        released.set()
    headers = [(b"content-type", kind)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    for part in parts:
        await send({"type": "http.response.body", "body": part, "more_body": True})
        if path == "/stream":
            await released.wait()
    await send({"type": "http.response.body"})


def parse(text):
    return json.loads(text)
"""

REFUSE_TO_COPY = """
() => Object.defineProperty(navigator, "clipboard", {
  value: { writeText: () => Promise.reject(new DOMException("no", "NotAllowedError")) },
})
"""

# What a browser makes of a text's colour and of all that lies below it, as contrasts (WCAG 2).
CONTRASTS = """
(lines, [ink, paper]) => {
  const host = lines.getRootNode().host;
  Object.assign(host.style, { color: ink, background: paper });
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  const painted = (...colors) => {
    for (const color of colors) {
      brush.fillStyle = color;
      brush.fillRect(0, 0, 1, 1);
    }
    return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const linear = (part) =>
    part <= 10.31475 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4;
  const light = (color) => {
    const [r, g, b] = color.map(linear);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  return [...lines.querySelectorAll("span, .response b")].map((span) => {
    const { color, backgroundColor } = getComputedStyle(span);
    const below = painted(paper, backgroundColor);
    const above = painted(`rgb(${below})`, color);
    const [a, b] = [light(below), light(above)];
    return [span.textContent, Math.max(a, b) / Math.min(a, b), span.closest(".response") === null];
  });
}
"""


@pytest.fixture
def block(counter: LiveBlock) -> LiveBlock:
    counter.set_code(APP)
    counter.run().expect_text("at /")
    return counter


@pytest.fixture
def log(block: LiveBlock) -> Locator:
    return block.show_log()


def lines(log: Locator) -> Locator:
    return log.get_by_role("log")


def entry(log: Locator, text: str | re.Pattern[str]) -> Locator:
    return lines(log).locator(".entry").filter(has_text=text)


def test_a_line_for_each_request(block: LiveBlock, log: Locator) -> None:
    block.fetch("/items?q=1")
    expect(entry(log, "/items")).to_have_text(
        re.compile(r"^GET /items\?q=1 → 200 · [\d.]+ ms · 9 B$")
    )


def test_a_stream_tells_its_size_at_its_end(block: LiveBlock, log: Locator) -> None:
    block.evaluate(
        """(element) => {
          window.whole = element.fetch("/stream").then((response) => response.text());
        }"""
    )
    expect(entry(log, "/stream")).to_have_text(re.compile(r"ms · going on$"))
    block.fetch("/release")
    expect(entry(log, "/stream")).to_have_text(re.compile(r"ms · 9 B$"))
    assert block.page.evaluate("whole") == "123456789"


def test_a_stream_that_its_reader_leaves(block: LiveBlock, log: Locator) -> None:
    block.evaluate(
        """async (element) => {
          const reader = (await element.fetch("/stream")).body.getReader();
          await reader.read();
          await reader.cancel();
        }"""
    )
    expect(entry(log, "/stream")).to_have_text(re.compile(r"ms · cut off after 5 B$"))


def test_a_refusal_tells_which_parameter_is_wrong(block: LiveBlock, log: Locator) -> None:
    block.fetch("/refused")
    expect(entry(log, "/refused")).to_contain_text("→ 422 Unprocessable")
    expect(entry(log, "/refused")).to_contain_text(
        "query limit: Input should be a valid integer (was 'abc')"
    )


def test_the_response_event_has_the_size(block: LiveBlock) -> None:
    sizes = block.evaluate(
        """async (element) => {
          const sizes = [];
          const told = new Promise((resolve) => {
            element.addEventListener("asgi-live:response", ({ detail }) => {
              sizes.push([detail.path, detail.size]);
              if (detail.path === "/stream") resolve();
            });
          });
          await (await element.fetch("/items")).text();
          const stream = await element.fetch("/stream");
          await told;
          await stream.body.cancel();
          return sizes;
        }"""
    )
    # The app has sent the body of both in parts.
    assert [path for path, _ in sizes] == ["/items", "/stream"]
    assert sizes[1] == ["/stream", None]


def test_output_is_that_of_a_terminal(block: LiveBlock, log: Locator) -> None:
    block.fetch("/log")
    expect(entry(log, "printed")).to_have_text("printed True True")
    expect(entry(log, "logged")).to_have_text("WARNING: logged")


LIGHT = [("#000", "#fff"), ("#222832", "#fff"), ("rgba(0, 0, 0, 0.87)", "#f5f5f5")]
DARK = [("#cfd0d0", "#131416"), ("#ced6dd", "#14181e"), ("#dfe0e6", "#1e2129")]


@pytest.mark.parametrize(("ink", "paper"), LIGHT + DARK)
def test_all_colours_can_be_read(block: LiveBlock, log: Locator, ink: str, paper: str) -> None:
    block.fetch("/colours")
    expect(entry(log, re.compile("^all dim true$"))).to_be_visible()
    block.fetch("/refused")
    expect(entry(log, "/refused")).to_be_visible()
    contrasts: list[tuple[str, float, bool]] = lines(log).evaluate(CONTRASTS, [ink, paper])
    assert sum(is_output for _, _, is_output in contrasts) == 2 * (16 + 34) + 3
    assert {"200", "422"} <= {text.partition(" ")[0] for text, *_ in contrasts}
    assert [each for each in contrasts if each[1] < 4.5] == []


def test_a_traceback_leads_to_the_code(block: LiveBlock, log: Locator, console: Console) -> None:
    console.expect(r"status of 500")
    block.evaluate(
        """(element) => {
          window.places = [];
          element.addEventListener("asgi-docs.goto", ({ detail }) => window.places.push(detail));
        }"""
    )
    block.fetch("/broken")
    traceback = entry(log, "Traceback")
    expect(traceback).to_contain_text("JSONDecodeError: Expecting property name")
    places = traceback.get_by_role("button")
    line = APP.splitlines().index("    return json.loads(text)") + 1
    expect(places.last).to_have_text(f'File "/app/main.py", line {line}')
    places.last.click()
    expect(block.element.locator(".error-line")).to_have_text("return json.loads(text)")
    places.first.focus()
    block.page.keyboard.press("Enter")
    expect(block.element.locator(".error-line")).to_have_text('parse("{")')
    first = APP.splitlines().index('        parse("{")') + 1
    assert block.page.evaluate("places") == [
        {"file": "main.py", "line": line},
        {"file": "main.py", "line": first},
    ]


def test_frames_of_libraries_are_folded(block: LiveBlock, log: Locator, console: Console) -> None:
    console.expect(r"status of 500")
    block.fetch("/broken")
    traceback = entry(log, "Traceback")
    frame = traceback.get_by_text("json/decoder.py").first
    expect(traceback.get_by_text("in parse")).to_be_visible()
    expect(frame).to_be_hidden()
    summary = traceback.get_by_text(re.compile(r"^… \d frames of json$"))
    summary.focus()
    block.page.keyboard.press("Enter")
    expect(frame).to_be_visible()


def test_filter_kinds_and_clear(block: LiveBlock, log: Locator) -> None:
    block.fetch("/log")
    block.fetch("/items")
    expect(entry(log, "/items")).to_be_visible()

    log.get_by_role("searchbox", name="Show only what has this text").fill("PRINTED")
    expect(entry(log, "printed")).to_be_visible()
    expect(entry(log, "/items")).to_be_hidden()
    expect(log).to_contain_text("hidden.")
    log.get_by_role("searchbox").fill("")

    requests = log.get_by_role("button", name="Requests")
    expect(requests).to_have_attribute("aria-pressed", "true")
    requests.click()
    expect(requests).to_have_attribute("aria-pressed", "false")
    expect(entry(log, "/items")).to_be_hidden()
    expect(entry(log, "printed")).to_be_visible()
    requests.press("Enter")
    expect(entry(log, "/items")).to_be_visible()

    log.get_by_role("button", name="Clear").click()
    expect(lines(log)).to_have_text(re.compile("^Nothing yet: "))


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_copy(block: LiveBlock, log: Locator, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block.fetch("/log")
    expect(entry(log, "logged")).to_be_visible()
    log.get_by_role("button", name="Requests").click()
    log.get_by_role("button", name="Copy").click()
    expect(log.get_by_role("status")).to_have_text("2 lines copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "printed True True\nWARNING: logged\n"


def test_a_browser_that_refuses_to_copy(block: LiveBlock, log: Locator, page: Page) -> None:
    page.evaluate(REFUSE_TO_COPY)
    block.fetch("/log")
    expect(entry(log, "logged")).to_be_visible()
    log.get_by_role("button", name="Copy").click()
    expect(log.get_by_role("status")).to_contain_text("does not let this page copy")


def test_the_log_follows_only_who_is_at_its_end(block: LiveBlock, log: Locator) -> None:
    def place() -> Any:
        return lines(log).evaluate(
            "(e) => [e.scrollTop, e.scrollHeight - e.clientHeight - e.scrollTop]"
        )

    block.fetch("/many")
    block.fetch("/one")
    expect(entry(log, "/one")).to_be_visible()
    assert place()[1] <= 1

    lines(log).evaluate("(e) => { e.scrollTop = 100; }")
    block.fetch("/many")
    block.fetch("/two")
    expect(entry(log, "/two")).to_have_count(1)
    assert place()[0] == 100
