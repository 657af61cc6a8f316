"""The tab where a reader sends requests of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from .live_block import LiveBlock


class RequestPane:
    """The request pane of a block whose app has been started."""

    def __init__(self, block: LiveBlock) -> None:
        self.block = block
        self.tab = block.element.get_by_role("tab", name="Requests")
        self.panel = block.element.get_by_role("tabpanel", name="Requests")

    @classmethod
    def open(cls, block: LiveBlock) -> RequestPane:
        pane = cls(block)
        pane.tab.click()
        expect(pane.path).to_be_visible()
        return pane

    @property
    def page(self) -> Page:
        return self.block.page

    # What a reader does.

    def button(self, name: str) -> Locator:
        return self.panel.get_by_role("button", name=name, exact=True)

    def write(
        self, path: str, *, method: str = "GET", headers: str | None = None, body: str | None = None
    ) -> RequestPane:
        self.method.select_option(method)
        self.path.fill(path)
        self.path.press("Escape")  # the list of routes lies over what is below
        for name, text in (("Headers", headers), ("Body", body)):
            if text is not None:
                self.unfold(name).fill(text)
        return self

    def unfold(self, name: str) -> Locator:
        field = self.panel.get_by_role("textbox", name=name, exact=True)
        if not field.is_visible():
            self.panel.locator("summary", has_text=re.compile(rf"^{name}$")).click()
        return field

    def send(self) -> RequestPane:
        self.path.press("Control+Enter")
        return self

    def start_from(self, name: str) -> None:
        self.panel.get_by_text("Start from").click()
        self.button(name).click()

    # What a reader sees.

    @property
    def method(self) -> Locator:
        return self.panel.get_by_role("combobox", name="Method")

    @property
    def path(self) -> Locator:
        return self.panel.get_by_role("combobox", name="Path")

    @property
    def routes(self) -> Locator:
        return self.panel.get_by_role("listbox").get_by_role("option")

    @property
    def answer(self) -> Locator:
        return self.panel.get_by_role("region", name="Answer", exact=True)

    @property
    def copies(self) -> Locator:
        return self.panel.get_by_role("group", name="Copy as")

    @property
    def tree(self) -> Locator:
        return self.answer.get_by_role("tree")

    @property
    def messages(self) -> Locator:
        return self.panel.get_by_role("log").locator(".message")

    def expect_status(self, text: str | re.Pattern[str]) -> RequestPane:
        expect(self.panel.get_by_role("status")).to_have_text(text)
        return self

    def expect_answered(self, status: str) -> RequestPane:
        return self.expect_status(re.compile(rf"^{status} in [\d.]+ ms, [\d.]+ k?B\.$"))
