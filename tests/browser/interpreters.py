"""Counts the Python workers of a page, or keeps them few."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Then the page makes nothing ahead, as for a reader who saves data: two interpreters less a test.
SAVES_DATA = """
Object.defineProperty(Navigator.prototype, "connection", { value: { saveData: true } });
"""

# The driver of Firefox does not tell of workers.
WATCH = """
globalThis.interpreters = { made: 0, alive: 0, prepared: 0, restored: 0 };
globalThis.Worker = class extends Worker {
  constructor(...options) {
    super(...options);
    if (!String(options[0]).endsWith("/python-worker.js")) return;
    interpreters.made += 1;
    interpreters.alive += 1;
    this.isEnded = false;
    this.addEventListener("message", ({ data }) => {
      if (data.type !== "prepared") return;
      interpreters.prepared += 1;
      if (data.isRestored) interpreters.restored += 1;
    });
  }
  terminate() {
    if (this.isEnded === false) interpreters.alive -= 1;
    this.isEnded = true;
    super.terminate();
  }
};
"""


class Interpreters:
    """Those of the page's documents from the next one on."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.add_init_script(WATCH)

    @property
    def made(self) -> int:
        return int(self._page.evaluate("interpreters.made"))

    @property
    def restored(self) -> int:
        """How many of them went on from a snapshot."""
        return int(self._page.evaluate("interpreters.restored"))

    @property
    def alive(self) -> int:
        return int(self._page.evaluate("interpreters.alive"))

    def wait_for_spare(self, number: int = 1) -> None:
        """Waits until so many interpreters more than apps have been ready for an app."""
        self._page.wait_for_function(
            """(number) => {
              const running = document.querySelectorAll('asgi-live[state="running"]').length;
              const { alive, prepared, made } = interpreters;
              return alive === running + number && prepared === made;
            }""",
            arg=number,
        )
