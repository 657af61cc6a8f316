"""What `asgi-docs vendor` keeps, and builds that have nothing else."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from asgi_docs.cli import main
from asgi_docs.errors import LockError, PackageError
from asgi_docs.package.cache import FOLDER_VARIABLE
from asgi_docs.package.installed import install
from asgi_docs.package.lock import make_lock
from asgi_docs.package.lock_file import read_lock
from asgi_docs.package.pure_build import build
from asgi_docs.package.vendor import vendor
from asgi_docs.package.vendored import read_sums, sha256_of, vendored_beside

from .sdists import write_sdist
from .wheels import write_wheel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOWHERE = "http://127.0.0.1:9/"  # the port of `discard`, which nobody serves

RST = """\
Shop
====

.. asgi-live::
   :requires: shop

   from shop import app
"""
PROJECT = """\
[build-system]
requires = ["flit-core"]
build-backend = "flit_core.buildapi"

[project]
name = "shop"
version = "1.0"
description = "A shop"
dependencies = ["itsdangerous", "markupsafe"]
"""
APP = """\
import itsdangerous, markupsafe

PAGE = "<script src='https://cdn.jsdelivr.net/npm/js-cookie@3.0.5/dist/js.cookie.min.js'></script>"

async def app(scope, receive, send): ...
"""


@dataclass(frozen=True)
class Shop:
    """A documentation of a project, with vendored files; markupsafe is built from its source."""

    docs: Path
    said: str

    @property
    def vendor(self) -> Path:
        return self.docs / "asgi-docs/vendor"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[Shop]:
    project = tmp_path_factory.mktemp("shop")
    docs = project / "docs"
    docs.mkdir()
    (docs / "conf.py").write_text('project = "x"\nextensions = ["asgi_docs"]\n', "utf-8")
    (docs / "index.rst").write_text(RST, "utf-8")
    (project / "pyproject.toml").write_text(PROJECT, "utf-8")
    (project / "shop.py").write_text(APP, "utf-8")
    assert main(["lock", str(docs)]) == 0
    asgi_docs = [sys.executable, "-m", "asgi_docs", "vendor", docs]
    done = subprocess.run(asgi_docs, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    yield Shop(docs, done.stdout)
    shutil.rmtree(project)


@pytest.mark.network
@pytest.mark.node
def test_all_that_a_build_fetches_is_kept(shop: Shop) -> None:
    sums = read_sums(shop.vendor)
    assert sums == {path: sha256_of(shop.vendor / path) for path in sums}
    names = {path.rpartition("-")[0] for path in sums}
    assert names >= {"npm/js-cookie", "npm/pyodide", "packages/markupsafe"}
    kinds = {(path.split("/")[0], path.split("/")[1].split("-")[0]) for path in sums}
    assert kinds >= {
        ("build", "flit_core"),
        ("build", "setuptools"),
        ("packages", "itsdangerous"),
    }
    assert shop.said.startswith(f"{len(sums)} files, ")
    assert shop.said.endswith(f" {len(sums)} of them new: {shop.vendor}\n")


@pytest.mark.network
@pytest.mark.node
def test_a_build_needs_no_network_and_no_cache(shop: Shop, tmp_path: Path) -> None:
    variables = {
        FOLDER_VARIABLE: str(tmp_path / "cache"),
        "UV_CACHE_DIR": str(tmp_path / "uv"),
        "UV_DEFAULT_INDEX": NOWHERE,
        "UV_HTTP_RETRIES": "0",
        "npm_config_cache": str(tmp_path / "npm"),
        "npm_config_registry": NOWHERE,
        "HTTP_PROXY": NOWHERE,
        "HTTPS_PROXY": NOWHERE,
    }
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "-q", shop.docs, tmp_path / "html"],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list(tmp_path.glob("html/_static/asgi-docs/environments/shop-*.json"))) == 1
    assert list(tmp_path.glob("html/_static/asgi-docs/vendor/js-cookie-*/dist/*.js"))


@pytest.mark.network
@pytest.mark.node
def test_only_what_is_missing_is_fetched_and_what_is_stale_is_named(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = shop.vendor / "packages/old-1.0-py3-none-any.whl"
    stale.touch()
    with monkeypatch.context() as offline:
        offline.setenv("UV_OFFLINE", "1")
        offline.setenv("npm_config_offline", "true")
        assert main(["vendor", str(shop.docs)]) == 0
    named, last = capsys.readouterr().out.splitlines()
    assert named == f"Vendored file that nothing needs any more, to be deleted: {stale}"
    assert "none of them new" in last
    stale.unlink()
    (damaged,) = shop.vendor.glob("packages/itsdangerous-*")
    damaged.write_bytes(b"")
    (shop.vendor / "npm/js-cookie-3.0.5.tgz").unlink()
    assert main(["vendor", str(shop.docs)]) == 0
    assert ", 2 of them new" in capsys.readouterr().out


@pytest.fixture
def nothing_from_npm(no_network: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))


def locked(docs: Path, requires: str) -> Path:
    """Makes a lock file; returns the folder of it."""
    folder = docs / "asgi-docs"
    make_lock(folder / f"pylock.{requires}.toml", [requires])
    return folder


def test_vendored_wheels_are_taken_first(
    index: Path, tmp_path: Path, nothing_from_npm: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = write_wheel(index, "web")
    locks = locked(tmp_path / "docs", "web")
    with pytest.raises(PackageError, match="npm pack pyodide"):
        vendor(locks)
    kept = locks / "vendor/packages" / web.name
    assert read_sums(locks / "vendor") == {f"packages/{web.name}": sha256_of(kept)}, "stays"
    monkeypatch.delenv("UV_FIND_LINKS")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "empty"))
    packages = read_lock(locks / "pylock.web.toml")
    with vendored_beside(locks):
        install(packages, tmp_path / "site", "web")
    assert (tmp_path / "site/web.py").is_file()
    other = dataclasses.replace(packages[0], name="other", sha256="0" * 64)
    with vendored_beside(locks), pytest.raises(LockError, match=r"vendor lacks other 1\.0, which"):
        install([*packages, other], tmp_path / "both", "web")
    kept.write_bytes(kept.read_bytes() + b" ")
    with vendored_beside(locks), pytest.raises(LockError, match="damaged") as told:
        install(packages, tmp_path / "again", "web")
    assert str(kept) in str(told.value)


def test_what_builds_a_source_is_kept(
    index: Path, tmp_path: Path, nothing_from_npm: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_wheel(index, "builder", "2.0")
    write_wheel(index, "builder", "3.0")
    sdist = write_sdist(index, "web", requires=("builder<3",))
    locks = locked(tmp_path / "docs", "web")
    with pytest.raises(PackageError, match="npm pack pyodide"):
        vendor(locks)
    (path,) = (path for path in read_sums(locks / "vendor") if path.startswith("build/"))
    assert path == "build/builder-2.0-py3-none-any.whl"
    assert sdist.sha256 in read_sums(locks / "vendor").values()
    shutil.rmtree(index)
    monkeypatch.delenv("UV_FIND_LINKS")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "second-cache"))
    with vendored_beside(locks):
        assert list(build(sdist).files.glob("web/__init__.py"))
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "third-cache"))
    (locks / "vendor" / path).write_bytes(b"")
    with vendored_beside(locks), pytest.raises(LockError, match=r"builder-2\.0.* is .*damaged"):
        build(sdist)


def test_what_cannot_be_fetched_is_told_with_its_place(
    index: Path, tmp_path: Path, no_network: None
) -> None:
    write_wheel(index, "web")
    locks = locked(tmp_path / "docs", "web")
    (lock,) = locks.iterdir()
    text = lock.read_text("utf-8")
    place = "https://packages.invalid/"
    lock.write_text(text.replace('path = "', f'url = "{place}'), "utf-8")
    with pytest.raises(LockError) as told:
        vendor(locks)
    assert str(told.value) == (
        f"{lock}: web 1.0 cannot be fetched, for UV_OFFLINE is set: {place}web-1.0-py3-none-any.whl"
    )
    lock.write_text(re.sub(r'(?<=sha256 = ")....', "0000", text), "utf-8")
    with pytest.raises(LockError, match=r"web 1\.0 is in no index with the sha256 0000"):
        vendor(locks)


def test_a_folder_without_lock_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vendor", str(tmp_path)]) == 1
    assert "has neither lock files nor the sources" in capsys.readouterr().err
