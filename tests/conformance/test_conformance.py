"""Every check in every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from . import table, webkit
from .areas import areas, check_names
from .drivers import ENGINES

if TYPE_CHECKING:
    from collections.abc import Callable

    from _pytest.mark import ParameterSet

    from .run import Report

pytestmark = pytest.mark.browser

_no_webkit = webkit.missing()
MARKS = {
    "webkit": [pytest.mark.skipif(_no_webkit is not None, reason=f"WebKit: {_no_webkit}")],
}
# Of the other engines, what they do most differently.
PART = {
    "firefox": {"cookies", "http", "mounting", "streams", "websockets"},
    "webkit": {"http", "mounting", "streams", "websockets"},
}


def _case(engine: str, area: str, *name: str) -> ParameterSet:
    is_further = engine in PART and area not in PART[engine]
    marks = [*MARKS.get(engine, []), *([pytest.mark.further] if is_further else [])]
    return pytest.param(engine, area, *name, id="-".join([engine, area, *name]), marks=marks)


AREAS = [_case(engine, area) for engine in ENGINES for area in areas()]
CHECKS = [
    _case(engine, area, name)
    for engine in ENGINES
    for area in areas()
    for name in check_names(area)
]


@pytest.mark.parametrize(("engine", "area"), AREAS)
def test_area_runs(engine: str, area: str, report_of: Callable[[str, str], Report]) -> None:
    report = report_of(engine, area)
    assert report.error is None
    names = check_names(area)
    assert [result.name for result in report.results] == names, "each check, read from the file"
    assert set(report.known) <= set(names), "each known deviation belongs to a check"


@pytest.mark.parametrize(("engine", "area", "name"), CHECKS)
def test_check(engine: str, area: str, name: str, report_of: Callable[[str, str], Report]) -> None:
    report = report_of(engine, area)
    result = report.result(name)
    assert result is not None, report.error or "the check did not run"
    if name not in report.known:
        assert result.error is None, result.error
    elif result.error is None:
        pytest.fail(f'works in {engine}: remove it from `known` in checks/{area}.js, "{name}"')


@pytest.mark.parametrize(("engine", "area"), AREAS)
def test_the_table_in_the_docs_says_what_was_seen(
    engine: str, area: str, report_of: Callable[[str, str], Report]
) -> None:
    report = report_of(engine, area)
    assert area in table.load()["areas"], table.STALE
    documented = table.load()["areas"][area]
    assert documented["title"] == report.title, table.STALE
    cells = {name: cells[engine] for name, cells in documented["checks"].items()}
    assert cells == {name: table.cell(report, name) for name in check_names(area)}, table.STALE
