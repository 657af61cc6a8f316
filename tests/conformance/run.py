"""Runs an area in an engine."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ..browser.sites import build_sphinx
from .areas import FOLDER

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
        return problems


def publish(server: StaticServer, work: Path) -> str:
    """Builds the site and serves it with the harness; gives its URL."""
    server.mount(HARNESS, FOLDER)
    built = build_sphinx(FOLDER / "site", work / "html", work / "doctrees")
    return server.mount("/project/conformance/", built)


def run_area(driver: Driver, engine: str, area: str, site: str) -> Report:
    driver.open(f"{site}{area}.html")
    arguments = f"{json.dumps(area)}, {json.dumps(engine)}"
    driver.evaluate(f'void import("{HARNESS}harness.js").then(({{ run }}) => run({arguments}))')
    end = time.monotonic() + LIMIT
    while not driver.evaluate("globalThis.conformance?.done ?? false"):
        if time.monotonic() > end:
            break
        time.sleep(0.1)  # the browser is another process: nothing here can be waited for
    return _report(driver.evaluate("globalThis.conformance ?? null"))


def _report(seen: dict[str, Any] | None) -> Report:
    if seen is None:
        return Report("", {}, [], "the harness did not start")
    results = [Result(row["name"], row["error"], row["milliseconds"]) for row in seen["results"]]
    error = seen["error"] or (None if seen["done"] else f"not done within {LIMIT} s")
    return Report(seen["title"], seen["known"], results, error)
