"""Steps of a tutorial: what has changed since the one before, and tasks that a reader does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .documented_request import ShownRequest
from .live_block import LiveBlock

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from .static_server import StaticServer

pytestmark = [pytest.mark.browser, pytest.mark.thrifty, pytest.mark.alike]

SITE = Path(__file__).parent / "sites" / "behaviour"
DONE = (SITE / "step_done.py").read_text("utf-8")
SMALL = 30_000
"""Bytes, as compressed by most hosts."""


@pytest.fixture
def step(page: Page, behaviour_site: str) -> LiveBlock:
    """The second step, not yet started."""
    return LiveBlock.open(page, f"{behaviour_site}steps.html", 1)


class ShownTask(ShownRequest):
    """A request that is a task."""

    def check(self) -> None:
        self.button("Check").click()

    @property
    def hints(self) -> Locator:
        return self.element.get_by_role("list", name="Hints").get_by_role("listitem")

    def expect_told(self, text: str) -> None:
        self.expect_status(re.compile(rf"(^|\d+ m?s\. ){re.escape(text)}$"))


def spoken(lines: Locator) -> list[str]:
    return [" ".join(text.split()) for text in lines.all_text_contents()]


def test_what_changed(step: LiveBlock, page: Page) -> None:
    first, grown = LiveBlock(page, 0), LiveBlock(page, 2)
    expect(step.button("What changed")).to_have_attribute("aria-expanded", "false")
    expect(first.button("What changed")).to_have_count(0)
    step.button("What changed").focus()
    page.keyboard.press("Enter")
    row = step.element.get_by_role("region", name="Changes since “Step one”")
    expect(row).to_contain_text("step_one.py → step_two.py 2 added, 1 removed")
    code = row.get_by_role("region", name="Changes in step_two.py")
    expect(code).to_be_visible()
    assert spoken(code.locator("del, ins")) == [
        "7\N{MINUS SIGN}Removed, line 7 before: status = 200",
        '7+Added, line 7: path = scope["path"].removeprefix(scope["root_path"])',
        '8+Added, line 8: status = 200 if path == "/" else 404',
    ]
    page.keyboard.press("Enter")
    expect(row).to_be_hidden()
    expect(step.button("What changed")).to_have_attribute("aria-expanded", "false")
    step.button("Edit").click()
    expect(step.editor.locator(".new-line")).to_have_count(2)
    expect(step.editor).to_have_accessible_description(
        "New in this step, beside the bar: lines 7\N{EN DASH}8. "
        "Ctrl+Enter runs, Tab indents, Esc leaves."
    )
    # The group's first block has no app, and so there is nothing before the one that has.
    expect(grown.button("What changed")).to_have_count(0)


def test_changes_of_one_file(page: Page, behaviour_site: str) -> None:
    last = LiveBlock.open(page, f"{behaviour_site}steps.html", 3)
    last.button("What changed").click()
    row = last.element.get_by_role("region", name="Changes since the step before")
    expect(row.locator("ins")).to_have_count(3)
    assert spoken(row.locator("ins"))[2] == "4+Added, line 4: more = 1"
    row.get_by_role("button", name="Copy as a patch").click()
    # Not every browser lets a page write to the clipboard.
    copied = row.get_by_role("textbox", name="Changes").or_(
        row.get_by_text("The changes are in the clipboard.")
    )
    expect(copied).to_be_visible()


def test_a_task_is_done(step: LiveBlock, page: Page) -> None:
    task = ShownTask(page, "POST /books")
    expect(task.element).to_contain_text("Task: make POST /books answer 201, with")
    expect(task.button("Show the solution")).to_have_count(0)
    task.check()
    step.wait_state("running")
    task.expect_told("Not yet: it answered 404; 201 is wanted.")

    # Help comes piece by piece, and by the keyboard.
    expect(task.hints).to_have_count(0)
    task.button("Hint 1 of 2").focus()
    page.keyboard.press("Enter")
    expect(task.hints).to_have_text(["Look at the status."])
    expect(task.button("Hint 2 of 2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(task.hints).to_have_count(2)
    expect(task.button("Show the solution")).to_be_focused()
    page.keyboard.press("Enter")
    solution = task.element.get_by_role("region", name="From your code to the solution")
    expect(solution.locator("ins").first).to_contain_text("/books")
    solution.get_by_role("button", name="Put it into the editor").click()
    expect(solution).to_be_hidden()
    expect(task.button("Check")).to_be_focused()
    assert step.get("code") == DONE

    # The app that runs is the one before the edit, so that it is started afresh.
    page.keyboard.press("Enter")
    task.expect_told("Done.")
    expect(task.element).to_have_attribute("done", "")

    # It is remembered with the edits, and forgotten with them.
    page.reload()
    task.expect_told("Done.")
    step.button("Reset").click()
    expect(task.element).not_to_have_attribute("done", "")
    task.expect_told("")
    page.reload()
    page.evaluate("customElements.whenDefined('asgi-request').then(() => null)")
    expect(task.button("Check")).to_be_visible()
    expect(task.element).not_to_have_attribute("done", "")


def test_a_task_is_done_whoever_asks(step: LiveBlock, page: Page) -> None:
    step.set_code(DONE)
    step.start()
    books, shelf = ShownTask(page, "POST /books"), ShownTask(page, "GET /shelf")
    assert step.fetch("/shelf", method="HEAD").status == 200
    assert step.fetch("/books", method="POST").status == 201
    assert step.fetch("/shelf").status == 200
    shelf.expect_told("Done.")
    expect(books.element).not_to_have_attribute("done", "")  # its body wants to be seen
    books.edit("POST /books?edited=1")
    books.check()
    books.expect_told("The request is edited, so this does not count; reset it to check the task.")
    books.button("Reset").click()
    step.set_code("app = ")
    books.check()
    books.expect_status("The app could not be imported. Its block tells more. Show the block")
    expect(books.button("Hint 1 of 2")).to_be_visible()


def test_little_is_loaded(page: Page, behaviour_site: str, server: StaticServer) -> None:
    start = len(server.served)
    LiveBlock.open(page, f"{behaviour_site}steps.html")
    page.wait_for_load_state("networkidle")
    before = [answer.path for answer in server.served[start:] if "/asgi-docs/" in answer.path]
    assert sum(map(server.compressed_size, before)) < SMALL
    assert not any("/steps/" in path or "/tasks/" in path for path in before)
