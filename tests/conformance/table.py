"""The table in the documentation: what each check found in each engine.

`python -m tests.conformance` writes it. The data is one file, and both sample sites show the one
page made from it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypedDict

from ..browser.sites import SAMPLE_SITE
from .areas import areas, check_names
from .drivers import ENGINES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .run import Report

DATA = SAMPLE_SITE / "conformance.json"
PAGE = SAMPLE_SITE / "mkdocs" / "docs" / "conformance.md"
WORKS = "works"
STALE = "stale: write it anew by `python -m tests.conformance`"

NAMES = {"chromium": "Chromium", "firefox": "Firefox", "webkit": "WebKitGTK"}

INTRODUCTION = """\
# What works where

An application in a live block should answer as it does under a server. Each row of these tables is
a test that asks an application of its own, as the application's pages would, in each of the three
browser engines. Where an engine cannot do something, the cell says what happens instead.

| Engine | Stands for |
| --- | --- |
| {chromium} | Chrome, Edge, Opera and other browsers made from Chromium |
| {firefox} | Firefox |
| {webkit} | Safari, which has the same engine, though on Apple's systems with parts of its own |

Safari itself, and browsers on phones, were not tested.
"""


class Area(TypedDict):
    """The checks' names, and for each engine what it does."""

    title: str
    checks: dict[str, dict[str, str]]


class Table(TypedDict):
    engines: dict[str, str]
    areas: dict[str, Area]


def load() -> Table:
    if not DATA.exists():
        return Table(engines={}, areas={})
    table: Table = json.loads(DATA.read_text("utf-8"))
    return table


def save(table: Table) -> None:
    DATA.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", "utf-8")
    PAGE.write_text(page(table), "utf-8")


def engine_name(engine: str, version: str) -> str:
    """Names the part of a version that tells releases apart, not security updates."""
    parts = 2 if engine == "webkit" else 1
    return f"{NAMES[engine]} {'.'.join(version.split('.')[:parts])}"


def merge(
    table: Table, versions: dict[str, str], reports: Mapping[str, Mapping[str, Report]]
) -> Table:
    """Puts reports (by area and engine) in the place of what the table says of these areas."""
    merged: dict[str, Area] = {}
    for area in areas():
        if area in reports:
            by_engine = reports[area]
            merged[area] = Area(
                title=next(iter(by_engine.values())).title,
                checks={
                    name: {engine: cell(report, name) for engine, report in by_engine.items()}
                    for name in check_names(area)
                },
            )
        elif area in table["areas"]:
            merged[area] = table["areas"][area]
    named = {engine: engine_name(engine, version) for engine, version in versions.items()}
    return Table(engines=named, areas=merged)


def cell(report: Report, name: str) -> str:
    result = report.result(name)
    error = (report.error or "the check did not run") if result is None else result.error
    return WORKS if error is None else report.known.get(name, error)


def page(table: Table) -> str:
    """Markdown that MyST and Python-Markdown read alike."""
    return "\n".join(_lines(table))


def _lines(table: Table) -> Iterator[str]:
    yield INTRODUCTION.format(**table["engines"])
    for area in sorted(table["areas"].values(), key=lambda area: area["title"].lower()):
        yield f"## {area['title']}\n"
        yield _row("Feature", *(NAMES[engine] for engine in ENGINES))
        yield _row(*["---"] * (1 + len(ENGINES)))
        for name, cells in area["checks"].items():
            yield _row(_text(name), *(_text(cells[engine]) for engine in ENGINES))
        yield ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    """Escapes what Markdown would take for markup, but for `code`."""
    parts = text.split("`")
    parts[::2] = [
        re.sub(r"([\\*_\[\]|])", r"\\\1", part).replace("<", "&lt;") for part in parts[::2]
    ]
    return "`".join(parts)
