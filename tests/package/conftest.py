from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from asgi_docs.package.cache import FOLDER_VARIABLE
from asgi_docs.package.site import PackagedSite, package_site

from ..once import made_once
from .site_building import write_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Built:
    """A site that was packaged with an empty cache, which then holds all that it needs."""

    cache: Path
    site: Path
    locks: Path
    result: PackagedSite
    reports: list[str]

    @property
    def folder(self) -> Path:
        return self.site / "_static/asgi-docs"


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty cache for the session, never the user's own."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(folder))
        yield folder


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "empty-cache"
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Built:
    """Made once, whatever ran before; from then on the session's cache holds what it needs."""
    built = made_once(tmp_path_factory, "built", _build)
    for entry in built.cache.glob("*/*"):
        place = cache / entry.relative_to(built.cache)
        if not place.exists():
            shutil.copytree(entry, place, symlinks=True)
    return built


def _build(folder: Path) -> Built:
    cache, site, locks = folder / "cache", folder / "site", folder / "docs/asgi-docs"
    write_site(site)
    reports: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(cache))
        result = package_site(site, locks=locks, report=reports.append)
    return Built(cache, site, locks, result, reports)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("npm_config_offline", "true")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_cache: Path) -> Path:
    """The folder that uv takes packages from; there is no other place."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("UV_FIND_LINKS", str(folder))
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv-cache"))
    return folder
