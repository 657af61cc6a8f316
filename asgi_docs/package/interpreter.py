"""A Python for uv that says it is Pyodide, so that uv resolves for the reader's browser."""

from __future__ import annotations

import os
import shutil
import sys
import venv
from importlib import resources
from typing import TYPE_CHECKING

from asgi_docs.package import cache, pyodide

if TYPE_CHECKING:
    from pathlib import Path


def disguised_interpreter() -> Path:
    """The executable of that Python, made when the cache does not hold it."""
    disguise = _disguise()
    folder = cache.entry("interpreter", cache.key_of(sys.executable, sys.version, disguise))
    if folder.is_dir() and not _executable(folder).exists():
        # A dangling link: the Python that it was made from is gone.
        shutil.rmtree(folder, ignore_errors=True)
    if not folder.is_dir():
        _make(folder, disguise)
    return _executable(folder)


def _make(folder: Path, disguise: str) -> None:
    with cache.scratch_folder() as scratch:
        new = scratch / "venv"
        venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(new)
        library = next(new.glob("[Ll]ib/**/site-packages"))
        (library / "_asgi_docs_disguise.py").write_text(disguise, "utf-8")
        (library / "asgi_docs_disguise.pth").write_text("import _asgi_docs_disguise\n", "utf-8")
        cache.publish(new, folder)


def _executable(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _disguise() -> str:
    target = {
        "python": [int(part) for part in pyodide.PYTHON.split(".")],
        "emscripten": pyodide.EMSCRIPTEN,
        "abi": pyodide.ABI,
    }
    text = resources.files("asgi_docs.package").joinpath("disguise.py").read_text("utf-8")
    return f"TARGET = {target!r}\n{text}"
