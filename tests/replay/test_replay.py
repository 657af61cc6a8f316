"""FastAPI's tutorials answer in a browser as they did where they were recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..browser.engines import ENGINES
from ..conformance.drivers import drive
from .in_browser import SCRIPTS, open_page
from .recording import FASTAPI_TUTORIALS, App, load
from .replayer import HERE, Replayer
from .verdicts import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Playwright

    from ..browser.outside import Outside
    from ..browser.static_server import StaticServer
    from ..conformance.drivers import Driver

pytestmark = [pytest.mark.browser, pytest.mark.network]

RECORDING = load(FASTAPI_TUTORIALS)
# Their packages are written in Rust and C, and have wheels for a browser only in Pyodide's own
# distribution, which is not to be had everywhere.
UNRESOLVED = {"docs_src.custom_response.tutorial001b", "docs_src.security.tutorial004"}


# Each takes seconds. `python -m tests.replay` asks all of them in each engine.
SHARES = {"chromium": slice(0, None, 42), "firefox": slice(8, None, 168)}
SHARE_OF = {engine: list(RECORDING)[SHARES[engine]] for engine in ENGINES}
CASES = [
    pytest.param(engine, app, id=f"{engine}-{app}")
    for engine, share in SHARE_OF.items()
    for app in share
]


@pytest.fixture(scope="session")
def replayer(pytestconfig: pytest.Config) -> Iterator[Replayer]:
    wanted = {app for share in SHARE_OF.values() for app in share}
    cache = pytestconfig.cache.mkdir("replay")
    replayer = Replayer(FASTAPI_TUTORIALS, cache, is_wanted=wanted.__contains__)
    yield replayer
    replayer.close()


@pytest.fixture(scope="module")
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def driver(
    engine: str, replayer: Replayer, playwright: Playwright, outside: Outside, server: StaticServer
) -> Iterator[Driver]:
    """Has the page of all apps open."""
    url = server.mount("/replayed/", replayer.site.folder)
    server.mount(SCRIPTS, HERE)
    with drive(engine, playwright, outside.server_port) as driver:
        open_page(driver, f"{url}index.html")
        yield driver


@pytest.fixture(scope="module")
def tally(engine: str, findings: list[str]) -> Iterator[dict[App, list[int]]]:
    """Counts of each module: its exchanges, and those that are as recorded."""
    counts: dict[App, list[int]] = {}
    yield counts
    total, equal = (sum(column) for column in zip(*counts.values(), strict=True))
    whole = sum(all_of == good for all_of, good in counts.values())
    findings.append(
        f"FastAPI's tutorials in {engine}: {equal} of {total} exchanges as recorded, "
        f"{whole} of {len(counts)} modules entirely"
    )


@pytest.mark.parametrize(("engine", "app"), CASES, indirect=["engine"], scope="module")
def test_a_tutorial_answers_as_recorded(
    app: App,
    replayer: Replayer,
    driver: Driver,
    tally: dict[App, list[int]],
) -> None:
    if app in replayer.site.unresolved:
        assert app.module in UNRESOLVED
        return
    total = sum(map(len, comparable(RECORDING[app]).values()))
    misses = replayer.in_browser(app, driver) if total else {}
    tally[app] = [total, total - len(misses)]
    only_here = {
        number: reasons
        for number, reasons in misses.items()
        if number not in replayer.natively(app)
    }
    assert only_here == {}
