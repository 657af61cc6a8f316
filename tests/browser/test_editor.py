"""The editor: what the reader types, in which files, and what becomes of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .live_block import LiveBlock

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

    from .console import Console
    from .static_server import StaticServer

pytestmark = [pytest.mark.browser, pytest.mark.thrifty, pytest.mark.alike]

GREETING = "greetings/english.py"

COLORS = """
(element) => Object.fromEntries(
  [...element.shadowRoot.querySelectorAll(".cm-line span")].map(
    (span) => [span.textContent, getComputedStyle(span).color]))
"""

# What the page's own highlighting gives to the same words.
PAGE_COLORS = """
(element) => Object.fromEntries(
  [...element.querySelectorAll("pre span[class]")].map(
    (span) => [span.textContent, getComputedStyle(span).color]))
"""

# As themes have it; strings are too pale.
THEME = """
.highlight { background: #fafafa; color: #222 }
.highlight .k, .highlight .kn { color: #a00000 }
.highlight .nf { color: #0000a0 }
.highlight .s1, .highlight .s2, .highlight .sa { color: #bbbbbb }
[data-theme="dark"] .highlight { background: #101010; color: #eee }
[data-theme="dark"] .highlight .k, [data-theme="dark"] .highlight .kn { color: #ffa0a0 }
"""

GO_TO = """
(element, [file, line]) => element.shadowRoot.querySelector(".bar").dispatchEvent(
  new CustomEvent("asgi-docs.goto", { bubbles: true, composed: true, detail: { file, line } }))
"""


@pytest.fixture
def greeting(page: Page, behaviour_site: str) -> LiveBlock:
    """An app of three files, and one that is no text."""
    return LiveBlock.open(page, f"{behaviour_site}several-files.html")


@pytest.fixture
def visits(page: Page, behaviour_site: str) -> LiveBlock:
    """An app that counts in a database."""
    return LiveBlock.open(page, f"{behaviour_site}visits.html")


def name_field(block: LiveBlock) -> Locator:
    return block.element.get_by_role("textbox", name=re.compile("new (file|name)", re.IGNORECASE))


def lightness(color: str) -> float:
    return sum(map(int, re.findall(r"\d+", color)[:3])) / 3


def add_file(block: LiveBlock, name: str) -> None:
    block.button("Add file").click()
    name_field(block).fill(name)
    name_field(block).press("Enter")


# What it is like to type.


def test_it_is_loaded_with_the_first_edit(counter: LiveBlock, server: StaticServer) -> None:
    counter.page.wait_for_load_state("networkidle")
    start = len(server.served)
    counter.button("Edit").click()
    expect(counter.editor).to_be_focused()
    loaded = [answer.path for answer in server.served[start:] if "/asgi-docs/" in answer.path]
    assert any(path.endswith("/codemirror/codemirror.js") for path in loaded)
    assert not any(path.endswith("/codemirror/html.js") for path in loaded)
    assert sum(server.compressed_size(path) for path in loaded) < 145_000


def test_python_is_typed_with_its_indentation(counter: LiveBlock, page: Page) -> None:
    def code() -> str:
        return str(counter.get("code")).rstrip()

    counter.edit("")
    page.keyboard.type("def f():\nif a:\nreturn [\n1")
    assert code() == "def f():\n    if a:\n        return [\n            1"
    page.keyboard.press("ControlOrMeta+/")
    assert code().endswith("\n            # 1")
    page.keyboard.press("ControlOrMeta+/")
    page.keyboard.press("Shift+Tab")
    assert code().endswith("\n        1")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+z")
    assert code().endswith("\n        1")


def test_the_keyboard_finds_its_way_out_and_is_told(counter: LiveBlock, page: Page) -> None:
    counter.button("Edit").focus()
    page.keyboard.press("Enter")
    expect(counter.editor).to_be_focused()
    hint = counter.element.get_by_text("Esc leaves")
    expect(hint).to_be_visible()
    expect(counter.editor).to_have_accessible_description(re.compile("Esc leaves"))
    page.keyboard.press("Tab")
    expect(counter.editor).to_be_focused()
    page.keyboard.press("Escape")
    expect(counter.button("Run")).to_be_focused()
    expect(hint).to_be_hidden()


def test_it_takes_the_place_of_the_code(counter: LiveBlock) -> None:
    place = "(element) => element.shadowRoot.querySelector('.bar').offsetTop"
    before = counter.evaluate(place)
    counter.button("Edit").click()
    expect(counter.editor).to_be_visible()
    assert abs(counter.evaluate(place) - before) < 1
    counter.button("Reset").click()
    expect(counter.editor).to_be_hidden()
    assert counter.evaluate(place) == before


def test_words_have_the_colours_of_the_page(counter: LiveBlock, page: Page) -> None:
    page.add_style_tag(content=THEME)
    page_colors = counter.evaluate(PAGE_COLORS)
    counter.button("Edit").click()
    expect(counter.editor).to_be_visible()
    colors = counter.evaluate(COLORS)
    for word in ("import", "async", "app"):
        assert colors[word] == page_colors[word], word
    # Too pale for the page's background, so darker here.
    assert lightness(colors['b"1"']) < lightness(page_colors['"1"'])


def test_they_follow_when_the_theme_turns_dark(counter: LiveBlock, page: Page) -> None:
    page.add_style_tag(content=THEME)
    counter.button("Edit").click()
    panel = counter.element.locator(".code-panel")
    expect(panel).to_have_css("background-color", "rgb(250, 250, 250)")
    expect(panel).to_have_css("color-scheme", "light")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    expect(panel).to_have_css("background-color", "rgb(16, 16, 16)")
    expect(panel).to_have_css("color-scheme", "dark")
    expect(panel).to_have_css("color", "rgb(238, 238, 238)")
    assert counter.evaluate(COLORS)["import"] == "rgb(255, 160, 160)"


def test_a_page_without_colours_gets_some_that_can_be_read(counter: LiveBlock, page: Page) -> None:
    counter.button("Edit").click()
    expect(counter.editor).to_be_visible()
    light = counter.evaluate(COLORS)
    assert len(set(light.values())) > 3
    page.add_style_tag(content=".highlight, .highlight pre { background: #111; color: #eee }")
    expect(counter.element.locator(".code-panel")).to_have_css("color-scheme", "dark")
    dark = counter.evaluate(COLORS)
    assert all(lightness(dark[word]) > lightness(light[word]) for word in ("import", 'b"1"'))


def test_without_its_files_there_is_a_plain_text_field(
    page: Page, behaviour_site: str, console: Console
) -> None:
    console.expect(r"Failed to load|error loading|NetworkError")
    page.route("**/codemirror/**", lambda route: route.abort())
    block = LiveBlock.open(page, f"{behaviour_site}counter.html")
    edited = block.get("code").replace("The count is", "The number is")
    block.button("Edit").click()
    expect(block.editor).to_be_focused()
    block.editor.fill(edited)
    block.run().expect_text("The number is 0.")


def test_files_that_arrive_too_late_take_nothing_away(page: Page, behaviour_site: str) -> None:
    held: list[Route] = []
    page.route("**/codemirror/**", lambda route: held.append(route))
    page.clock.install()
    block = LiveBlock.open(page, f"{behaviour_site}counter.html")
    block.button("Edit").click()
    expect(block.button("Edit")).to_be_visible()
    page.clock.run_for(6000)
    block.editor.fill("typed")
    for route in held:
        route.continue_()
    page.wait_for_load_state("networkidle")
    expect(block.editor).to_have_value("typed")


# Several files.


def test_each_file_has_a_tab(greeting: LiveBlock, page: Page) -> None:
    greeting.button("Edit").click()
    tabs = greeting.element.get_by_role("tablist", name="Files of the app").get_by_role("tab")
    expect(tabs).to_have_text(["main.py", GREETING, "templates/page.html", "dot.gif"])
    greeting.open_file(GREETING)
    greeting.expect_code('GREETING = "good morning"\n')
    page.keyboard.press("ArrowRight")
    expect(greeting.file_tab("templates/page.html")).to_be_focused()
    expect(greeting.editor.locator(".cm-line").first).to_have_text("<!doctype html>")
    page.keyboard.press("End")
    expect(greeting.element.get_by_text("dot.gif is no text")).to_be_visible()
    expect(greeting.editor).to_be_hidden()
    page.keyboard.press("Home")
    expect(greeting.editor.locator(".cm-line").first).to_have_text("from pathlib import Path")


def test_an_edit_of_any_file_runs(greeting: LiveBlock) -> None:
    greeting.run()
    expect(greeting.frame.get_by_role("heading")).to_have_text("good morning")
    greeting.button("Edit").click()
    greeting.open_file("templates/page.html")
    greeting.type_over("<title>Greeting</title><h2>{{ greeting }} to you</h2>")
    expect(greeting.button("Run again")).to_be_visible()
    greeting.editor.press("ControlOrMeta+Enter")
    expect(greeting.frame.get_by_role("heading")).to_have_text("good morning to you")


def test_files_are_added_renamed_and_deleted(greeting: LiveBlock) -> None:
    greeting.button("Edit").click()
    add_file(greeting, "main.py")
    expect(greeting.element.get_by_role("alert")).to_contain_text(
        "There is a file “main.py” already"
    )
    name_field(greeting).fill("../elsewhere.py")
    name_field(greeting).press("Enter")
    expect(name_field(greeting)).to_have_attribute("aria-invalid", "true")
    name_field(greeting).fill("greetings/french.py")
    name_field(greeting).press("Enter")
    expect(greeting.editor).to_be_focused()
    greeting.type_over('GREETING = "bonjour"')

    greeting.open_file("main.py")
    expect(greeting.button("Rename")).to_be_hidden()
    expect(greeting.button("Delete")).to_be_hidden()
    greeting.type_over(str(greeting.get("code")).replace("greetings.english", "words.french"))

    greeting.open_file("greetings/french.py")
    greeting.button("Rename").click()
    expect(name_field(greeting)).to_have_value("greetings/french.py")
    name_field(greeting).fill("words/french.py")
    name_field(greeting).press("Enter")
    greeting.expect_code('GREETING = "bonjour"')

    greeting.open_file(GREETING)
    greeting.button("Delete").click()
    expect(greeting.file_tab(GREETING)).to_have_count(0)
    expect(greeting.file_tab("main.py")).to_have_attribute("aria-selected", "true")
    assert sorted(greeting.get("files")) == ["main.py", "templates/page.html", "words/french.py"]
    greeting.run()
    expect(greeting.frame.get_by_role("heading")).to_have_text("bonjour")


def test_a_deletion_can_be_undone(greeting: LiveBlock) -> None:
    greeting.button("Edit").click()
    add_file(greeting, "notes.md")
    greeting.type_over("# typed")
    greeting.button("Delete").click()
    expect(greeting.button("Undo delete")).to_be_focused()
    greeting.button("Undo delete").click()
    expect(greeting.file_tab("notes.md")).to_be_focused()
    greeting.expect_code("# typed")


def test_a_block_of_one_file_gets_another(counter: LiveBlock) -> None:
    counter.button("Edit").click()
    expect(counter.element.get_by_role("tablist", name="Files of the app")).to_be_hidden()
    add_file(counter, "words.py")
    counter.type_over('WORD = "number"')
    counter.open_file("main.py")
    code = str(counter.get("code")).replace('f"The count', 'f"The {WORD}')
    counter.type_over(f"from words import WORD\n{code}")
    counter.run().expect_text("The number is 0.")


def test_another_file_keeps_its_place_and_its_history(greeting: LiveBlock, page: Page) -> None:
    greeting.button("Edit").click()
    greeting.open_file(GREETING)
    greeting.type_over("typed")
    greeting.open_file("main.py")
    greeting.open_file(GREETING)
    for _ in range(2):  # the deletion, too, if that took long
        greeting.editor.press("ControlOrMeta+z")
    greeting.expect_code('GREETING = "good morning"\n')


# What becomes of it.


def test_edits_of_all_files_outlive_a_reload_until_they_are_reset(
    greeting: LiveBlock, page: Page
) -> None:
    author = greeting.get("files")
    greeting.button("Edit").click()
    add_file(greeting, "notes.txt")
    greeting.type_over("note")
    greeting.open_file(GREETING)
    greeting.type_over('GREETING = "hello"')
    edited = greeting.get("files")

    page.reload()
    again = LiveBlock(page)
    expect(again.file_tab("notes.txt")).to_be_visible()
    assert again.get("files") == edited
    again.run()
    expect(again.frame.get_by_role("heading")).to_have_text("hello")

    again.button("Reset").click()
    assert again.get("files") == author
    expect(again.editor).to_be_hidden()
    again.button("Undo reset").click()
    assert again.get("files") == edited
    expect(again.file_tab("notes.txt")).to_be_visible()
    again.button("Reset").click()
    page.reload()
    assert LiveBlock(page).get("files") == author


def test_edits_of_a_file_that_the_author_has_changed_are_offered(
    counter: LiveBlock, page: Page
) -> None:
    counter.edit("")
    page.keyboard.type("typed")

    def change(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace("The count is", "The sum is"))

    page.route("**/counter.html", change)
    page.reload()
    changed = LiveBlock(page)
    expect(changed.button("Restore edits")).to_be_visible()
    assert "The sum is" in changed.get("code")
    changed.button("Restore edits").click()
    changed.expect_code("typed")
    changed.button("Reset").click()
    assert "The sum is" in changed.get("code")


def test_the_reset_editor_shows_the_authors_text(counter: LiveBlock, page: Page) -> None:
    code = counter.get("code")
    counter.button("Edit").click()
    counter.editor.press("ControlOrMeta+a")
    page.keyboard.type("typed")
    counter.expect_code("typed")
    counter.button("Reset").click()
    counter.button("Edit").click()
    expect(counter.editor).to_contain_text("headers = [")
    expect(counter.editor).not_to_contain_text("typed")
    assert counter.get("code") == code


def test_a_place_in_a_file_is_shown_without_moving_the_page(
    greeting: LiveBlock, page: Page
) -> None:
    greeting.evaluate(GO_TO, ["templates/page.html", 3])
    line = greeting.element.locator(".error-line")
    expect(line).to_have_text("<h1>{{ greeting }}</h1>")
    expect(greeting.file_tab("templates/page.html")).to_have_attribute("aria-selected", "true")
    assert page.evaluate("scrollY") == 0
    expect(greeting.editor).to_be_focused()
    page.keyboard.type("x")
    expect(line).to_have_count(0)
    greeting.evaluate(GO_TO, ["of-a-package.py", 3])
    expect(greeting.file_tab("templates/page.html")).to_have_attribute("aria-selected", "true")


def test_files_of_the_app_are_kept_if_the_reader_wants(visits: LiveBlock) -> None:
    visits.run().expect_text("visits: 0")
    assert visits.fetch("/visit").body == b"visits: 1"
    visits.restart()
    assert visits.fetch("/visit").body == b"visits: 1"

    keep = visits.element.get_by_role("checkbox", name="Keep its files")
    keep.check()
    visits.edit(str(visits.get("code")).replace('b"visits: %d"', 'b"so far: %d"'))
    visits.editor.press("ControlOrMeta+Enter")
    visits.expect_text("so far: 1")
    assert visits.fetch("/visit").body == b"so far: 2"

    visits.button("Stop").click()
    visits.wait_state("stopped")
    visits.run().expect_text("so far: 2")
    keep.uncheck()
    visits.restart()
    visits.expect_text("so far: 0")
