"""A page with many blocks keeps its interpreters within a bound."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .interpreters import Interpreters
from .live_block import LiveBlock

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.alike]

RUNNING = 6
SPARES = 2
# Twenty once; in another engine as many as it takes for two to be stopped.
BLOCKS = {"chromium": 20, "firefox": 8}


@pytest.mark.further
def test_many_blocks(engine: str, page: Page, behaviour_site: str) -> None:
    interpreters = Interpreters(page)
    LiveBlock.open(page, f"{behaviour_site}many.html")
    blocks = [LiveBlock(page, number) for number in range(BLOCKS[engine])]
    edited = f"{blocks[0].get('code')}\n# mine\n"
    blocks[0].set_code(edited)
    blocks[-1].element.scroll_into_view_if_needed()

    for block in blocks:
        block.start()
        assert block.fetch("/").status == 200
        assert interpreters.alive <= RUNNING + SPARES

    states = [block.state for block in blocks]
    assert states == ["stopped"] * (len(blocks) - RUNNING) + ["running"] * RUNNING
    expect(blocks[0].status).to_have_text(re.compile(r"Stopped to make room: a page runs 6 apps"))
    assert blocks[0].get("code") == edited

    blocks[0].run()
    assert blocks[0].get("code") == edited
    assert sum(block.state == "running" for block in blocks) == RUNNING
    for block in blocks:
        block.stop()
    assert interpreters.alive <= SPARES


def test_the_block_in_view_goes_on(page: Page, behaviour_site: str) -> None:
    LiveBlock.open(page, f"{behaviour_site}many.html")
    blocks = [LiveBlock(page, number) for number in range(7)]
    for block in blocks[:6]:
        block.start()
    blocks[0].element.scroll_into_view_if_needed()
    blocks[0].expect_text(re.compile(r"0\.\d"))
    blocks[6].start()
    assert blocks[0].state == "running"
    assert sum(block.state == "stopped" for block in blocks) == 1
