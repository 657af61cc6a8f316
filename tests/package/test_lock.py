from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from packaging.pylock import Pylock, is_valid_pylock_path

from asgi_docs.errors import LockError
from asgi_docs.package import pyodide
from asgi_docs.package.cache import FOLDER_VARIABLE
from asgi_docs.package.lock import make_lock
from asgi_docs.package.lock_file import lock_path, read_lock
from asgi_docs.package.ports import PLACE_VARIABLE
from asgi_docs.package.pure_build import build
from asgi_docs.package.site import package_site

from .site_building import STARLETTE, contents, write_page

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.network


def test_lock_is_a_valid_pep_751_file_for_the_readers_platform(tmp_path: Path) -> None:
    path = lock_path(tmp_path / "docs", "fastapi-1a2b3c4d")
    make_lock(path, ["fastapi"])
    text = path.read_text("utf-8")
    assert text.startswith("# Made by asgi-docs")
    assert is_valid_pylock_path(path)
    lock = Pylock.from_dict(tomllib.loads(text))
    files = {package.name: [each.url for each in package.wheels or ()] for package in lock.packages}
    assert all(len(urls) == 1 for urls in files.values())
    (core,) = files["pydantic-core"]
    assert core is not None
    assert core.endswith(f"-pyemscripten_{pyodide.ABI}_wasm32.whl")
    (fastapi,) = (package for package in lock.packages if package.name == "fastapi")
    assert {"name": "starlette"} in (fastapi.dependencies or ())
    assert lock.tool == {
        "asgi-docs": {"pyodide": pyodide.VERSION, "abi": pyodide.ABI, "requires": ["fastapi"]}
    }
    assert not any(package.sdist for package in lock.packages)
    assert str(tmp_path) not in text


def test_lock_without_urls_names_no_host(tmp_path: Path) -> None:
    with_urls, without = tmp_path / "pylock.a.toml", tmp_path / "pylock.b.toml"
    make_lock(with_urls, ["starlette"])
    make_lock(without, ["starlette"], urls=False)
    assert "://" not in without.read_text("utf-8")
    assert read_lock(without) == read_lock(with_urls)


def test_locked_source_gives_the_same_files_on_another_machine(
    tmp_path: Path, empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pylock.toml"
    make_lock(path, ["markupsafe", "pyyaml"], urls=False)
    assert "://" not in path.read_text("utf-8")
    packages = read_lock(path)
    assert [package.name for package in packages] == ["markupsafe", "pyyaml"]
    trees = []
    for machine in (empty_cache, tmp_path / "another"):
        monkeypatch.setenv(FOLDER_VARIABLE, str(machine))
        for package in packages:
            files = contents(build(package).files)
            record = next(name for name in files if name.endswith("/RECORD"))
            trees.append({name: files[name] for name in files if name != record})
    assert trees[:2] == trees[2:]


def test_surrounding_settings_do_not_change_the_target(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_SYSTEM_PYTHON", "1")
    monkeypatch.setenv("UV_PYTHON", "3.10")
    path = tmp_path / "pylock.toml"
    make_lock(path, ["tzdata; sys_platform == 'emscripten'", "colorama; sys_platform == 'win32'"])
    assert [wheel.name for wheel in read_lock(path)] == ["tzdata"]


def test_what_packages_ask_for_on_windows_since_there_is_no_time_zone_data(tmp_path: Path) -> None:
    path = tmp_path / "pylock.toml"
    make_lock(path, ["django"])
    assert "tzdata" in [wheel.name for wheel in read_lock(path)]


def test_package_that_cannot_run_in_a_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PLACE_VARIABLE, str(tmp_path / "nothing"))
    path = tmp_path / "pylock.toml"
    with pytest.raises(LockError) as error:
        make_lock(path, ["sanic"])
    text = str(error.value)
    assert "(needed by sanic): its source cannot be built without a compiler; ujson-" in text
    assert f"Pyodide {pyodide.VERSION}" in text
    assert len(text.splitlines()) < 9
    assert not path.exists()


def test_server_only_packages_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "pylock.toml"
    make_lock(path, ["uvicorn[standard]"])
    names = {wheel.name for wheel in read_lock(path)}
    assert names >= {"uvicorn", "websockets", "pyyaml"}
    assert not names & {"uvloop", "httptools", "watchfiles"}
    with pytest.raises(LockError, match="uvloop"):
        make_lock(tmp_path / "pylock.b.toml", ["uvloop"])


def test_requirements_that_contradict_each_other(tmp_path: Path) -> None:
    with pytest.raises(LockError) as error:
        make_lock(tmp_path / "pylock.toml", ["starlette<0.30", "fastapi>=0.120"])
    text = str(error.value)
    assert text.startswith("starlette<0.30, fastapi>=0.120 cannot be resolved")
    assert "conclude" in text
    assert len(text) < 3000


def test_error_names_the_block_that_asked(tmp_path: Path, no_network: None) -> None:
    write_page(tmp_path / "site/a.html", STARLETTE, base="_static/asgi-docs/")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
        with pytest.raises(
            LockError, match=r"^tutorial/second\.rst:8: starlette cannot be resolved"
        ):
            package_site(tmp_path / "site", locks=tmp_path / "locks")
    assert not (tmp_path / "locks").exists()


def test_wheel_that_is_not_the_locked_one(tmp_path: Path, empty_cache: Path) -> None:
    write_page(tmp_path / "site/a.html", STARLETTE, base="_static/asgi-docs/")
    path = lock_path(tmp_path / "locks", STARLETTE.environment)
    make_lock(path, ["starlette"])
    (first, *_) = read_lock(path)
    path.write_text(path.read_text("utf-8").replace(first.sha256, "0" * 64), "utf-8")
    with pytest.raises(LockError) as error:
        package_site(tmp_path / "site", locks=tmp_path / "locks")
    assert str(error.value) == (
        f"The packages of pylock.{STARLETTE.environment}.toml cannot be fetched: "
        f"{first.name}=={first.version} is not the file that is locked, for its sha256 differs: "
        "restore the lock file, or upgrade this package in it with asgi-docs lock."
    )
