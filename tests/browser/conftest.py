"""Browsers, servers and pages."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from ..once import made_once
from . import sites
from .console import Console
from .engines import ENGINES, launch
from .interpreters import SAVES_DATA
from .kept_blocks import KeptBlocks
from .live_block import LIMIT, LiveBlock

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

    from .outside import Outside
    from .static_server import StaticServer

RESULTS = Path(__file__).parent / ".results"
# Two cores and two browsers: slow is no failure.
expect.set_options(timeout=20_000)

FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


# The sites.


@pytest.fixture(scope="session")
def sample_site(server: StaticServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of the folder that holds `sphinx/` and `mkdocs/`."""
    return server.mount("/sample/", made_once(tmp_path_factory, "sample", sites.sample_site))


@pytest.fixture(scope="session")
def behaviour_site(server: StaticServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    build = partial(sites.build_sphinx_in, sites.OWN_SITES / "behaviour")
    return server.mount("/project/en/latest/", made_once(tmp_path_factory, "behaviour", build))


# The browsers: one process for an engine, a fresh profile for a test.


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def browser(
    pytestconfig: pytest.Config, playwright: Playwright, engine: str, outside: Outside
) -> Iterator[Browser]:
    is_quick = not pytestconfig.getoption("--all")
    browser = launch(playwright, engine, outside.server_port, is_quick=is_quick)
    yield browser
    browser.close()


@pytest.fixture
def launch_firefox(
    playwright: Playwright, outside: Outside
) -> Iterator[Callable[[dict[str, Any]], Browser]]:
    """Starts a Firefox with further preferences, for what only a whole process can have."""
    browsers = []

    def start(prefs: dict[str, Any]) -> Browser:
        browsers.append(launch(playwright, "firefox", outside.server_port, prefs))
        return browsers[-1]

    yield start
    for browser in browsers:
        browser.close()


@pytest.fixture
def console() -> Iterator[Console]:
    """Errors of the test's pages; those that it does not expect fail it."""
    console = Console()
    yield console
    assert console.unexpected() == []


@pytest.fixture
def no_other_origin(outside: Outside) -> Iterator[None]:
    asked_before = len(outside.asked)
    yield
    assert outside.asked[asked_before:] == [], "something was loaded from another origin"


@pytest.fixture
def new_context(
    request: pytest.FixtureRequest, browser: Browser, console: Console, no_other_origin: None
) -> Iterator[Callable[..., BrowserContext]]:
    """Opens profiles whose errors, and requests to other origins, fail the test."""
    contexts: list[BrowserContext] = []
    later_visit = request.config.getoption("--later-visit")
    is_thrifty = request.node.get_closest_marker("thrifty") and not later_visit

    def open_context(in_browser: Browser = browser, **options: Any) -> BrowserContext:
        context = in_browser.new_context(**options)
        context.set_default_timeout(LIMIT)
        if is_thrifty:
            context.add_init_script(SAVES_DATA)
        console.watch(context)
        contexts.append(context)
        return context

    yield open_context
    if request.node.stash.get(FAILED, False):
        _save_screenshots(contexts, request.node.name)
    for context in contexts:
        context.close()


def _save_screenshots(contexts: list[BrowserContext], test: str) -> None:
    RESULTS.mkdir(exist_ok=True)
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages):
        name = re.sub(r"[^\w.-]+", "-", test)
        page.screenshot(path=RESULTS / f"{name}-{number}.png", full_page=True)


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    return new_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


# Live blocks of a page that is open.


@pytest.fixture
def open_block(page: Page) -> Callable[..., LiveBlock]:
    def open_page(url: str, index: int = 0) -> LiveBlock:
        return LiveBlock.open(page, url, index)

    return open_page


@pytest.fixture(scope="module")
def kept_blocks(browser: Browser) -> Iterator[KeptBlocks]:
    blocks = KeptBlocks(browser)
    yield blocks
    blocks.close_all()


@pytest.fixture
def run_kept(
    request: pytest.FixtureRequest,
    kept_blocks: KeptBlocks,
    console: Console,
    no_other_origin: None,
) -> Iterator[Callable[..., LiveBlock]]:
    """Runs a block for all tests of a file that do not care what it was asked before."""
    used: list[LiveBlock] = []

    def run(url: str, index: int = 0) -> LiveBlock:
        used.append(kept_blocks.run(url, index, console))
        return used[-1]

    yield run
    if request.node.stash.get(FAILED, False):
        _save_screenshots([block.page.context for block in used], request.node.name)
        for block in used:
            kept_blocks.close(block)


@pytest.fixture
def counter(page: Page, behaviour_site: str) -> LiveBlock:
    """The counter app's block, not yet started."""
    return LiveBlock.open(page, f"{behaviour_site}counter.html")
