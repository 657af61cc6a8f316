"""What automatic checks of WCAG 2.2 AA find in every state of a block: nothing.

axe-core looks into shadow trees. The frame with the app's own page is the app's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from .documented_request import ShownRequest
from .engines import ONE_ENGINE
from .live_block import LiveBlock
from .sites import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from .console import Console

pytestmark = [pytest.mark.browser, pytest.mark.thrifty, ONE_ENGINE]

AXE = REPOSITORY / "assets/node_modules/axe-core/axe.min.js"
CHECK = """
async () => {
  const kinds = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const include = [...document.querySelectorAll("asgi-live, asgi-request")];
  // The highlighted code is the theme's: Material's comments have a contrast of 4.47.
  const exclude = ["asgi-live pre", "asgi-request pre"];
  const { violations } = await axe.run({ include, exclude }, { runOnly: kinds, iframes: false });
  return violations.map(({ id, nodes }) =>
    [id, ...nodes.map(({ target, failureSummary }) => `${target.flat()}: ${failureSummary}`)]);
}
"""
TABS = ("Requests", "Log", "Cookies", "ASGI", "Preview")
PAGES = {"furo": "sphinx/demo.html", "Material": "mkdocs/demo/"}
TUTORIALS = {"furo": "sphinx/first-app.html", "Material": "mkdocs/first-app/"}
FURTHER = pytest.mark.further
LOOKS = [
    pytest.param("furo", "light", marks=FURTHER),
    pytest.param("furo", "dark", marks=FURTHER),
    pytest.param("Material", "light", marks=FURTHER),
    ("Material", "dark"),
]
BROKEN = "raise RuntimeError('no tea')\n"


@pytest.mark.parametrize(("theme", "scheme"), LOOKS)
def test_no_state_has_findings(
    new_context: Callable[..., BrowserContext], sample_site: str, theme: str, scheme: str
) -> None:
    context = new_context(color_scheme=scheme, reduced_motion="reduce")
    block = LiveBlock.open(context.new_page(), sample_site + PAGES[theme])
    block.page.add_script_tag(path=AXE)
    found: dict[str, Any] = {}

    def check(state: str) -> None:
        if findings := block.page.evaluate(CHECK):
            found[state] = findings

    check("idle")
    block.button("Share or download").click()
    expect(block.button("Download the app")).to_be_visible()
    check("take home")
    block.run()
    block.fetch("/nowhere")
    for name in TABS:
        block.element.get_by_role("tab", name=name).click()
        expect(block.element.get_by_role("tabpanel", name=name)).to_be_visible()
        check(name)
    block.button("Second client").click()
    client = block.element.get_by_role("group", name="Client 2")
    expect(client.locator("iframe").content_frame.locator("body")).to_contain_text("Tea")
    check("two clients")
    block.element.get_by_role("tab", name="Cookies").click()
    expect(block.element.get_by_role("heading", name="Client 2")).to_be_visible()
    check("two jars")
    block.element.get_by_role("tab", name="Preview").click()
    block.button("Edit").click()
    expect(block.editor).to_be_visible()
    check("edited")
    block.set_code(BROKEN)
    block.button("Run again").click()
    block.evaluate(
        """(element) => new Promise((resolve) => {
          const failed = () => element.state === "failed" && resolve();
          element.addEventListener("asgi-live:statechange", failed);
          failed();
        })"""
    )
    expect(block.show_log()).to_contain_text("no tea")
    check("failed")
    assert found == {}


@pytest.mark.parametrize(("theme", "scheme"), LOOKS)
def test_no_state_of_a_task_has_findings(
    new_context: Callable[..., BrowserContext],
    sample_site: str,
    theme: str,
    scheme: str,
    console: Console,
) -> None:
    console.expect(r"^Failed to load resource: .* status of 404 .*/Zelda")  # as the task wants it
    context = new_context(color_scheme=scheme, reduced_motion="reduce")
    block = LiveBlock.open(context.new_page(), sample_site + TUTORIALS[theme], 2)
    task = ShownRequest(block.page, "GET /Zelda")
    block.page.add_script_tag(path=AXE)
    block.button("What changed").click()
    expect(block.element.locator("ins").first).to_be_visible()
    task.button("Check").click()
    for name in ("Hint 1 of 2", "Hint 2 of 2", "Show the solution"):
        task.button(name).click()
    expect(task.element.locator("ins").first).to_be_visible()
    assert block.page.evaluate(CHECK) == []
    task.button("Put it into the editor").click()
    task.button("Check").click()
    expect(task.element.get_by_text("Done.")).to_be_visible()
    expect(block.editor.locator(".new-line").first).to_be_visible()
    assert block.page.evaluate(CHECK) == []
