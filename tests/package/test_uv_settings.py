"""The author's settings for uv and pip. All of it runs without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from asgi_docs.package.installed import install
from asgi_docs.package.lock import make_lock
from asgi_docs.package.lock_file import read_lock
from asgi_docs.package.uv import settings_of

from .serving import serving
from .wheels import write_wheel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def docs(tmp_path: Path, index: Path) -> Path:
    """A documentation; its index has two versions of each package."""
    for version in ("1.0", "2.0"):
        write_wheel(index, "web", version, dependencies=("base",))
        write_wheel(index, "base", version)
    (tmp_path / "docs").mkdir()
    return tmp_path / "docs"


def locked(docs: Path, *requires: str) -> dict[str, str]:
    path = docs / "asgi-docs/pylock.web.toml"
    make_lock(path, requires)
    return {package.name: package.version for package in read_lock(path)}


def test_constraints_above_the_documentation_count_wherever_the_build_runs(docs: Path) -> None:
    assert locked(docs, "web") == {"base": "2.0", "web": "2.0"}
    (docs / "uv.toml").write_text('override-dependencies = ["web==1.0"]\n')
    assert locked(docs, "web") == {"base": "2.0", "web": "1.0"}
    (docs / "uv.toml").unlink()
    (docs.parent / "pyproject.toml").write_text(
        '[project]\nname = "x"\nversion = "1"\n[tool.uv]\nconstraint-dependencies = ["base<2"]\n'
    )
    assert locked(docs, "web") == {"base": "1.0", "web": "2.0"}


@pytest.mark.parametrize("variable", ["UV_CONSTRAINT", "PIP_CONSTRAINT", "UV_OVERRIDE"])
def test_files_that_variables_name(
    variable: str, docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "constraints.txt"
    file.write_text("base==1.0\n")
    monkeypatch.setenv(variable, str(file))
    assert locked(docs, "web") == {"base": "1.0", "web": "2.0"}


def test_what_the_author_leaves_out(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "excludes.txt").write_text("base\n")
    monkeypatch.setenv("UV_EXCLUDE", str(tmp_path / "excludes.txt"))
    assert locked(docs, "web") == {"web": "2.0"}


def test_variables_of_pip_count_where_those_of_uv_are_not_set(
    docs: Path, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_wheel(tmp_path / "more", "base", "3.0")
    monkeypatch.setenv("PIP_FIND_LINKS", f"{tmp_path / 'more'} {index}")
    assert locked(docs, "web") == {"base": "2.0", "web": "2.0"}
    monkeypatch.delenv("UV_FIND_LINKS")
    assert locked(docs, "web") == {"base": "3.0", "web": "2.0"}


@pytest.fixture
def index_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An index in the form of PEP 503 that has the package `inner`."""
    wheel = write_wheel(tmp_path / "private/inner", "inner")
    (wheel.parent / "index.html").write_text(f'<a href="{wheel.name}">{wheel.name}</a>')
    monkeypatch.delenv("UV_OFFLINE")
    with serving(tmp_path / "private") as url:
        yield url


@pytest.mark.parametrize("place", ["uv.toml", "UV_INDEX", "PIP_EXTRA_INDEX_URL", "PIP_INDEX_URL"])
def test_packages_of_another_index_are_checked_and_need_no_network_again(
    place: str, docs: Path, index_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = index_url.replace("://", "://somebody:secret@")
    if place == "uv.toml":
        (docs / "uv.toml").write_text(f'index = [{{ url = "{secret}", default = true }}]\n')
    else:
        monkeypatch.setenv(place, secret)
    if place != "PIP_INDEX_URL":
        monkeypatch.setenv("UV_DEFAULT_INDEX", index_url)
    assert locked(docs, "inner") == {"inner": "1.0"}
    path = docs / "asgi-docs/pylock.web.toml"
    assert f'url = "{index_url}inner/inner-1.0' in path.read_text()
    assert "secret" not in path.read_text()
    with settings_of(docs):
        install(read_lock(path), tmp_path / "online", "web")
        monkeypatch.setenv("UV_OFFLINE", "1")
        install(read_lock(path), tmp_path / "offline", "web")
    assert (tmp_path / "offline/inner.py").is_file()
