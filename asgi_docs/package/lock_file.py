"""Reads a lock file (PEP 751) and picks from it what runs in the reader's browser."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from packaging.pylock import Pylock, PylockUnsupportedVersionError, PylockValidationError
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from asgi_docs.errors import LockError
from asgi_docs.package import pyodide
from asgi_docs.package.ports import Port

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packaging.pylock import Package, PackageWheel
    from packaging.tags import Tag


# Our own table (PEP 751, `tool`): in a package, how its source distribution was built, or which
# release of Pyodide has its wheel; in the file, for which release and for which
# requirements it was made.
TOOL, BACKEND = "asgi-docs", "build-backend"
PYODIDE, ABI, REQUIRES = "pyodide", "abi", "requires"
# A local source tree is locked with its own requirements: others than these want another lock.
BUILT_FOR = "requires-dist"


@dataclass(frozen=True)
class LockedPackage:
    """One exact distribution of an environment.

    Attributes:
        name: canonical.
        url: where a direct requirement (`name @ https://…`) has it from; else empty: an index.
        port: the wheel, if Pyodide's own distribution has it.
        from_source: the hash is that of a source distribution, which pure_build.py builds.
        backend: the build backend to do it with, such as `setuptools==84.2.1`; empty: the newest.
        folder: of a source tree on this machine; version, hash and files come when it is built.
        built_for: the tree's own requirements when it was locked.
        files: of its wheel.
    """

    name: str
    version: str
    sha256: str
    url: str = ""
    port: Port | None = None
    from_source: bool = False
    backend: str = ""
    folder: Path | None = None
    built_for: tuple[str, ...] = ()
    files: Path | None = None

    @property
    def pin(self) -> str:
        """As a requirement that nothing else meets."""
        return self.name + (f" @ {self.url}" if self.url else f"=={self.version}")

    @property
    def requirement(self) -> str:
        """A line for `uv pip install --require-hashes`."""
        return f"{self.pin} --hash=sha256:{self.sha256}"

    def requirement_of(self, file: Path) -> str:
        """The same, to be taken from this file."""
        return f"{self.name} @ {file.as_uri()} --hash=sha256:{self.sha256}"


def lock_path(folder: Path, environment: str) -> Path:
    """Where the lock file of an environment stands."""
    return folder / f"pylock.{environment}.toml"


def lock_files(folder: Path) -> list[Path]:
    """The lock files of a folder, by name."""
    return sorted(folder.glob("pylock.*.toml"))


def read_lock(path: Path) -> list[LockedPackage]:
    """The packages of a lock file, sorted by name.

    Raises:
        LockError: the file is broken, or locks something that does not run in a browser.
    """
    lock = parse_lock(path)
    try:
        return packages_of(lock, path.parent)
    except LockError as error:
        raise LockError(f"{path}: {error}: {how_to_renew(path)}.") from None


def parse_lock(path: Path) -> Pylock:
    """The file as it stands, for whatever platform.

    Raises:
        LockError: it is no lock file.
    """
    try:
        return Pylock.from_dict(tomllib.loads(path.read_text("utf-8")))
    except (
        tomllib.TOMLDecodeError,
        UnicodeDecodeError,
        PylockValidationError,
        PylockUnsupportedVersionError,
    ) as error:
        raise LockError(
            f"{path}: this is no usable lock file: {error}. "
            "Mend it, or delete it to have it made afresh."
        ) from None


def how_to_renew(path: Path, *options: str) -> str:
    """The command that makes a lock file anew, for the end of a sentence."""
    folder = path.parent
    shown = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    return f"run {shlex.join(['asgi-docs', 'lock', *options, str(shown)])}"


def requirements_of(lock: Pylock) -> tuple[str, ...] | None:
    """What the file was made for; None for one that another tool made."""
    found = _ours(lock.tool).get(REQUIRES)
    return tuple(map(str, found)) if isinstance(found, list) else None


def packages_of(lock: Pylock, folder: Path) -> list[LockedPackage]:
    """What to install on our target.

    Args:
        lock: the lock file.
        folder: where it stands.

    Raises:
        LockError: it was made for another target, or a package that is needed has nothing that
            fits, or is missing.
    """
    environment = pyodide.marker_environment()
    ours = _ours(lock.tool)
    if ours.get(ABI, pyodide.ABI) != pyodide.ABI:
        raise LockError(
            f"it was made for Pyodide {ours.get(PYODIDE)} (ABI {ours[ABI]}), "
            f"and readers get {pyodide.VERSION} (ABI {pyodide.ABI})"
        )
    if lock.requires_python and pyodide.PYTHON not in lock.requires_python:
        raise LockError(f"it is for Python {lock.requires_python}, readers get {pyodide.PYTHON}")
    names = {package.name for package in lock.packages}
    for package in lock.packages:
        for dependency in package.dependencies or ():
            if dependency.get("name", package.name) not in names:
                raise LockError(f"it has no {dependency['name']}, which {package.name} needs")
    needed = [
        each for each in lock.packages if not each.marker or each.marker.evaluate(environment)
    ]
    return sorted((locked(each, folder) for each in needed), key=lambda package: package.name)


def locked(package: Package, folder: Path | None = None) -> LockedPackage:
    """The wheel that fits best, else the source distribution, else the source tree.

    Args:
        package: of the lock file.
        folder: where the file stands.

    Raises:
        LockError: the package has neither.
    """
    archive, sdist, wheel = package.archive, package.sdist, fitting_wheel(package)
    if archive and archive.url and fits(file_name(archive.url)):
        _, version, _, _ = parse_wheel_filename(file_name(archive.url))
        sha256 = _sha256(package, archive.hashes)
        return LockedPackage(package.name, str(version), sha256, archive.url)
    source = archive if archive and archive.url else sdist
    if package.directory and folder:
        return LockedPackage(
            package.name,
            "",
            "",
            from_source=True,
            backend=_backend(package),
            folder=(folder / package.directory.path).resolve(),
            built_for=tuple(_ours(package.tool).get(BUILT_FOR, ())),
        )
    if package.version is None or not (wheel or source):
        raise LockError(f"{package.name} has no wheel for {pyodide.TARGET}, and no source")
    version_text = str(package.version)
    if wheel:
        sha256 = _sha256(package, wheel.hashes)
        port = _port(package.name, version_text, wheel_name(wheel), sha256, package.tool)
        return LockedPackage(package.name, version_text, sha256, port=port)
    assert source is not None
    return LockedPackage(
        package.name,
        version_text,
        _sha256(package, source.hashes),
        url=(archive.url or "") if archive else "",
        from_source=True,
        backend=_backend(package),
    )


def _port(
    name: str, version: str, file: str, sha256: str, tool: Mapping[str, Any] | None
) -> Port | None:
    release = _ours(tool).get(PYODIDE)
    return Port(name, version, file, sha256, release) if isinstance(release, str) else None


def _backend(package: Package) -> str:
    found = _ours(package.tool).get(BACKEND)
    return found if isinstance(found, str) else ""


def _ours(tool: Mapping[str, Any] | None) -> Mapping[str, Any]:
    found = (tool or {}).get(TOOL)
    return found if isinstance(found, dict) else {}


def _sha256(package: Package, hashes: object) -> str:
    found = hashes.get("sha256") if hasattr(hashes, "get") else None
    if not found:
        raise LockError(f"{package.name} has no sha256")
    return str(found)


def fitting_wheel(package: Package) -> PackageWheel | None:
    """The best wheel for our target, or None."""
    ranked = [
        (rank, wheel)
        for wheel in package.wheels or ()
        if (rank := _rank(wheel_name(wheel))) is not None
    ]
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def wheel_name(wheel: PackageWheel) -> str:
    """The file name of a wheel."""
    return file_name(wheel.name or wheel.url or wheel.path or "")


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
