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
from packaging.pylock import Pylock
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from asgi_docs.errors import LockError
from asgi_docs.package import pyodide
from asgi_docs.package.lock_errors import explain
from asgi_docs.package.lock_file import BACKEND, TOOL, file_name, fits, fitting_wheel, locked
from asgi_docs.package.pure_build import build, cached_build, without_compilers
from asgi_docs.package.uv import run_uv

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from packaging.pylock import Package, PackageSdist, PackageWheel

    _File = TypeVar("_File", PackageWheel, PackageSdist)

# What packages and extras such as fastapi[standard] ask for that only a real server, or a person
# at a terminal, has a use for. An author who names one of them gets it, or the error it deserves.
# Not here, since they are pure and get imported: uvicorn (by apps, for `uvicorn.run`), hypercorn
# (by Quart), websockets (by apps), setuptools (by packages that ask for it).
SERVER_ONLY = (
    "fastapi-cli",  # starts servers
    "fastapi-cloud-cli",  # deploys; asks for fastar and rignore
    "fastar",  # archives for a deployment; Rust
    "granian",  # a server; Rust
    "gunicorn",  # a server; forks
    "httptools",  # a faster parser for uvicorn's sockets; C
    "pip",  # Datasette's `install` command; 4 MB of a reader's download
    "rignore",  # files for a deployment; Rust
    "uvloop",  # an event loop for sockets; C
    "watchdog",  # reloads servers when files change
    "watchfiles",  # reloads servers when files change; Rust
)

# What packages ask for where the system has no such data of its own, as on Windows; nor has the
# browser's Python. Django's templates, for one, fail without.
NEEDED_AS_ON_WINDOWS = ("tzdata",)


def lock_path(folder: Path, environment: str) -> Path:
    """Where the lock file of an environment stands."""
    return folder / f"pylock.{environment}.toml"


def make_lock(
    path: Path,
    requires: Sequence[str],
    *,
    urls: bool = True,
    report: Callable[[str], None] = lambda _: None,
) -> None:
    """Resolve requirements and write the lock file.

    Args:
        path: the file to write.
        requires: normalised requirements.
        urls: whether the file says where each package was found, or only its name.
        report: told what takes time.

    Raises:
        LockError: there is no solution, or a package of it does not run in a browser.
    """
    found = Pylock.from_dict(tomllib.loads(_compile(requires, "--format=pylock.toml")))
    packages: list[Package] = []
    unfit: dict[str, tuple[str, str]] = {}
    for package in found.packages:
        try:
            packages.append(_reduced(package, urls, report))
        except LockError as error:
            unfit[package.name] = (str(package.version or "(of no index)"), str(error))
    if unfit:
        compiled = _compile(requires, "--annotation-style=line")
        raise LockError(explain(unfit, ", ".join(requires), compiled))
    lock = Pylock(
        lock_version=found.lock_version,
        environments=[Marker("sys_platform == 'emscripten'")],
        requires_python=SpecifierSet(f"=={pyodide.PYTHON_SERIES}.*"),
        created_by="asgi-docs",
        packages=packages,
    )
    lock.validate()
    text = f"{_header(requires)}\n{tomli_w.dumps(_plain(lock.to_dict()))}"
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_at_once(path, text)


def _compile(requires: Sequence[str], *options: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        excludes = Path(folder) / "excludes.txt"
        excludes.write_text("\n".join(_unless_named(SERVER_ONLY, requires)), "utf-8")
        # An override replaces a requirement together with its marker.
        overrides = Path(folder) / "overrides.txt"
        overrides.write_text("\n".join(_unless_named(NEEDED_AS_ON_WINDOWS, requires)), "utf-8")
        changes = [f"--excludes={excludes}", f"--overrides={overrides}"]
        return run_uv(
            ["compile", "-", "--no-header", *changes, *options],
            f"{', '.join(requires)} cannot be resolved for Python {pyodide.PYTHON} in the browser",
            stdin="\n".join(requires),
            variables=without_compilers(),
        )


def _unless_named(packages: Sequence[str], requires: Sequence[str]) -> list[str]:
    named = {canonicalize_name(Requirement(each).name) for each in requires}
    return [name for name in packages if name not in named]


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


def _header(requires: Sequence[str]) -> str:
    return (
        f"# Made by asgi-docs for Pyodide {pyodide.VERSION}. Commit this file with your\n"
        "# documentation; delete it to resolve afresh.\n"
        f"# Requirements: {'; '.join(requires)}\n"
    )


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
