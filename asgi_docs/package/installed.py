"""Fetches locked wheels and tells which files belong to which of them."""

from __future__ import annotations

import base64
import csv
import hashlib
import shutil
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from asgi_docs.errors import LockError
from asgi_docs.package.ports import fetch_port, where_else
from asgi_docs.package.uv import run_uv
from asgi_docs.package.vendored import note_of_missing, vendored_package

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asgi_docs.package.lock_file import LockedPackage

# What an installer writes, and what differs between machines.
_INSTALLER_FILES = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}
_INSTALLER_FILES |= {"uv_build.json", "uv_cache.json"}
_SCRIPT_FOLDERS = {"bin", "Scripts"}
# Sources of what was compiled when the wheel was made, what type checkers read, and programs of
# Windows.
_LEFT_OVERS = {".c", ".h", ".cpp", ".hpp", ".pyx", ".pxd", ".po", ".pot", ".pyi", ".exe"}
# https://scientific-python.org/specs/spec-0001/: a package may read it to know what it exports.
_LAZY_IMPORTS = "__init__.pyi"


def install(wheels: Sequence[LockedPackage], folder: Path, environment: str) -> None:
    """Install wheels with their hashes checked; the user's index settings hold.

    Args:
        wheels: what to install.
        folder: becomes the site-packages.
        environment: whose wheels they are, for the error.

    Raises:
        LockError: one of them cannot be had, or is not the locked file.
    """
    _install(wheels, folder, environment)
    if _damaged_file(folder):
        # uv believes what it has unpacked once; so without its cache.
        shutil.rmtree(folder)
        scratch = folder.with_name(f"{folder.name}-cache")
        _install(wheels, folder, environment, "--cache-dir", str(scratch))
    if damaged := _damaged_file(folder):
        raise LockError(f"{damaged} is not as the wheel says that holds it: it cannot be used.")


def _install(
    wheels: Sequence[LockedPackage], folder: Path, environment: str, *options: str
) -> None:
    requirements = folder.with_name(f"{folder.name}.txt")
    lines = [_line(each, environment) for each in wheels]
    requirements.write_text("\n".join(lines), "utf-8")
    run_uv(
        [
            *("install", "--target", str(folder), "-r", str(requirements)),
            *("--no-deps", "--require-hashes", "--only-binary=:all:"),
            *options,
        ],
        f"The packages of pylock.{environment}.toml cannot be fetched{note_of_missing(wheels)}",
    )


def _line(package: LockedPackage, environment: str) -> str:
    """For a list of requirements."""
    if vendored := vendored_package(package.sha256):
        return package.requirement_of(vendored)
    if package.port is None:
        return package.requirement
    try:
        wheel = fetch_port(package.port)
    except LockError as error:
        raise LockError(
            f"{package.name} {package.version}, locked for {environment}: "
            f"{package.port.file_name} of Pyodide's own distribution {error}. "
            + where_else(package.port.release)
        ) from None
    return package.requirement_of(wheel)


def _damaged_file(folder: Path) -> str:
    """A file that differs from what its wheel says of it, if there is one."""
    for record in folder.glob("*.dist-info/RECORD"):
        for path, digest, _ in _rows(record):
            if digest and digest != _digest(folder / path, digest.partition("=")[0]):
                return path
    return ""


def _rows(record: Path) -> list[list[str]]:
    with record.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.reader(lines) if len(row) == 3]


def _digest(file: Path, algorithm: str) -> str:
    """As a RECORD has it."""
    try:
        found = hashlib.new(algorithm, file.read_bytes()).digest()
    except OSError:
        return ""
    return f"{algorithm}={base64.urlsafe_b64encode(found).decode().rstrip('=')}"


def files_of_distributions(folder: Path) -> dict[str, dict[str, Path]]:
    """Canonical name -> path in site-packages -> file, for everything that `install` put there."""
    found: dict[str, dict[str, Path]] = {}
    for metadata in sorted(folder.glob("*.dist-info")):
        name = canonicalize_name(metadata.name.partition("-")[0])
        found[name] = dict(_files_of(folder, metadata))
    return found


def _files_of(folder: Path, metadata: Path) -> list[tuple[str, Path]]:
    record = metadata / "RECORD"
    if not record.is_file():
        raise LockError(f"{metadata.name} has no RECORD: it is no wheel that can be packed.")
    with record.open(encoding="utf-8", newline="") as lines:
        paths = {PurePosixPath(row[0].replace("\\", "/")) for row in csv.reader(lines) if row}
    tests = {folder for path in paths for folder in _tests(path)}
    kept = sorted(
        path for path in paths if _ships(path, metadata.name) and tests.isdisjoint(path.parents)
    )
    return [(str(path), folder / path) for path in kept if (folder / path).is_file()]


def _tests(path: PurePosixPath) -> list[PurePosixPath]:
    """The folders that this file shows to hold a package's own tests."""
    if not (path.name == "conftest.py" or path.match("test_*.py")):
        return []
    return [folder for folder in path.parents if folder.name == "tests"]


def _ships(path: PurePosixPath, metadata: str) -> bool:
    return not (
        path.is_absolute()
        or ".." in path.parts
        or "__pycache__" in path.parts
        or path.parts[0] in _SCRIPT_FOLDERS
        or (path.suffix in _LEFT_OVERS and path.name != _LAZY_IMPORTS)
        or (path.parts[0] == metadata and path.name in _INSTALLER_FILES)
    )
