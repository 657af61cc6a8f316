"""Counts the bytes that a reader loads, as a host compresses them.

`python -m tests.bench.bytes [FRAMEWORK …]` prints a Markdown table, for README.md in this folder.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from ..browser.engines import launch
from ..browser.live_block import LiveBlock
from .pages import FRAMEWORKS, manifest_of, served
from .starts import start_classic
from .tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

    from ..browser.static_server import Served
    from .pages import Sites

PACKED = (".layer", ".whl", ".zip")


def measure(browser: Browser, sites: Sites, framework: str) -> dict[str, int]:
    """Kilobytes of one visit in a new profile, by when they are needed."""
    server = sites.server
    context = browser.new_context()
    block = LiveBlock.open(context.new_page(), f"{sites.live}{framework}.html")
    block.page.wait_for_load_state("networkidle")
    clicked = len(server.served)
    block.run().expect_text("world")
    answered = len(server.served)
    context.close()

    layers = json.loads(manifest_of(sites.folder, framework).read_text())
    cold = [
        layer["cold"]
        for layer in (layers["stdlib"], layers["runtime"], *layers["layers"])
        if "cold" in layer
    ]
    # They may have begun to arrive while the answer was waited for.
    names = {part["url"].rpartition("/")[2] for part in cold}
    first = [each for each in server.served[clicked:answered] if _name(each) not in names]

    context = browser.new_context()
    start_classic(context.new_page(), sites.classic, framework)
    classic = server.served[answered:]
    context.close()
    return {
        "before the click": _kilobytes(sites, server.served[:clicked], "/asgi-docs/"),
        "until the answer": _kilobytes(sites, first, "/asgi-docs/"),
        "later": sum(part["size"] for part in cold) // 1000,
        "the classic way": _kilobytes(sites, classic, "/classic/"),
    }


def _name(answer: Served) -> str:
    return answer.path.rpartition("/")[2]


def _kilobytes(sites: Sites, answers: Sequence[Served], part: str) -> int:
    wanted = [each for each in answers if part in each.path and each.status == 200]
    sizes = [
        each.size if each.path.endswith(PACKED) else sites.server.compressed_size(each.path)
        for each in wanted
    ]
    return sum(sizes) // 1000


def main(frameworks: Sequence[str]) -> None:
    measured = {}
    with served() as sites, sync_playwright() as playwright:
        browser = launch(playwright, "chromium", sites.outside.server_port)
        for framework in frameworks:
            sites.server.served.clear()
            measured[framework] = measure(browser, sites, framework)
        browser.close()
    rows = {framework: list(sizes.values()) for framework, sizes in measured.items()}
    print(table("kB", next(iter(measured.values())), rows))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:] or FRAMEWORKS)
