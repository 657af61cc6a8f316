"""FastAPI's tutorials: modules that pages include. Its pages are not on the package index.

Each chapter becomes a page, which includes its modules by the syntax of FastAPI's own pages, or by
Sphinx's `literalinclude`.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from ...replay.recording import App
from ...replay.sources import BASE, FASTAPI, requirements
from ...source_distributions import unpacked
from .documentation import Documentation

if TYPE_CHECKING:
    from pathlib import Path

_MKDOCS = """\
site_name: FastAPI
theme: {name: material}
plugins: [search]
markdown_extensions:
  - mdx_include
  - markdown_include_variants
  - pymdownx.blocks.details
  - pymdownx.blocks.tab
  - pymdownx.superfences
"""
_MKDOCS_LINE = "  - asgi_docs: {files: [docs_src], requires: fastapi python-multipart}\n"
# These need what Pyodide has on its CDN alone; a build shall do with the package index.
_OF_CDN = {"orjson", "ujson", "pwdlib[argon2]"}
_CONF = "project = 'FastAPI'\nhtml_theme = 'furo'\nexclude_patterns = ['site']\n"
_CONF_LINES = """\
extensions = ['asgi_docs']
asgi_docs_files = ['docs_src/**']
asgi_docs_requires = ['fastapi', 'python-multipart']
"""


def write(folder: Path, tool: str, _leave: object = None) -> Documentation:
    """Write a page for each chapter; one that needs more packages says so at its head."""
    sources = unpacked(f"fastapi=={FASTAPI}", folder, below="docs_src/")
    live, plain = folder / "live", folder / "plain"
    edits = samples = 0
    for target, is_live in ((plain, False), (live, True)):
        shutil.copytree(sources, target)
        edits = _write_config(target, tool, is_live=is_live)
        samples = 0
        chapters = sorted(path for path in (target / "docs_src").iterdir() if path.is_dir())
        for chapter in chapters:
            modules = [path.relative_to(target).as_posix() for path in _modules(chapter)]
            samples += len(modules)
            head = _head(target, modules, tool) if is_live else []
            edits += len(head)
            _write_page(target, tool, chapter.name, [*head, *_page(tool, chapter.name, modules)])
    pages = "." if tool == "sphinx" else "docs"
    return Documentation("FastAPI", tool, live, plain, pages, edits, samples)


def _modules(chapter: Path) -> list[Path]:
    return [path for path in sorted(chapter.rglob("*.py")) if path.name != "__init__.py"]


def _write_config(folder: Path, tool: str, *, is_live: bool) -> int:
    if tool == "sphinx":
        ours = _CONF_LINES if is_live else ""
        (folder / "conf.py").write_text(_CONF + ours)
        (folder / "index.rst").write_text("FastAPI\n=======\n\n.. toctree::\n   :glob:\n\n   *\n")
    else:
        ours = _MKDOCS_LINE if is_live else ""
        (folder / "mkdocs.yml").write_text(_MKDOCS + ours)
        (folder / "docs").mkdir()
        (folder / "docs" / "index.md").write_text("# FastAPI\n")
    return ours.count("\n")


def _head(folder: Path, modules: list[str], tool: str) -> list[str]:
    needed: set[str] = set()
    for module in modules:
        name = module.removesuffix(".py").replace("/", ".")
        needed.update(requirements(folder, App(name, "app")))
    needed -= _OF_CDN
    if needed <= set(BASE):
        return []
    listed = " ".join(sorted(each.partition("==")[0] for each in needed))
    if tool == "sphinx":
        return [f":asgi_docs_requires: {listed}", ""]
    return ["---", f"asgi_docs: {{requires: {listed!r}}}", "---"]


def _page(tool: str, chapter: str, modules: list[str]) -> list[str]:
    if tool == "sphinx":
        lines = [chapter, "=" * len(chapter)]
        return [*lines, *(f"\n.. literalinclude:: {module}" for module in modules)]
    return [f"# {chapter}", *(f"\n{{* {module} *}}" for module in modules)]


def _write_page(folder: Path, tool: str, chapter: str, lines: list[str]) -> None:
    name = f"{chapter}.rst" if tool == "sphinx" else f"docs/{chapter}.md"
    (folder / name).write_text("\n".join([*lines, ""]))
