"""What a browser complains about while a test runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


# What Firefox says of every navigation that a service worker answers with a redirect.
FIREFOX_REDIRECTED = r"^Failed to load .* A ServiceWorker intercepted the request"

# What Firefox says when a worker is terminated in the middle of a loop.
FIREFOX_ENDED_WORKER = r"^undefined$"

# What a worker says in Chromium that is terminated while it waits for a file.
CHROMIUM_ENDED_WORKER = r"^NetworkError: Failed to execute 'send' on 'XMLHttpRequest'"

# What Firefox says of a frame's navigation whose app ends before it has answered: two quotation
# marks, and nothing in them.
FIREFOX_CUT_OFF = r"^Failed to load ..\. A ServiceWorker intercepted the request"


class Console:
    """Errors of all pages, frames and workers of a context; an unexpected one fails the test."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self._expected: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        context.on(
            "console",
            lambda message: (
                self.errors.append(f"{message.text} ({message.location.get('url')})")
                if message.type == "error"
                else None
            ),
        )
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def expect(self, pattern: str) -> None:
        """States an error that belongs to what the test does."""
        self._expected.append(pattern)

    def unexpected(self) -> list[str]:
        return [
            error
            for error in self.errors
            if not any(re.search(pattern, error) for pattern in self._expected)
        ]
