"""`python -m tests.conformance [AREA ...]` runs the checks in every engine and writes the table.

With `--later-visit` the apps run on interpreters that go on from snapshots, which must change
nothing; then, and where not all engines are asked, no table is written.
"""

from __future__ import annotations

import argparse
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
from .run import build, publish, run_area

if TYPE_CHECKING:
    from .run import Report


def main() -> int:
    options = _options()
    versions: dict[str, str] = {}
    reports: dict[str, dict[str, Report]] = {area: {} for area in options.area}
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        site = publish(StaticServer(), build(Path(work)))
        proxy_port = Outside().server_port
        for engine in options.engine or ENGINES:
            for area in options.area:
                with drive(engine, playwright, proxy_port) as driver:
                    versions[engine] = driver.version
                    report = run_area(driver, engine, area, site, is_later=options.later_visit)
                reports[area][engine] = report
                _say(f"{engine}: {area}: {_summary(report)}")
                problems += [f"{engine}: {area}: {problem}" for problem in report.problems()]
    if problems:
        return _complain("\n".join([*problems, "No table was written."]))
    if not (options.engine or options.later_visit):
        table.save(table.merge(table.load(), versions, reports))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.conformance", description=__doc__)
    parser.add_argument("area", nargs="*", metavar="AREA", help=", ".join(areas()))
    parser.add_argument("--engine", action="append", choices=ENGINES, help="all by default")
    parser.add_argument("--later-visit", action="store_true", help="go on from snapshots")
    options = parser.parse_args()
    if unknown := sorted(set(options.area) - set(areas())):
        parser.error(f"no such area: {', '.join(unknown)}")
    options.area = options.area or areas()
    return options


def _summary(report: Report) -> str:
    seconds = sum(result.milliseconds for result in report.results) / 1000
    summary = f"{len(report.results)} checks, {seconds:.1f} s"
    if report.starts:
        ready, restored = report.starts
        summary += f", {restored} of {ready} interpreters from a snapshot"
    return summary


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _complain(text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
