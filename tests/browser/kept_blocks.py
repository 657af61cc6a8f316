"""Blocks whose apps go on from test to test: a start takes longer than most tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .console import Console
from .interpreters import SAVES_DATA
from .live_block import LIMIT, LiveBlock

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Shows the app's first page, and waits for it.
LOAD_FIRST_PAGE = """
(element) => new Promise((resolve) => {
  const frame = element.shadowRoot.querySelector("iframe");
  frame.addEventListener("load", () => resolve(null), { once: true });
  frame.contentWindow.location.href = element.baseURL;
})
"""


class KeptBlocks:
    """Those of a browser, each in a profile of its own."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._kept: dict[tuple[str, int], tuple[LiveBlock, Console]] = {}

    def run(self, url: str, index: int, console: Console) -> LiveBlock:
        """Gives a block that runs and shows its app's first page; a test's console takes over."""
        kept = self._kept.get((url, index))
        block, heard = kept or self._start(url, index)
        if kept:
            self._tidy(block)
        else:
            self._kept[url, index] = block, heard
            console.errors += heard.errors
        heard.errors = console.errors
        return block

    def _start(self, url: str, index: int) -> tuple[LiveBlock, Console]:
        context = self._browser.new_context()
        context.set_default_timeout(LIMIT)
        context.add_init_script(SAVES_DATA)
        console = Console()
        console.watch(context)
        return LiveBlock.open(context.new_page(), url, index).run(), console

    def _tidy(self, block: LiveBlock) -> None:
        try:
            for page in block.page.context.pages:
                if page != block.page:
                    page.close()
            block.element.get_by_role("tab", name="Preview").click()
            block.evaluate(LOAD_FIRST_PAGE)
        except Exception:
            self.close(block)
            raise

    def close(self, block: LiveBlock) -> None:
        """Ends a block that a test may have left in disorder."""
        self._kept = {place: kept for place, kept in self._kept.items() if kept[0] is not block}
        block.page.context.close()

    def close_all(self) -> None:
        for block, _ in list(self._kept.values()):
            self.close(block)
