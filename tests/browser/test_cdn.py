"""Sites whose readers get Pyodide from elsewhere: `runtime = "cdn"`."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from asgi_docs.package import pyodide
from asgi_docs.package.site import package_site

from . import sites
from .other_site import PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .console import Console
    from .live_block import LiveBlock
    from .static_server import StaticServer

pytestmark = [pytest.mark.browser, pytest.mark.thrifty, pytest.mark.alike]


@pytest.fixture
def package(
    server: StaticServer, behaviour_site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], str]:
    """Packages a copy of the site for a CDN, named by its folder; gives the URL."""

    def package(cdn: str) -> str:
        elsewhere = f"http://127.0.0.1:{server.server_port}{PREFIX}npm/{cdn}/"
        monkeypatch.setattr(pyodide, "CDN", elsewhere)
        site = tmp_path / "site"
        shutil.copytree(server.mounts["/project/en/latest/"], site)
        locks = sites.OWN_SITES / "behaviour/asgi-docs"
        package_site(site, locks=locks, runtime="cdn")
        assert not list(site.glob("**/pyodide-*"))
        return server.mount("/cdn/", site)

    return package


def test_app_runs(package: Callable[[str], str], open_block: Callable[[str], LiveBlock]) -> None:
    block = open_block(package("pyodide") + "fastapi.html").run()
    assert block.fetch("/openapi.json").status == 200


def test_other_files_than_the_pinned_ones_do_not_run(
    package: Callable[[str], str], open_block: Callable[[str], LiveBlock], console: Console
) -> None:
    console.expect("integrity|hash")
    block = open_block(package("changed") + "fastapi.html")
    error = block.start_error()
    assert error.startswith("download: Python could not be downloaded. 127.0.0.1:")
    assert error.endswith("sends other files than this page was made for.")
