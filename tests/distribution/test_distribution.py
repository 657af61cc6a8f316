"""What we publish: the contents of sdist and wheel, and that the wheel stands on its own."""

from __future__ import annotations

import os
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from ..environments import make_environment, run_uv

pytestmark = pytest.mark.network

ROOT = Path(__file__).parents[2]
# What an import of the core must not need: these are extras, or run in the browser only.
HOSTS = ("docutils", "js", "markdown", "mkdocs", "pyodide", "sphinx")


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    # The wheel is built from the sdist: what the latter lacks shows.
    run_uv("build", "--quiet", "--no-config", "--out-dir", folder, ROOT)
    return folder


def wheel_names(dist: Path) -> set[str]:
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def sdist_names(dist: Path) -> set[str]:
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def sources(folder: str, *suffixes: str) -> set[str]:
    """Files of the checkout, without what tools leave there."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes and not {"node_modules", "__pycache__"} & set(path.parts)
    }


def test_wheel_holds_the_package_and_the_front_end(dist: Path) -> None:
    names = {name for name in wheel_names(dist) if ".dist-info/" not in name}
    front_end = {f"asgi_docs/{path}" for path in sources("assets", ".js", ".css", ".wasm", ".txt")}
    package = sources("asgi_docs", ".py", ".mjs", ".html", ".typed")
    package.add("asgi_docs/assets/bundles.json")  # what is joined when a site is packaged
    assert "asgi_docs/assets/asgi-live.js" in names
    assert names >= front_end | package | {"asgi_docs/py.typed"}
    extra = names - front_end - package
    assert {Path(name).suffix for name in extra} <= {".typed", ".txt"}


def test_wheel_has_its_licence_and_entry_points(dist: Path) -> None:
    names = {name.partition(".dist-info/")[2] for name in wheel_names(dist)}
    assert {"METADATA", "RECORD", "entry_points.txt", "licenses/LICENSE"} <= names
    assert {f"licenses/assets/vendor/{name}.txt" for name in ("codemirror", "zstddec")} <= names


def test_sdist_can_be_tested_and_holds_no_products(dist: Path) -> None:
    names = sdist_names(dist)
    assert names >= {"README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml"}
    assert names >= sources("asgi_docs", ".py", ".mjs") | sources(
        "assets", ".js", ".css", ".ts", ".wasm", ".txt"
    )
    assert names >= sources("tests", ".py")
    products = {"node_modules", "_build", "__pycache__", ".venv", ".mypy_cache", ".ruff_cache"}
    assert not [name for name in names if products & set(name.split("/"))]


def test_wheel_works_without_node_and_without_a_docs_tool(dist: Path, tmp_path: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    python = make_environment(tmp_path / "venv", wheel)
    script = f"""
import importlib, importlib.util, pkgutil, sys
for name in {HOSTS!r}:
    assert importlib.util.find_spec(name) is None, name
import asgi_docs
import asgi_docs.block, asgi_docs.package, asgi_docs.cli
for package in (asgi_docs.block, asgi_docs.package):
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if module.name != "asgi_docs.package.disguise":
            importlib.import_module(module.name)
from asgi_docs.package.assets import assets_folder, front_files
assert "asgi-live.js" in front_files(assets_folder())
assert asgi_docs.cli.main(["package", sys.argv[1]]) == 0
"""
    site = tmp_path / "site"
    site.mkdir()
    done = subprocess.run(
        [python, "-I", "-c", script, site],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={"PATH": "", "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{site} has no live blocks.\n"
