"""A documented request as a reader meets it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


class ShownRequest:
    """One `<asgi-request>` element of a page that is open."""

    def __init__(self, page: Page, label: str) -> None:
        self.page = page
        self.label = label
        # By what the author wrote, which no edit changes.
        method, target = label.split(" ")
        self.element = page.locator(
            f'asgi-request[data-request*=\'"method":"{method}"\'][data-request*=\'"target":"{target}"\']'
        )

    def button(self, name: str) -> Locator:
        return self.element.get_by_role("button", name=name, exact=True)

    def send(self) -> ShownRequest:
        self.button("Send").click()
        return self

    def edit(self, text: str) -> None:
        self.button("Edit").click()
        self.editor.fill(text)

    @property
    def editor(self) -> Locator:
        return self.element.get_by_role("textbox", name=f"Request {self.label}")

    @property
    def answer(self) -> Locator:
        return self.element.get_by_role("region", name=f"Answer to {self.label}")

    @property
    def recorded(self) -> Locator:
        return self.element.locator(".asgi-request-answer")

    def expect_status(self, text: str | re.Pattern[str]) -> None:
        expect(self.element.get_by_role("status")).to_have_text(text)

    def expect_as_recorded(self, status: str) -> None:
        self.expect_status(re.compile(rf"^{status} in [\d.]+ ms\. As recorded\.$"))
