"""Datasette: tables, facets, sorting, exports, SQL, its scripts and a plugin's; 1.0 also writes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from ..browser.console import FIREFOX_REDIRECTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..browser.console import Console
    from ..browser.live_block import LiveBlock

pytestmark = [pytest.mark.browser, pytest.mark.network, pytest.mark.thrifty, pytest.mark.alike]


# What Datasette's scripts still fetch when a link leads to the next page.
LEFT = r"^NetworkError when attempting to fetch resource\.$"


@pytest.mark.further
def test_datasette_0_65(open_app: Callable[[str], LiveBlock], console: Console) -> None:
    console.expect(FIREFOX_REDIRECTED)
    console.expect(LEFT)
    app = open_app("datasette")
    browse(app)


def test_datasette_1_0(open_app: Callable[[str], LiveBlock], console: Console) -> None:
    console.expect(FIREFOX_REDIRECTED)
    console.expect(LEFT)
    app = open_app("datasette_next")
    browse(app)
    jump(app)
    write(app)


def browse(app: LiveBlock) -> None:
    frame = app.frame
    expect(frame.get_by_role("heading", level=1)).to_have_text("Trees of the town")
    frame.get_by_role("link", name="town", exact=True).click()
    frame.locator("h3").get_by_role("link", name="trees", exact=True).click()
    app.expect_address("/town/trees")
    # By the plugin's script.
    expect(frame.locator("#tape-measure")).to_have_text("3 rows, heights in metres")
    # By Datasette's own.
    frame.locator("th.col-height .dropdown-menu-icon").click()
    expect(frame.locator(".dropdown-menu:visible").first).to_contain_text("Sort descending")

    frame.locator("th").get_by_role("link", name="height").click()
    app.expect_address("/town/trees?_sort=height")
    expect(frame.locator("td.col-name").first).to_have_text("Little Ash")
    frame.get_by_role("link", name="Next page").click()
    expect(frame.locator("td.col-name")).to_have_text(["The Twins", "Old Tom"])
    app.go("/town/trees")
    expect(frame.get_by_role("link", name="Next page")).to_be_visible()  # of the new page
    frame.locator(".suggested-facets").get_by_role("link", name="kind").click()
    frame.get_by_role("link", name="oak").first.click()
    app.expect_address(re.compile(r"^/town/trees\?_facet=kind&kind(__exact)?=oak$"))
    expect(frame.locator("td.col-name")).to_have_text(["Old Tom", "The Twins"])
    frame.locator(".export-links").get_by_role("link", name="json", exact=True).click()
    app.expect_address(re.compile(r"^/town/trees\.json\?"))
    app.expect_text("Old Tom")
    exported = app.fetch_in_frame("/town/trees.csv?_size=max")
    assert exported is not None
    assert exported.body.decode().splitlines()[5] == "5,Grandmother,yew,9"

    for deep_link, text in [
        ("/town?sql=select+upper(name)+from+parks+where+area+>+:least&least=5", "RIVERSIDE"),
        ("/town/tall_trees", "Silver Jenny"),
        ("/town/parks/2", "Castle <Hill>"),
        ("/population/cities/Z%C3%BCrich", "448000"),
        ("/_memory?sql=select+'in+memory'", "in memory"),
    ]:
        app.go(deep_link)
        app.expect_text(text)


def jump(app: LiveBlock) -> None:
    app.go("/")
    app.expect_text("Trees of the town")
    app.frame.locator("summary", has_text="Menu").click()
    app.frame.get_by_role("button", name="Jump to").click()
    app.frame.get_by_role("combobox").fill("tall")
    app.frame.get_by_text("town: tall_trees").click()
    app.expect_address("/town/tall_trees")


def write(app: LiveBlock) -> None:
    app.go("/town/-/execute-write?sql=insert+into+parks+values+(3,'Moor',7)")
    app.frame.get_by_role("button", name="Execute").click()
    app.expect_text(re.compile("1 row"))
    row = json.dumps({"row": {"id": 6, "name": "Newcomer", "kind": "elm", "height": 1}})
    answer = app.fetch_in_frame(
        "/town/trees/-/insert",
        method="POST",
        headers=[("content-type", "application/json")],
        body=row.encode(),
    )
    assert answer is not None
    assert answer.status == 201
    app.go("/town/trees/6")
    app.expect_text("Newcomer")
    app.go("/town/parks/3")
    app.expect_text("Moor")
