"""How a block fits into its page: what a site can set, and pages from right to left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .engines import ONE_ENGINE
from .live_block import LiveBlock

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = [pytest.mark.browser, ONE_ENGINE]

SITE_STYLE = """
:root { --asgi-live-border: rgb(1, 2, 3); }
asgi-live { --asgi-live-accent: oklch(0.3 0.07 160); --asgi-live-on-accent: rgb(250, 250, 0); }
asgi-live::part(button) { border-radius: 7px; }
asgi-live::part(bar) { padding-top: 21px; }
"""

WATCH_SHIFTS = """
() => {
  window.shifts = [];
  const watch = new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.shifts.push(value);
  });
  watch.observe({ type: "layout-shift" });
  document.open();
}
"""
# A page's source arrives in parts, as from a slow network.
WRITE = """
async (part) => {
  document.write(part);
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const styles = [...document.querySelectorAll("link[rel=stylesheet]")];
  while (!styles.every(({ sheet }) => sheet)) await frame();
  for (let frames = 0; frames < 3; frames++) await frame();
}
"""


def test_what_a_site_sets_holds(page: Page, behaviour_site: str) -> None:
    block = LiveBlock.open(page, f"{behaviour_site}counter.html")
    # In the head of the page, as a site's own style sheets: before that of the blocks.
    page.add_style_tag(content=SITE_STYLE)
    run = block.button("Run")
    expect(run).to_have_css("background-color", "oklch(0.3 0.07 160)")
    expect(run).to_have_css("color", "rgb(250, 250, 0)")
    expect(run).to_have_css("border-radius", "7px")
    bar = block.element.get_by_role("group", name="Controls of")
    expect(bar).to_have_css("padding-top", "21px")
    expect(bar).to_have_css("border-top-color", "rgb(1, 2, 3)")
    expect(block.element).to_have_css("border-top-color", "rgb(1, 2, 3)")


def test_pages_from_right_to_left(page: Page, behaviour_site: str) -> None:
    block = LiveBlock.open(page, f"{behaviour_site}counter.html")
    page.evaluate("document.documentElement.dir = 'rtl'")
    block.run()
    box = block.button("Back").bounding_box()
    other = block.button("Forward").bounding_box()
    assert box and other and box["x"] > other["x"]
    expect(block.button("Back").locator("svg")).to_have_css(
        "transform", "matrix(-1, 0, 0, 1, 0, 0)"
    )
    expect(block.address).to_have_css("direction", "ltr")
    expect(block.element.get_by_role("tablist")).to_have_css("direction", "rtl")


def test_nothing_moves_while_a_page_arrives(page: Page, behaviour_site: str) -> None:
    source = page.request.get(f"{behaviour_site}counter.html").text()
    head, code, rest = re.split(r"(?<=<pre>)|(?=</pre>)", source, maxsplit=2)
    scripts: list[Route] = []
    page.route("**/asgi-docs/asgi-live.js*", lambda route: scripts.append(route))
    page.route("**/arriving.html", lambda route: route.fulfill(content_type="text/html", body=" "))
    page.goto(f"{behaviour_site}arriving.html")
    page.evaluate(WATCH_SHIFTS)
    for part in (head, code, rest):
        page.evaluate(WRITE, part)
    page.evaluate("document.close()")
    scripts.pop().continue_()
    expect(LiveBlock(page).button("Run")).to_be_visible()
    page.evaluate(WRITE, "")
    assert page.evaluate("shifts") == []
