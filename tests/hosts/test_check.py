"""Builds that start every live block: `-b asgi-check`, and `check` of the MkDocs plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import MkDocsBuild, SphinxBuild, WriteFiles

pytestmark = [pytest.mark.network, pytest.mark.node]

WRONG = "from json import nothing as app"
ANSWERS = """
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body"})
"""
CONFIG = "site_name: X\nplugins:\n  - asgi-docs: {check: true}\n"


def rest(*codes: str) -> dict[str, str]:
    blocks = [
        f".. asgi-live::\n   :lifespan: off\n   :files: apps.*\n\n   {code}\n" for code in codes
    ]
    return {
        "conf.py": "project = 'X'\nextensions = ['asgi_docs']\n",
        "index.rst": "\n".join(["Page\n====\n", *blocks]),
    }


def markdown(*codes: str) -> dict[str, str]:
    blocks = [f'```asgi-live lifespan="off" files="apps.*"\n{code}\n```\n' for code in codes]
    return {"mkdocs.yml": CONFIG, "docs/index.md": "\n".join(["# Page\n", *blocks])}


def test_sphinx_builder(tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild) -> None:
    write_files(tmp_path, {**rest(WRONG, WRONG), "apps.py": ""})
    build = sphinx_build(tmp_path, "-b", "asgi-check", out="check")
    assert build.returncode == 1
    for line in (4, 10):
        assert f"{tmp_path / 'index.rst'}:{line}: WARNING: the app cannot be imported." in build.log
    assert "cannot import name 'nothing' from 'json'" in build.log
    assert (build.out / "index.html").is_file()


def test_other_sphinx_builders_start_nothing(
    tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    write_files(tmp_path, {**rest(WRONG), "apps.py": ""})
    assert sphinx_build(tmp_path, "-W").returncode == 0


@pytest.mark.parametrize("front_end", [rest, markdown])
def test_right_blocks_are_no_failure(
    front_end: Callable[..., dict[str, str]],
    tmp_path: Path,
    write_files: WriteFiles,
    sphinx_build: SphinxBuild,
    mkdocs_build: MkDocsBuild,
) -> None:
    apps = "docs/apps.py" if front_end is markdown else "apps.py"
    write_files(tmp_path, {**front_end("from apps import app"), apps: ANSWERS})
    if front_end is rest:
        build = sphinx_build(tmp_path, "-v", "-b", "asgi-check", "-W", out="check")
    else:
        build = mkdocs_build(tmp_path, "--strict")
    assert build.returncode == 0, build.log
    assert "1 live block: 1 right" in build.log


def test_mkdocs_plugin(tmp_path: Path, write_files: WriteFiles, mkdocs_build: MkDocsBuild) -> None:
    write_files(tmp_path, {**markdown(WRONG), "docs/apps.py": ""})
    build = mkdocs_build(tmp_path)
    assert build.returncode == 1
    assert f"{tmp_path / 'docs/index.md'}:3: the app cannot be imported." in build.log
    assert "1 live block: 0 right, 1 failed." in build.log
    assert "Traceback" not in build.log.replace("    Traceback", "")
