"""`python -m tests.conformance [AREA ...]` runs the checks in every engine and writes the table."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from ..browser.outside import Outside
from ..browser.static_server import StaticServer
from . import table
from .areas import areas
from .drivers import ENGINES, drive
from .run import publish, run_area

if TYPE_CHECKING:
    from .run import Report


def main(arguments: list[str]) -> int:
    wanted = arguments or areas()
    if unknown := set(wanted) - set(areas()):
        return _complain(f"no such area: {', '.join(sorted(unknown))}")
    versions: dict[str, str] = {}
    reports: dict[str, dict[str, Report]] = {area: {} for area in wanted}
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        site = publish(StaticServer(), Path(work))
        proxy_port = Outside().server_port
        for engine in ENGINES:
            for area in wanted:
                with drive(engine, playwright, proxy_port) as driver:
                    versions[engine] = driver.version
                    report = reports[area][engine] = run_area(driver, engine, area, site)
                seconds = sum(result.milliseconds for result in report.results) / 1000
                _say(f"{engine}: {area}: {len(report.results)} checks, {seconds:.1f} s")
                problems += [f"{engine}: {area}: {problem}" for problem in report.problems()]
    if problems:
        return _complain("\n".join([*problems, "The table was left as it is."]))
    table.save(table.merge(table.load(), versions, reports))
    return 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _complain(text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
