"""The table in the documentation, as far as it can be tested without a browser."""

from __future__ import annotations

from . import table
from .areas import areas, check_names
from .drivers import ENGINES


def test_the_table_has_every_check_in_every_engine() -> None:
    seen = {
        area: {name: list(cells) for name, cells in documented["checks"].items()}
        for area, documented in table.load()["areas"].items()
    }
    expected = {area: {name: list(ENGINES) for name in check_names(area)} for area in areas()}
    assert seen == expected, table.STALE


def test_the_page_is_made_from_the_table() -> None:
    assert table.PAGE.read_text("utf-8") == table.page(table.load()), table.STALE


def test_names_are_text_in_markdown() -> None:
    data = table.Table(
        engines=dict.fromkeys(ENGINES, "1"),
        areas={
            "a": table.Area(
                title="A", checks={"_<video>_ | `root_path`": dict.fromkeys(ENGINES, "works")}
            )
        },
    )
    row = "| \\_&lt;video>\\_ \\| `root_path` | works | works | works |"
    assert row in table.page(data).splitlines()
