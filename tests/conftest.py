"""What a test needs beyond Python is asked for by a flag; without flags nothing is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Playwright
    from xdist.remote import Producer
    from xdist.workermanage import WorkerController

    from .browser.outside import Outside
    from .browser.static_server import StaticServer
    from .scheduling import Scheduling


class Need(NamedTuple):
    marker: str
    flag: str
    help: str


NEEDS = [
    Need("browser", "--browsers", "run the tests that need Chromium, Firefox and WebKit"),
    Need("node", "--node", "run the tests that need Node"),
    Need("network", "--network", "run the tests that need network"),
]


LARGE_FIRST = ("test_threads_in_pyodide.py", "replay", "frameworks", "conformance")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("asgi-docs")
    for need in NEEDS:
        group.addoption(need.flag, action="store_true", help=need.help)
    group.addoption(
        "--engine",
        action="append",
        metavar="NAME",
        help="of the browser tests, run this engine's only; may be given several times. Those that "
        "belong to no engine run with chromium",
    )
    group.addoption(
        "--all",
        action="store_true",
        help="run what is left out for time, too: tests that are marked as alike with Firefox, "
        "those that are marked as further, and Chromium's optimizing compiler",
    )
    group.addoption(
        "--later-visit",
        action="store_true",
        help="of tests/frameworks, check apps that have gone on from a snapshot",
    )


def pytest_configure(config: pytest.Config) -> None:
    for need in NEEDS:
        config.addinivalue_line("markers", f"{need.marker}: skipped without {need.flag}")
    config.addinivalue_line(
        "markers",
        "alike: of what engines do alike, such as our own controls; with Chromium only, unless "
        "--all or --engine is given",
    )
    config.addinivalue_line("markers", "further: of its kind there are others; only with --all")
    config.addinivalue_line("markers", "thrifty: in browsers of readers who save data")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # Browsers last, since Playwright's synchronous interface keeps an event loop running in this
    # thread until the session ends, beside which asyncio.run() starts no other.
    items.sort(key=lambda item: ("browser" in item.keywords, _place(item)))
    left_out = [item for item in items if _is_left_out(item, config)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    for need in NEEDS:
        if config.getoption(need.flag):
            continue
        skip = pytest.mark.skip(reason=f"needs {need.flag}")
        for item in items:
            if need.marker in item.keywords:
                item.add_marker(skip)


def _is_left_out(item: pytest.Item, config: pytest.Config) -> bool:
    engine, engines = _engine_of(item), config.getoption("--engine")
    if engines and "browser" in item.keywords:
        return engine not in engines
    is_alike = "alike" in item.keywords and engine != "chromium"
    return (is_alike or "further" in item.keywords) and not config.getoption("--all")


def _engine_of(item: pytest.Item) -> str:
    callspec = getattr(item, "callspec", None)
    return str(callspec.params.get("engine", "chromium")) if callspec else "chromium"


def _place(item: pytest.Item) -> int:
    """Large groups come first, so that no process is left with one at the end."""
    folders = [folder for folder in LARGE_FIRST if folder in item.path.parts]
    return LARGE_FIRST.index(folders[0]) if folders else len(LARGE_FIRST)


FINDINGS = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def findings(pytestconfig: pytest.Config) -> list[str]:
    """Lines for the summary at the end of the run."""
    return pytestconfig.stash.setdefault(FINDINGS, [])


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:  # a process of pytest-xdist
        output["findings"] = session.config.stash.get(FINDINGS, [])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    from .scheduling import Scheduling

    return Scheduling(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: WorkerController) -> None:
    """Takes over what that process has found."""
    findings = node.config.stash.setdefault(FINDINGS, [])
    findings += getattr(node, "workeroutput", {}).get("findings", [])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for line in config.stash.get(FINDINGS, []):
        terminalreporter.write_line(line)
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.section(f"{report.nodeid}, tried again", sep="_")
        terminalreporter.write_line(report.longreprtext)


# What several folders of browser tests share. The imports stand inside, so that a run without
# browsers needs no Playwright.


@pytest.fixture(scope="session")
def server() -> Iterator[StaticServer]:
    from .browser.static_server import StaticServer

    server = StaticServer()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def outside() -> Iterator[Outside]:
    from .browser.outside import Outside

    outside = Outside()
    yield outside
    outside.shutdown()
    outside.server_close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One for the session: a second one cannot start beside it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright
