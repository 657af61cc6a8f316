"""Builds that start every live block: `-b asgi-check`, and `check` of the MkDocs plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.requests.records import read_records
from asgi_docs.cli import main

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


def test_requests_in_sphinx(
    tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    """Recorded from all pages in one, and right in the pages one by one."""
    pages = {
        "second.rst": "Second\n======\n\n.. asgi-live:: apps.py\n   :lifespan: off\n"
        "   :request: GET /a\n",
        "apps.py": ANSWERS,
    }
    first = ".. toctree::\n   second\n\n.. asgi-request::\n\n   GET /b\n"
    files = rest("from apps import app")
    files["index.rst"] += f"\n{first}"
    write_files(tmp_path, {**files, **pages})
    single = sphinx_build(tmp_path, "-b", "singlehtml", out="single")
    assert main(["check", str(single.out), "--update", "--sources", str(tmp_path)]) == 0
    answers = tmp_path / "asgi-docs/answers"
    recorded = {
        file.name: [each.request for each in read_records(file)] for file in answers.iterdir()
    }
    assert recorded == {"index.txt": ["GET /b HTTP/1.1"], "second.txt": ["GET /a HTTP/1.1"]}
    build = sphinx_build(tmp_path, "-v", "-W", "-b", "asgi-check", out="check")
    assert build.returncode == 0, build.log
    assert "2 live blocks: 2 right" in build.log
    assert "2 requests: 2 right, 0 failed." in build.log
    file = answers / "second.txt"
    file.write_text(file.read_text().replace("200 OK", "201 Created"))
    build = sphinx_build(tmp_path, "-b", "asgi-check", out="check")
    assert build.returncode == 1
    place = f"{tmp_path / 'second.rst'}:6: WARNING: "
    assert f"{place}GET /a is not answered as recorded." in build.log
    assert "status: 201 recorded, 200 now" in build.log


def test_requests_in_mkdocs(
    tmp_path: Path, write_files: WriteFiles, mkdocs_build: MkDocsBuild
) -> None:
    page = markdown("from apps import app")
    page["docs/index.md"] += "\n```asgi-request\nGET /a\n```\n"
    record = "> GET /a HTTP/1.1\n< HTTP/1.1 404 Not Found\n"
    write_files(tmp_path, {**page, "docs/apps.py": ANSWERS, "asgi-docs/answers/index.txt": record})
    build = mkdocs_build(tmp_path)
    assert build.returncode == 1
    assert f"{tmp_path / 'docs/index.md'}:8: GET /a is not answered as recorded." in build.log
    assert "status: 404 recorded, 200 now" in build.log
    assert "1 live block: 1 right, 0 failed; 1 request: 0 right, 1 failed." in build.log
