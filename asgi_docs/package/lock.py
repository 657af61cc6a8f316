"""Requirements -> lock file: uv resolves for the reader's browser, the result is a PEP 751 file."""

from __future__ import annotations

import dataclasses
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import tomli_w
from packaging.markers import Marker
from packaging.pylock import PackageDirectory, Pylock
from packaging.specifiers import SpecifierSet

from asgi_docs.errors import LockError
from asgi_docs.package import pyodide
from asgi_docs.package.checkout import (
    build_checkout,
    local_requirements,
)
from asgi_docs.package.lock_errors import explain
from asgi_docs.package.lock_file import (
    ABI,
    BACKEND,
    BUILT_FOR,
    PYODIDE,
    REQUIRES,
    TOOL,
    file_name,
    fits,
    fitting_wheel,
    locked,
)
from asgi_docs.package.pure_build import build, cached_build
from asgi_docs.package.resolve import resolve
from asgi_docs.package.uv import settings_of

if sys.version_info >= (3, 11):
    pass
else:
    pass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from packaging.pylock import Package, PackageSdist, PackageWheel

    from asgi_docs.package.checkout import BuiltCheckout, Checkout
    from asgi_docs.package.resolve import Resolution

    _File = TypeVar("_File", PackageWheel, PackageSdist)

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
) -> None:
    """Resolve requirements and write the lock file.

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
        resolution = resolve(requires, prefer or {}, built)
        packages = _runnable(resolution, requires, urls, report, set(built))
    packages = [
        _tree(each, trees[each.name], path, built[each.name]) if each.name in trees else each
        for each in packages
    ]
    lock = Pylock(
        lock_version=resolution.found.lock_version,
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


def _runnable(
    resolution: Resolution,
    requires: Sequence[str],
    urls: bool,
    report: Callable[[str], None],
    trees: Collection[str],
) -> list[Package]:
    packages: list[Package] = []
    unfit: dict[str, tuple[str, str]] = {}
    for package in resolution.found.packages:
        try:
            keep = package.name in trees
            packages.append(package if keep else _reduced(package, urls, report))
        except LockError as error:
            unfit[package.name] = (str(package.version or "(of no index)"), str(error))
    if unfit:
        raise LockError(explain(unfit, ", ".join(requires), resolution.askers))
    return [
        dataclasses.replace(package, dependencies=_dependencies(package.name, resolution.askers))
        for package in packages
    ]


def _dependencies(name: str, askers: Mapping[str, Sequence[str]]) -> list[dict[str, str]] | None:
    needed = [{"name": other} for other, needed_by in askers.items() if name in needed_by]
    return needed or None


def _reduced(package: Package, urls: bool, report: Callable[[str], None]) -> Package:
    """Only what we use; builds what has to be built, to know that it can be.

    Raises:
        LockError: the package does not run in a browser.
    """
    if package.archive and fits(file_name(package.archive.url or "")):
        archive = dataclasses.replace(package.archive, upload_time=None)
        return dataclasses.replace(package, archive=archive)
    if wheel := fitting_wheel(package):
        wheels = [_located(wheel, urls=urls)]
        return dataclasses.replace(package, index=None, sdist=None, wheels=wheels)
    if package.archive is None and package.sdist is None:
        raise LockError("it has no fitting wheel and no source, or stands in no package index")
    source = dataclasses.replace(locked(package), backend="")
    if cached_build(source) is None:
        report(f"Building {package.name} {package.version} without its native parts")
    backend = build(source).backend
    return dataclasses.replace(
        package,
        index=None,
        archive=package.archive and dataclasses.replace(package.archive, upload_time=None),
        sdist=package.sdist and _located(package.sdist, urls=urls),
        wheels=None,
        tool={TOOL: {BACKEND: backend}} if backend else None,
    )


def _located(file: _File, *, urls: bool) -> _File:
    name = file_name(file.name or file.url or file.path or "")
    parts = urlsplit(file.url or "")
    if urls and parts.scheme in ("http", "https"):
        public = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        return dataclasses.replace(file, name=None, url=public, path=None, upload_time=None)
    return dataclasses.replace(file, name=None, url=None, path=name, upload_time=None)


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
