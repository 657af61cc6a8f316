"""`asgi-docs lock` with the sources of a documentation. All of it runs without a network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from asgi_docs.cli import main

from .wheels import write_wheel

if TYPE_CHECKING:
    from pathlib import Path

RST = """
Title
=====

.. asgi-live::
   :requires: {}

   async def app(scope, receive, send): ...
"""
MARKDOWN = """
```asgi-live requires="{}"
async def app(scope, receive, send): ...
```
"""
CONFIGURATIONS = {
    "sphinx": ("conf.py", 'project = "x"\nextensions = ["asgi_docs"]\n'),
    "mkdocs": ("mkdocs.yml", "site_name: x\nplugins: [asgi-docs]\n"),
    "properdocs": ("properdocs.yml", "site_name: x\ntheme: material\nplugins: [asgi-docs]\n"),
    "zensical": (
        "zensical.toml",
        '[project]\nsite_name = "x"\n[project.markdown_extensions]\n'
        "pymdownx.superfences = {}\nasgi_docs = {}\n",
    ),
    # MkDocs is there, too, but wants another theme.
    "zensical, for MkDocs": (
        "mkdocs.yml",
        "site_name: x\ntheme: {variant: classic}\n"
        "markdown_extensions: [pymdownx.superfences, asgi_docs]\n",
    ),
}
TOOLS = pytest.mark.parametrize("tool", CONFIGURATIONS)


def write_sources(docs: Path, tool: str, requires: str) -> None:
    (docs / "docs").mkdir(parents=True, exist_ok=True)
    name, text = CONFIGURATIONS[tool]
    (docs / name).write_text(text)
    page, content = ("index.rst", RST) if tool == "sphinx" else ("docs/index.md", MARKDOWN)
    (docs / page).write_text(content.format(requires))


@TOOLS
def test_missing_lock_files_are_made_and_unused_ones_told(
    tool: str, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("web", "shop"):
        write_wheel(index, name)
    docs = tmp_path / "docs"
    write_sources(docs, tool, "web")
    assert main(["lock", str(docs)]) == 0
    made = re.fullmatch(
        r"New lock file, to be committed: (\S+pylock\.web-\w+\.toml)\n", capsys.readouterr().out
    )
    assert made
    assert main(["lock", str(docs)]) == 0
    assert capsys.readouterr().out == "Unchanged: 1 lock file.\n"
    write_sources(docs, tool, "shop")
    assert main(["lock", str(docs)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert re.search(r"New .*pylock\.shop-", told[0])
    assert told[1] == f"Lock file that no block uses, to be deleted: {made[1]}"
    made_here = {path.name for path in docs.iterdir()}
    made_here -= {".cache"}  # Zensical's own
    assert made_here <= {"asgi-docs", CONFIGURATIONS[tool][0], "docs", "index.rst"}


@TOOLS
def test_the_current_folder_is_the_default(
    tool: str,
    index: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_wheel(index, "web")
    write_sources(tmp_path / "docs", tool, "web")
    monkeypatch.chdir(tmp_path / "docs")
    assert main(["lock"]) == 0
    assert capsys.readouterr().out.startswith("New lock file, to be committed: asgi-docs/pylock.")
    assert main(["list"]) == 0
    head, block, count = capsys.readouterr().out.splitlines()
    assert head.split() == ["Place", "Block", "Environment", "Page"]
    page = "index.rst:5" if tool == "sphinx" else "index.md:2"
    assert re.fullmatch(rf"{page} +main:app +web-\w+ +index.html", block)
    assert count == "1 live block on 1 page."


@TOOLS
def test_warnings_are_handed_on(
    tool: str, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A block with a mistake is not live, and its lock file would be called unused."""
    write_sources(tmp_path / "docs", tool, "web==")
    assert main(["lock", str(tmp_path / "docs")]) == 1
    warning, error = capsys.readouterr().err.splitlines()
    assert ("WARNING" in warning) == ("zensical" not in tool)  # which prints no levels
    assert re.search(r"index\.(rst:6|md:2): .*'requires'", warning)
    assert error == f"asgi-docs: {tmp_path / 'docs'}: none of the pages has a live block."


def test_sources_that_cannot_be_built(
    index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sources(tmp_path / "docs", "sphinx", "web")
    (tmp_path / "docs/conf.py").write_text('extensions = ["no_such_extension"]\n')
    assert main(["lock", str(tmp_path / "docs")]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"asgi-docs: {tmp_path / 'docs'}: sphinx cannot build this:\n")
    assert "no_such_extension" in told
