"""The same page, built in one theme after the other."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from ..environments import make_environment

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


class Theme(NamedTuple):
    """A theme of a documentation tool.

    Attributes:
        tool: `sphinx`, `mkdocs` or `zensical`.
        requirement: what brings it, beside the tool.
        is_dark_too: whether it follows a reader who wants dark pages.
    """

    title: str
    tool: str
    requirement: str
    is_dark_too: bool = True


# By name: of Sphinx's, it is the theme's own.
THEMES = {
    "alabaster": Theme("alabaster", "sphinx", "alabaster", is_dark_too=False),
    "furo": Theme("furo", "sphinx", "furo"),
    "pydata_sphinx_theme": Theme("pydata", "sphinx", "pydata-sphinx-theme"),
    "sphinx_book_theme": Theme("book", "sphinx", "sphinx-book-theme"),
    "sphinx_rtd_theme": Theme("Read the Docs", "sphinx", "sphinx-rtd-theme", is_dark_too=False),
    "shibuya": Theme("shibuya", "sphinx", "shibuya"),
    "material": Theme("Material for MkDocs", "mkdocs", "mkdocs-material>=9.6,<10"),
    "zensical": Theme("Zensical", "zensical", "zensical"),
}


def build(name: str, work: Path) -> Path:
    """Build the page as its author does, with the newest release of the theme; gives the site."""
    theme = THEMES[name]
    # Each theme on its own, as some want an older release of another.
    of_us = f"asgi-docs[{'sphinx' if theme.tool == 'sphinx' else 'mkdocs'}] @ {ROOT.as_uri()}"
    python = make_environment(work / "python", of_us, theme.requirement)
    source = work / "source"
    shutil.copytree(HERE / "site" / ("sphinx" if theme.tool == "sphinx" else "mkdocs"), source)
    pages = source if theme.tool == "sphinx" else source / "docs"
    shutil.copy(HERE / "site/notes.py", pages)
    if theme.tool == "sphinx":
        _run(source, python, "sphinx", "-q", "-D", f"html_theme={name}", ".", "site")
    else:
        _run(source, python, theme.tool, "build")
        if theme.tool == "zensical":  # which knows no plugins
            _run(source, python, "asgi_docs", "package", "site")
    return source / "site"


def _run(folder: Path, python: Path, module: str, *arguments: str) -> None:
    done = subprocess.run(
        [python, "-m", module, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{module} failed:\n{done.stdout}")
