"""The documented project, as authors name it in their docs tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import MkDocsBuild, SphinxBuild, WriteFiles

APP = "async def app(scope, receive, send): ...\n"
FENCE = f'```asgi-live requires="shop"\n{APP}```\n'
PYPROJECT = '[project]\nname = "shop"\nversion = "1"\n'

BACKEND = '[build-system]\nrequires = []\nbuild-backend = "nothing"\n'


def mkdocs(project: str) -> str:
    return f"site_name: x\nplugins:\n  - asgi-docs:\n      project: {project}\n"


def sphinx(project: str) -> str:
    return f'project = "x"\nextensions = ["asgi_docs"]\nasgi_docs_project = {project}\n'


@pytest.mark.parametrize(
    ("setting", "told"),
    [("../elsewhere", "elsewhere/pyproject.toml cannot be read"), ("3", "project")],
)
def test_mkdocs_setting(
    setting: str, told: str, tmp_path: Path, write_files: WriteFiles, mkdocs_build: MkDocsBuild
) -> None:
    folder = write_files(
        tmp_path,
        {"mkdocs.yml": mkdocs(setting), "docs/index.md": FENCE, "pyproject.toml": PYPROJECT},
    )
    build = mkdocs_build(folder)
    assert build.returncode == 1
    assert told in build.log
    assert "Traceback" not in build.log


def test_the_extension_alone_has_the_setting_too(
    tmp_path: Path, write_files: WriteFiles, mkdocs_build: MkDocsBuild
) -> None:
    config = (
        "site_name: x\nplugins: []\nmarkdown_extensions:\n  - pymdownx.superfences\n"
        "  - asgi_docs:\n      project: ../elsewhere\n"
    )
    build = mkdocs_build(write_files(tmp_path, {"mkdocs.yml": config, "docs/index.md": FENCE}))
    assert build.returncode == 1
    assert "elsewhere/pyproject.toml cannot be read" in build.log
    assert "Traceback" not in build.log


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ('"../elsewhere"', "elsewhere/pyproject.toml cannot be read"),
        ("None", "its wheel cannot be built"),
    ],
)
def test_sphinx_setting(
    setting: str, told: str, tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    directive = f".. asgi-live::\n   :requires: shop\n\n   {APP}"
    write_files(
        tmp_path,
        {
            "docs/conf.py": sphinx(setting),
            "docs/index.rst": f"x\n=\n\n{directive}",
            "pyproject.toml": PYPROJECT + BACKEND,
        },
    )
    build = sphinx_build(tmp_path / "docs")
    assert build.returncode == 1
    assert told in build.log
    assert "Traceback (most recent" not in build.log
