"""Requirements -> lock file: uv resolves for the reader's browser, the result is a PEP 751 file."""

from __future__ import annotations

import dataclasses
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli_w
from packaging.markers import Marker
from packaging.pylock import PackageDirectory, Pylock
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from asgi_docs.package import pyodide
from asgi_docs.package.checkout import build_checkout, local_requirements
from asgi_docs.package.lock_file import ABI, BACKEND, BUILT_FOR, PYODIDE, REQUIRES, TOOL
from asgi_docs.package.runnable import runnable_packages
from asgi_docs.package.uv import settings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from packaging.pylock import Package

    from asgi_docs.package.checkout import BuiltCheckout, Checkout

_HEADER = """\
# Made by asgi-docs. Commit this file with your documentation;
# `asgi-docs lock --upgrade` takes newer versions.
"""


def make_lock(
    path: Path,
    requires: Sequence[str],
    *,
    urls: bool = True,
    prefer: Mapping[str, str] | None = None,
    project: Checkout | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> tuple[str, ...]:
    """Resolve requirements and write the lock file.

    Returns sentences for the author, about versions that are not the newest since these do not run.

    Args:
        path: the file to write. The author's settings of uv are looked for from its folder upwards.
        requires: normalised requirements.
        urls: whether the file says where each package was found, or only its name.
        prefer: version by name, taken wherever the requirements allow it; else the newest.
        project: a source tree to use in place of what is published.
        report: told what takes time.

    Raises:
        LockError: there is no solution, or a package of it does not run in a browser.
    """
    local = local_requirements(requires, path.absolute().parent.parent)
    trees = {tree.name: tree for tree in [*([project] if project else []), *local]}
    with settings_of(path.parent):
        built = {name: build_checkout(tree, report=report) for name, tree in trees.items()}
        found = runnable_packages(requires, prefer or {}, built, urls=urls, report=report)
    packages = [
        _tree(each, trees[each.name], path, built[each.name]) if each.name in trees else each
        for each in found.packages
    ]
    lock = Pylock(
        lock_version=Version("1.0"),
        environments=[Marker("sys_platform == 'emscripten'")],
        requires_python=SpecifierSet(f"=={pyodide.PYTHON_SERIES}.*"),
        created_by="asgi-docs",
        packages=packages,
        tool={TOOL: {PYODIDE: pyodide.VERSION, ABI: pyodide.ABI, REQUIRES: list(requires)}},
    )
    lock.validate()
    text = f"{_HEADER}\n{tomli_w.dumps(_plain(lock.to_dict()))}"
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_at_once(path, text)
    return found.notes


def _tree(package: Package, tree: Checkout, lock: Path, built: BuiltCheckout) -> Package:
    """In place of the wheel that uv was shown; without a version, which changes with the tree."""
    path = os.path.relpath(tree.folder, lock.absolute().parent)
    ours = {BACKEND: built.backend, BUILT_FOR: list(built.requires)}
    return dataclasses.replace(
        package,
        version=None,
        archive=None,
        directory=PackageDirectory(path=Path(path).as_posix()),
        tool={TOOL: {key: value for key, value in ours.items() if value}},
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value


def _write_at_once(path: Path, text: str) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".pylock-")
    os.close(descriptor)
    temporary = Path(name)
    try:
        temporary.write_text(text, "utf-8", newline="\n")
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
