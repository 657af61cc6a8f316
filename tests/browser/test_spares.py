"""A spare interpreter changes how soon an app starts, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .interpreters import Interpreters
from .live_block import LiveBlock

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.alike]

USES_THE_LIBRARY = """
import wave

async def app(scope, receive, send):
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    body = getattr(wave, "own", "the library's").encode()
    await send({"type": "http.response.body", "body": body})
"""

PRINTS = "print('the app runs', flush=True)\n"


@pytest.fixture
def interpreters(page: Page) -> Interpreters:
    return Interpreters(page)


def test_the_next_start_takes_it(
    interpreters: Interpreters, page: Page, behaviour_site: str
) -> None:
    left = LiveBlock.open(page, f"{behaviour_site}twins.html").run()
    interpreters.wait_for_spare()
    assert interpreters.made == 2

    right = LiveBlock(page, 1).run()
    assert interpreters.made == 2
    right.expect_text("right 1")
    left.expect_text("left 1")

    interpreters.wait_for_spare()
    left.restart()
    left.expect_text("left 1")
    assert interpreters.made == 3
    assert right.fetch("/who").body == b"right 2"


def test_run_after_stop_and_run_after_an_edit_take_it(
    interpreters: Interpreters, counter: LiveBlock
) -> None:
    counter.run()
    assert counter.fetch("/count").body == b"1"
    interpreters.wait_for_spare()
    counter.stop()
    counter.run()
    assert counter.fetch("/count").body == b"1"
    assert interpreters.made == 2

    interpreters.wait_for_spare()
    counter.edit(counter.get("code").replace("The count is", "The number is"))
    counter.button("Run again").click()
    counter.expect_text("The number is 0.")
    assert interpreters.made == 3


def test_apps_do_not_share_their_random_numbers(
    interpreters: Interpreters, page: Page, behaviour_site: str
) -> None:
    blocks = [
        LiveBlock.open(page, f"{behaviour_site}many.html"),
        *(LiveBlock(page, n) for n in (1, 2)),
    ]
    numbers = set()
    for block in blocks:
        block.start()
        numbers.add(block.fetch("/").body)
        interpreters.wait_for_spare()
    assert len(numbers) == 3


def test_the_apps_own_module_goes_before_one_that_was_imported_ahead(
    interpreters: Interpreters, counter: LiveBlock
) -> None:
    counter.set_code(USES_THE_LIBRARY)
    counter.start()
    assert counter.fetch("/").body == b"the library's"
    interpreters.wait_for_spare()
    counter.evaluate(
        "(element) => { element.files = { ...element.files, 'wave.py': 'own = \"mine\"' }; }"
    )
    counter.restart()
    assert counter.fetch("/").body == b"mine"


def test_it_runs_nothing_of_the_app(interpreters: Interpreters, counter: LiveBlock) -> None:
    counter.set_code(PRINTS + counter.get("code"))
    counter.start()
    counter.evaluate(
        """(element) => {
          globalThis.printed = [];
          element.addEventListener("asgi-live:output", ({ detail }) => printed.push(detail.text));
        }"""
    )
    interpreters.wait_for_spare()
    assert counter.page.evaluate("printed.join('')") == ""
    counter.restart()
    assert counter.page.evaluate("printed.join('')") == "the app runs\n"
