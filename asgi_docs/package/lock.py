"""Requirements -> lock file: uv resolves for the reader's browser, the result is a PEP 751 file."""

from __future__ import annotations

import dataclasses
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import tomli_w
from packaging.markers import Marker
from packaging.pylock import Pylock
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from asgi_docs.errors import LockError
from asgi_docs.package import pyodide
from asgi_docs.package.lock_file import file_name, fits, fitting_wheel
from asgi_docs.package.uv import run_uv

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packaging.pylock import Package, PackageWheel

# Parts of extras such as fastapi[standard] that only a real server has a use for, and that a
# browser cannot run. An author who names one of them gets it, or the error that it deserves.
SERVER_ONLY = (
    *("fastapi-cli", "fastapi-cloud-cli", "gunicorn", "granian"),
    *("fastar", "rignore", "httptools", "uvloop", "watchdog", "watchfiles"),
)


def lock_path(folder: Path, environment: str) -> Path:
    """Where the lock file of an environment stands."""
    return folder / f"pylock.{environment}.toml"


def make_lock(path: Path, requires: Sequence[str], *, urls: bool = True) -> None:
    """Resolve requirements and write the lock file.

    Args:
        path: the file to write.
        requires: normalised requirements.
        urls: whether the file says where each wheel was found, or only its name.

    Raises:
        LockError: there is no solution, or a package of it does not run in a browser.
    """
    found = Pylock.from_dict(tomllib.loads(_compile(requires, "--format=pylock.toml")))
    missing = [each for each in found.packages if not _runs(each)]
    if missing:
        raise LockError(_explain(missing, requires))
    lock = Pylock(
        lock_version=found.lock_version,
        environments=[Marker("sys_platform == 'emscripten'")],
        requires_python=SpecifierSet(f"=={pyodide.PYTHON_SERIES}.*"),
        created_by="asgi-docs",
        packages=[_reduced(each, urls) for each in found.packages],
    )
    lock.validate()
    text = f"{_header(requires)}\n{tomli_w.dumps(_plain(lock.to_dict()))}"
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_at_once(path, text)


def _compile(requires: Sequence[str], *options: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        excludes = Path(folder) / "excludes.txt"
        excludes.write_text("\n".join(_excluded(requires)), "utf-8")
        return run_uv(
            ["compile", "-", "--no-header", f"--excludes={excludes}", *options],
            f"{', '.join(requires)} cannot be resolved for Python {pyodide.PYTHON} in the browser",
            stdin="\n".join(requires),
        )


def _excluded(requires: Sequence[str]) -> list[str]:
    named = {canonicalize_name(Requirement(each).name) for each in requires}
    return [name for name in SERVER_ONLY if name not in named]


def _runs(package: Package) -> bool:
    archive = package.archive
    if archive:
        return bool(archive.url) and fits(file_name(archive.url or ""))
    return fitting_wheel(package) is not None


def _reduced(package: Package, urls: bool) -> Package:
    """Without what we do not use: other wheels, sdists, times, indexes."""
    if package.archive:
        archive = dataclasses.replace(package.archive, upload_time=None)
        return dataclasses.replace(package, archive=archive)
    wheel = fitting_wheel(package)
    assert wheel is not None
    return dataclasses.replace(package, index=None, sdist=None, wheels=[_located(wheel, urls=urls)])


def _located(wheel: PackageWheel, *, urls: bool) -> PackageWheel:
    name = file_name(wheel.name or wheel.url or wheel.path or "")
    parts = urlsplit(wheel.url or "")
    if urls and parts.scheme in ("http", "https"):
        public = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        return dataclasses.replace(wheel, name=None, url=public, path=None, upload_time=None)
    return dataclasses.replace(wheel, name=None, url=None, path=name, upload_time=None)


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


def _explain(missing: Sequence[Package], requires: Sequence[str]) -> str:
    askers = _askers(_compile(requires, "--annotation-style=line"))
    lines = [
        f"  {package.name} {package.version or ''}".rstrip() + _chain(package.name, askers)
        for package in missing
    ]
    return (
        f"{', '.join(requires)}: these packages have no wheel for {pyodide.TARGET}:\n"
        + "\n".join(lines)
        + "\nRequire a version that has one, or another package in its place; "
        "an extra such as name[extra] often asks for more than an example needs."
    )


def _askers(compiled: str) -> dict[str, list[str]]:
    """Who asked for each package, from the comments of uv's requirements list."""
    found = re.findall(r"^([\w.-]+)\S*(?:[ \t]+# via (.+))?$", compiled, re.MULTILINE)
    return {
        canonicalize_name(name): [canonicalize_name(each) for each in via.split(", ") if via]
        for name, via in found
    }


def _chain(name: str, askers: dict[str, list[str]]) -> str:
    chain = [name]
    while above := [each for each in askers.get(chain[-1], []) if each not in chain]:
        chain.append(above[0])
    return f" (needed by {', needed by '.join(chain[1:])})" if len(chain) > 1 else ""
