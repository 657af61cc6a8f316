"""Each area runs once in each engine; its checks are tests of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..once import made_once
from . import run
from .drivers import drive

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Playwright

    from ..browser.outside import Outside
    from ..browser.static_server import StaticServer


@pytest.fixture(scope="session")
def conformance_site(server: StaticServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    return run.publish(server, made_once(tmp_path_factory, "conformance", run.build))


@pytest.fixture(scope="session")
def report_of(
    playwright: Playwright, outside: Outside, conformance_site: str, findings: list[str]
) -> Callable[[str, str], run.Report]:
    """Gives the report of an area in an engine.

    What fails is tried once more, as every test in a browser is; the first failure is told.
    """
    reports: dict[tuple[str, str], run.Report] = {}

    def get(engine: str, area: str) -> run.Report:
        if (engine, area) not in reports:
            reports[engine, area] = report = run_afresh(engine, area)
            if problems := report.problems():
                findings.extend(f"{area} in {engine}, tried again: {each}" for each in problems)
                reports[engine, area] = run_afresh(engine, area)
        return reports[engine, area]

    def run_afresh(engine: str, area: str) -> run.Report:
        with drive(engine, playwright, outside.server_port) as driver:
            return run.run_area(driver, engine, area, conformance_site)

    return get
