"""Reads a lock file (PEP 751) and picks from it the wheels that run in the reader's browser."""

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


@dataclass(frozen=True)
class LockedWheel:
    """One exact distribution of an environment.

    Attributes:
        name: canonical.
        url: where a direct requirement (`name @ https://…`) has it from; else empty: an index.
    """

    name: str
    version: str
    sha256: str
    url: str = ""

    @property
    def requirement(self) -> str:
        """A line for `uv pip install --require-hashes`."""
        target = f" @ {self.url}" if self.url else f"=={self.version}"
        return f"{self.name}{target} --hash=sha256:{self.sha256}"


def read_lock(path: Path) -> list[LockedWheel]:
    """The wheels of a lock file, sorted by name.

    Raises:
        LockError: the file is broken, or locks something that does not run in a browser.
    """
    advice = "Mend it, or delete it to have it made afresh"
    try:
        return wheels_of(Pylock.from_dict(tomllib.loads(path.read_text("utf-8"))))
    except (
        tomllib.TOMLDecodeError,
        UnicodeDecodeError,
        PylockValidationError,
        PylockUnsupportedVersionError,
    ) as error:
        raise LockError(f"{path}: this is no usable lock file: {error}. {advice}.") from None
    except LockError as error:
        raise LockError(f"{path}: {error} {advice}.") from None


def wheels_of(lock: Pylock) -> list[LockedWheel]:
    """The wheels to install on our target.

    Raises:
        LockError: a package that is needed there has none.
    """
    environment = pyodide.marker_environment()
    if lock.requires_python and pyodide.PYTHON not in lock.requires_python:
        raise LockError(f"it is for Python {lock.requires_python}, readers get {pyodide.PYTHON}.")
    needed = [
        each for each in lock.packages if not each.marker or each.marker.evaluate(environment)
    ]
    return sorted((_wheel_of(each) for each in needed), key=lambda wheel: wheel.name)


def _wheel_of(package: Package) -> LockedWheel:
    archive = package.archive
    if archive and archive.url and fits(file_name(archive.url)):
        _, version, _, _ = parse_wheel_filename(file_name(archive.url))
        sha256 = _sha256(package, archive.hashes)
        return LockedWheel(package.name, str(version), sha256, archive.url)
    wheel = fitting_wheel(package)
    if wheel is None or package.version is None:
        raise LockError(f"{package.name} has no wheel for {pyodide.TARGET}.")
    return LockedWheel(package.name, str(package.version), _sha256(package, wheel.hashes))


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
