"""The site of all frameworks."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# The browsers, profiles and pages of the other browser tests.
from ..browser.conftest import *  # noqa: F403
from ..browser.interpreters import Interpreters
from ..browser.live_block import LiveBlock
from ..browser.sites import build_sphinx_in
from ..once import made_once

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from ..browser.console import Console
    from ..browser.static_server import StaticServer

SITE = Path(__file__).parent / "site"


@pytest.fixture(scope="session")
def framework_site(server: StaticServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    build = partial(build_sphinx_in, SITE)
    return server.mount("/frameworks/", made_once(tmp_path_factory, "frameworks", build))


@pytest.fixture
def open_app(
    request: pytest.FixtureRequest, page: Page, console: Console, framework_site: str
) -> Callable[[str], LiveBlock]:
    """Opens a framework's page and runs its block."""
    is_later = request.config.getoption("--later-visit")
    interpreters = Interpreters(page)

    def open_and_run(name: str) -> LiveBlock:
        url = f"{framework_site}{name}.html"
        if is_later:
            LiveBlock.open(page, url).run()
            interpreters.wait_for_spare()
            page.goto("about:blank")
            console.errors.clear()  # leaving has cut off what the app's page was loading
        block = LiveBlock.open(page, url).run()
        assert interpreters.restored == (1 if is_later else 0)
        return block

    return open_and_run
