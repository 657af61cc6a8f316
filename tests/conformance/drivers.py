"""One way to open a page and ask it, whatever drives the browser."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any, Protocol

from ..browser import engines
from ..browser.interpreters import SAVES_DATA
from .webkit import webkit_driver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, Playwright

ENGINES = (*engines.ENGINES, "webkit")


class Driver(Protocol):
    version: str

    def open(self, url: str) -> None: ...

    def evaluate(self, expression: str) -> Any: ...

    def hold_caches(self, url: str) -> None: ...


class PlaywrightDriver:
    def __init__(self, page: Page, version: str) -> None:
        self._page = page
        self.version = version

    def open(self, url: str) -> None:
        self._page.goto(url)

    def evaluate(self, expression: str) -> Any:
        return self._page.evaluate(expression)

    def hold_caches(self, url: str) -> None:
        """Nothing to do: what a page keeps outlasts it."""


@contextlib.contextmanager
def drive(engine: str, playwright: Playwright, proxy_port: int) -> Iterator[Driver]:
    """Starts a browser with a fresh profile."""
    if engine == "webkit":
        with webkit_driver() as driver:
            yield driver
        return
    browser = engines.launch(playwright, engine, proxy_port)
    try:
        yield PlaywrightDriver(browser.new_page(), browser.version)
    finally:
        browser.close()


def open_thriftily(driver: Driver, url: str) -> None:
    """Opens a page that makes no interpreters ahead."""
    driver.open(url)
    driver.evaluate(f"void (() => {{ {SAVES_DATA} }})()")


def wait(driver: Driver, condition: str, limit: float) -> None:
    """Waits until a JavaScript expression gives something true, at most `limit` seconds.

    Raises:
        TimeoutError: It did not.
    """
    end = time.monotonic() + limit
    while not driver.evaluate(condition):
        if time.monotonic() > end:
            raise TimeoutError(f"not within {limit:.0f} s: {condition}")
        time.sleep(0.02)  # the browser is another process: nothing here can be waited for
