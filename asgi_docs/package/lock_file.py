"""Reads a lock file (PEP 751) and picks from it what runs in the reader's browser."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from packaging.pylock import Pylock, PylockUnsupportedVersionError, PylockValidationError
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from asgi_docs.errors import LockError
from asgi_docs.package import pyodide

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from pathlib import Path

    from packaging.pylock import Package, PackageWheel
    from packaging.tags import Tag


# Where a lock file of ours tells how a source distribution was built (PEP 751, `packages.tool`).
TOOL, BACKEND = "asgi-docs", "build-backend"


@dataclass(frozen=True)
class LockedPackage:
    """One exact distribution of an environment.

    Attributes:
        name: canonical.
        url: where a direct requirement (`name @ https://…`) has it from; else empty: an index.
        from_source: the hash is that of a source distribution, which pure_build.py builds.
        backend: the build backend to do it with, such as `setuptools==84.2.1`; empty: the newest.
    """

    name: str
    version: str
    sha256: str
    url: str = ""
    from_source: bool = False
    backend: str = ""

    @property
    def requirement(self) -> str:
        """A line for `uv pip install --require-hashes`."""
        target = f" @ {self.url}" if self.url else f"=={self.version}"
        return f"{self.name}{target} --hash=sha256:{self.sha256}"


def read_lock(path: Path) -> list[LockedPackage]:
    """The packages of a lock file, sorted by name.

    Raises:
        LockError: the file is broken, or locks something that does not run in a browser.
    """
    advice = "Mend it, or delete it to have it made afresh"
    try:
        return packages_of(Pylock.from_dict(tomllib.loads(path.read_text("utf-8"))))
    except (
        tomllib.TOMLDecodeError,
        UnicodeDecodeError,
        PylockValidationError,
        PylockUnsupportedVersionError,
    ) as error:
        raise LockError(f"{path}: this is no usable lock file: {error}. {advice}.") from None
    except LockError as error:
        raise LockError(f"{path}: {error} {advice}.") from None


def packages_of(lock: Pylock) -> list[LockedPackage]:
    """What to install on our target.

    Raises:
        LockError: a package that is needed there has nothing that fits.
    """
    environment = pyodide.marker_environment()
    if lock.requires_python and pyodide.PYTHON not in lock.requires_python:
        raise LockError(f"it is for Python {lock.requires_python}, readers get {pyodide.PYTHON}.")
    needed = [
        each for each in lock.packages if not each.marker or each.marker.evaluate(environment)
    ]
    return sorted((locked(each) for each in needed), key=lambda package: package.name)


def locked(package: Package) -> LockedPackage:
    """The wheel that fits best, else the source distribution.

    Raises:
        LockError: the package has neither.
    """
    archive, sdist, wheel = package.archive, package.sdist, fitting_wheel(package)
    if archive and archive.url and fits(file_name(archive.url)):
        _, version, _, _ = parse_wheel_filename(file_name(archive.url))
        sha256 = _sha256(package, archive.hashes)
        return LockedPackage(package.name, str(version), sha256, archive.url)
    source = archive if archive and archive.url else sdist
    if package.version is None or not (wheel or source):
        raise LockError(f"{package.name} has no wheel for {pyodide.TARGET}, and no source.")
    version_text = str(package.version)
    if wheel:
        return LockedPackage(package.name, version_text, _sha256(package, wheel.hashes))
    assert source is not None
    return LockedPackage(
        package.name,
        version_text,
        _sha256(package, source.hashes),
        url=(archive.url or "") if archive else "",
        from_source=True,
        backend=_backend(package),
    )


def _backend(package: Package) -> str:
    ours = (package.tool or {}).get(TOOL)
    found = ours.get(BACKEND) if isinstance(ours, dict) else None
    return found if isinstance(found, str) else ""


def _sha256(package: Package, hashes: object) -> str:
    found = hashes.get("sha256") if hasattr(hashes, "get") else None
    if not found:
        raise LockError(f"{package.name} has no sha256.")
    return str(found)


def fitting_wheel(package: Package) -> PackageWheel | None:
    """The best wheel for our target, or None."""
    ranked = [
        (rank, wheel)
        for wheel in package.wheels or ()
        if (rank := _rank(file_name(wheel.name or wheel.url or wheel.path or ""))) is not None
    ]
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def fits(wheel_name: str) -> bool:
    """Whether a wheel of this file name runs on our target."""
    return _rank(wheel_name) is not None


def file_name(url_or_path: str) -> str:
    """The last part of a URL or a path."""
    return unquote(PurePosixPath(urlsplit(url_or_path).path).name)


def _rank(wheel_name: str) -> int | None:
    try:
        _, _, _, tags = parse_wheel_filename(wheel_name)
    except InvalidWheelFilename:
        return None
    ranks = [rank for tag in tags if (rank := _tag_ranks().get(tag)) is not None]
    return min(ranks, default=None)


@cache
def _tag_ranks() -> dict[Tag, int]:
    return {tag: rank for rank, tag in enumerate(pyodide.supported_tags())}
