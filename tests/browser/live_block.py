"""A live block as a reader and as a script meet it."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from ..replay.recording import Answer

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Locator, Page

    from ..replay.recording import HeaderPairs

# On a slow machine; the driver itself never ends a script.
LIMIT = 60_000

BOUNDED = """
(element, [argument, limit]) => Promise.race([
  (%s)(element, argument),
  new Promise((_, reject) => setTimeout(
    () => reject(new Error(`no answer within ${limit} ms`)), limit)),
])
"""

WAIT_STATE = """
(element, wanted) => new Promise((resolve, reject) => {
  const check = () => {
    if (element.state === wanted) resolve();
    // The log is written a moment later.
    else if (element.state === "failed") setTimeout(() => reject(new Error(
      ["status", "log"].map((role) =>
        element.shadowRoot.querySelector(`[role="${role}"]`).textContent.slice(-3000)).join(": "))),
      1000);
    else return false;
    element.removeEventListener("asgi-live:statechange", check);
    return true;
  };
  if (!check()) element.addEventListener("asgi-live:statechange", check);
})
"""

# Bytes travel as base64: the driver's own encoding of a typed array is slow.
SEND = """
async (ask, [url, method, headers, body]) => {
  const bytes = body === null ? undefined : Uint8Array.from(atob(body), (c) => c.charCodeAt(0));
  const response = await ask(url, { method, headers, body: bytes, redirect: "manual" });
  const data = new Uint8Array(await response.arrayBuffer());
  let text = "";
  for (const byte of data) text += String.fromCharCode(byte);
  return {
    type: response.type,
    status: response.status,
    headers: response.rawHeaders ?? [...response.headers],
    body: btoa(text),
  };
}
"""


# The `fetch` of the app's page, once that page is there.
FRAME_FETCH = """
async (element) => {
  const { contentWindow: frame } = element.shadowRoot.querySelector("iframe");
  const ready = () => frame.location.href.startsWith(element.baseURL)
    && frame.document.readyState === "complete";
  while (!ready()) await new Promise(requestAnimationFrame);
  return frame.fetch.bind(frame);
}
"""


class LiveBlock:
    """One `<asgi-live>` element of a page that is open."""

    def __init__(self, page: Page, index: int = 0) -> None:
        self.page = page
        self.element = page.locator("asgi-live").nth(index)

    @classmethod
    def open(cls, page: Page, url: str, index: int = 0) -> LiveBlock:
        page.goto(url)
        # A promise for the class itself cannot travel to the driver.
        page.evaluate("customElements.whenDefined('asgi-live').then(() => null)")
        return cls(page, index)

    # What a reader does.

    def button(self, name: str) -> Locator:
        return self.element.get_by_role("button", name=re.compile(rf"^{name}\b"))

    def run(self) -> LiveBlock:
        self.button("Run").click()
        return self.wait_state("running")

    def go(self, path: str) -> None:
        self.address.fill(path)
        self.address.press("Enter")

    def show_log(self) -> Locator:
        self.element.get_by_role("tab", name="Log").click()
        return self.element.get_by_role("tabpanel", name="Log")

    def edit(self, source: str) -> None:
        self.button("Edit").click()
        self.type_over(source)

    def type_over(self, source: str) -> None:
        """Replaces all of the file that the editor shows."""
        self.editor.press("ControlOrMeta+a")
        # A driver's insertion at once leaves or takes an empty line at the beginning.
        self.editor.press("Delete")
        text = source.lstrip("\n")
        for _ in range(len(source) - len(text)):
            self.editor.press("Enter")
        if text:
            self.page.keyboard.insert_text(text)

    def open_file(self, name: str) -> None:
        self.file_tab(name).click()

    def file_tab(self, name: str) -> Locator:
        return self.element.get_by_role("tab", name=name, exact=True)

    # What a reader sees.

    @property
    def address(self) -> Locator:
        return self.element.get_by_role("textbox", name="Address").first

    @property
    def editor(self) -> Locator:
        return self.element.get_by_role("textbox", name="Code of")

    @property
    def status(self) -> Locator:
        return self.element.get_by_role("status").first

    @property
    def frame(self) -> FrameLocator:
        return self.element.locator("iframe").first.content_frame

    def expect_code(self, source: str) -> None:
        """What the editor shows of a file that is not long."""
        expect(self.editor.locator(".cm-line")).to_have_text(source.removesuffix("\n").split("\n"))

    def expect_address(self, path: str | re.Pattern[str]) -> None:
        expect(self.address).to_have_value(path)

    def expect_text(self, text: str | re.Pattern[str]) -> None:
        expect(self.frame.locator("body")).to_contain_text(text)

    # What a script does.

    @property
    def state(self) -> str:
        return str(self.get("state"))

    @property
    def base_url(self) -> str:
        return str(self.get("baseURL"))

    def get(self, name: str) -> Any:
        return self.evaluate("(element, name) => element[name]", name)

    def evaluate(self, function: str, argument: Any = None) -> Any:
        """Calls a JavaScript function of the element and one argument."""
        return _evaluate(self.element, function, argument)

    def set_code(self, source: str) -> None:
        self.evaluate("(element, source) => { element.code = source; }", source)

    def wait_state(self, state: str) -> LiveBlock:
        self.evaluate(WAIT_STATE, state)
        return self

    def start(self) -> LiveBlock:
        self.evaluate("(element) => element.start()")
        return self

    def start_error(self) -> str:
        """Starts an app that cannot start; gives the stage and the message."""
        error: str | None = self.evaluate(
            """(element) => element.start().then(
              () => null, (error) => `${error.stage}: ${error.message}`)"""
        )
        assert error is not None, "start() resolved"
        return error

    def stop(self) -> None:
        self.evaluate("(element) => element.stop()")

    def restart(self) -> None:
        self.evaluate("(element) => element.restart()")

    def fetch(
        self,
        path: str,
        *,
        method: str = "GET",
        headers: HeaderPairs | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Asks the app through the element."""
        answer = self.evaluate(
            f"(element, args) => ({SEND})(element.fetch.bind(element), args)",
            _arguments(path, method, headers, body),
        )
        return _answer(answer)

    def fetch_in_frame(
        self,
        path: str,
        *,
        method: str = "GET",
        headers: HeaderPairs | None = None,
        body: bytes | None = None,
    ) -> Answer | None:
        """Asks the app as its own page does, through the service worker.

        Returns:
            None for a redirect, which a page can follow but not read.
        """
        url = self.base_url.rstrip("/") + path
        answer = self.evaluate(
            f"async (element, args) => ({SEND})(await ({FRAME_FETCH})(element), args)",
            _arguments(url, method, headers, body),
        )
        return None if answer["type"] == "opaqueredirect" else _answer(answer)


def _evaluate(element: Locator, function: str, argument: Any) -> Any:
    return element.evaluate(BOUNDED % function, [argument, LIMIT])


def _arguments(url: str, method: str, headers: HeaderPairs | None, body: bytes | None) -> list[Any]:
    encoded = None if body is None else base64.b64encode(body).decode()
    return [url, method, [list(pair) for pair in headers or []], encoded]


def _answer(answer: dict[str, Any]) -> Answer:
    headers = [(name, value) for name, value in answer["headers"]]
    return Answer(answer["status"], headers, base64.b64decode(answer["body"]))
