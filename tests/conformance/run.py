"""Runs an area in an engine."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ..browser.sites import build_sphinx_in
from . import later_visit
from .areas import FOLDER
from .drivers import open_thriftily, wait

if TYPE_CHECKING:
    from pathlib import Path

    from ..browser.static_server import StaticServer
    from .drivers import Driver

# Seconds for a whole area; harness.js has shorter limits for its parts.
LIMIT = 900
HARNESS = "/harness/"


class Result(NamedTuple):
    """Of one check; no error means that it passed."""

    name: str
    error: str | None
    milliseconds: int


@dataclass(frozen=True)
class Report:
    """Of one area in one engine."""

    title: str
    known: dict[str, str]
    results: list[Result]
    error: str | None
    starts: later_visit.Starts | None

    def result(self, name: str) -> Result | None:
        return next((result for result in self.results if result.name == name), None)

    def problems(self) -> list[str]:
        """Says what is not as the checks state it; a known deviation that is gone is a problem."""
        problems = [] if self.error is None else [self.error]
        for name, error, _ in self.results:
            if error is None and name in self.known:
                problems.append(f"{name}: works now, so it is no `known` deviation")
            elif error is not None and name not in self.known:
                problems.append(f"{name}: {error}")
        if self.starts and self.starts.restored < self.starts.ready:
            ready, restored = self.starts
            problems.append(f"{restored} of {ready} interpreters went on from a snapshot")
        return problems


def build(work: Path) -> Path:
    """Builds the site."""
    return build_sphinx_in(FOLDER / "site", work)


def publish(server: StaticServer, site: Path) -> str:
    """Serves the site with the harness; gives its URL."""
    server.mount(HARNESS, FOLDER)
    return server.mount("/project/conformance/", site)


def run_area(
    driver: Driver, engine: str, area: str, site: str, *, is_later: bool = False
) -> Report:
    """Runs the checks of an area, of a later visit as told by `later_visit`."""
    url = f"{site}{area}.html"
    if is_later:
        try:
            later_visit.open_again(driver, url)
        except (RuntimeError, TimeoutError) as error:
            return Report("", {}, [], str(error), None)
    else:
        open_thriftily(driver, url)
    arguments = f"{json.dumps(area)}, {json.dumps(engine)}"
    driver.evaluate(f'void import("{HARNESS}harness.js").then(({{ run }}) => run({arguments}))')
    with contextlib.suppress(TimeoutError):  # the report says so
        wait(driver, "globalThis.conformance?.done ?? false", LIMIT)
    starts = later_visit.starts(driver) if is_later else None
    return _report(driver.evaluate("globalThis.conformance ?? null"), starts)


def _report(seen: dict[str, Any] | None, starts: later_visit.Starts | None) -> Report:
    if seen is None:
        return Report("", {}, [], "the harness did not start", starts)
    results = [Result(row["name"], row["error"], row["milliseconds"]) for row in seen["results"]]
    error = seen["error"] or (None if seen["done"] else f"not done within {LIMIT} s")
    return Report(seen["title"], seen["known"], results, error, starts)
