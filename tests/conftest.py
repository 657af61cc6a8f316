"""What a test needs beyond Python is asked for by a flag; without flags nothing is needed."""

from __future__ import annotations

from typing import NamedTuple

import pytest


class Need(NamedTuple):
    marker: str
    flag: str
    help: str


NEEDS = [
    Need("browser", "--browsers", "run the tests that need Chromium and Firefox"),
    Need("node", "--node", "run the tests that need Node"),
    Need("network", "--network", "run the tests that need network"),
]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("asgi-docs")
    for need in NEEDS:
        group.addoption(need.flag, action="store_true", help=need.help)


def pytest_configure(config: pytest.Config) -> None:
    for need in NEEDS:
        config.addinivalue_line("markers", f"{need.marker}: skipped without {need.flag}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # Last, since they take longest; and Playwright's synchronous interface keeps an event loop
    # running in this thread until the session ends, beside which asyncio.run() starts no other.
    items.sort(key=lambda item: "browser" in item.keywords)
    for need in NEEDS:
        if config.getoption(need.flag):
            continue
        skip = pytest.mark.skip(reason=f"needs {need.flag}")
        for item in items:
            if need.marker in item.keywords:
                item.add_marker(skip)
