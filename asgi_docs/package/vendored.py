"""The folder beside the lock files that `asgi-docs vendor` fills, as a build reads it.

`SHA256SUMS` in it says what each file has to be; the lock files and the pins of asgi-docs, which
have hashes of their own, are what a file is looked up by.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from asgi_docs.errors import LockError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from asgi_docs.package.lock_file import LockedPackage

FOLDER = "vendor"
SUMS = "SHA256SUMS"
PACKAGES, BUILD, NPM = "packages", "build", "npm"
"""Folders: what lock files name; what source distributions are built with; Pyodide and the like."""

_vendored: ContextVar[Path | None] = ContextVar("vendored", default=None)


@contextmanager
def vendored_beside(locks: Path) -> Iterator[None]:
    """Let everything that fetches look into the vendored files of these lock files first."""
    folder = (locks / FOLDER).absolute()
    token = _vendored.set(folder if (folder / SUMS).is_file() else None)
    try:
        yield
    finally:
        _vendored.reset(token)


def vendored_package(sha256: str) -> Path | None:
    """The wheel or source distribution with this hash.

    Raises:
        LockError: the file is there, but with other bytes.
    """
    folder = _vendored.get()
    if folder is None:
        return None
    named = (folder / path for path, found in read_sums(folder).items() if found == sha256)
    return next((_sound(file, sha256) for file in named), None)


def _sound(file: Path, sha256: str) -> Path:
    if sha256_of(file) != sha256:
        raise LockError(f"{file} is missing or damaged: restore it, or run asgi-docs vendor again")
    return file


def note_of_missing(packages: Iterable[LockedPackage]) -> str:
    """For a sentence about what cannot be fetched; empty where nothing is vendored, or all is."""
    folder = _vendored.get()
    if folder is None:
        return ""
    known = set(read_sums(folder).values())
    missing = [f"{each.name} {each.version}" for each in packages if each.sha256 not in known]
    if not missing:
        return ""
    return f", and {folder} lacks {', '.join(missing)}, which asgi-docs vendor fetches"


def vendored_npm_archive(name: str) -> Path | None:
    """The file that `npm pack` gives this name; whoever asks knows its hash."""
    folder = _vendored.get()
    file = folder / NPM / name if folder else None
    return file if file and file.is_file() else None


def build_options() -> list[str]:
    """For uv: where alone it finds what source distributions and source trees are built with.

    Raises:
        LockError: one of these files is not what it was.
    """
    folder = _vendored.get()
    if folder is None or not (folder / BUILD).is_dir():
        return []
    for path, sha256 in read_sums(folder).items():
        if path.startswith(f"{BUILD}/"):
            _sound(folder / path, sha256)
    return offline_options(folder / BUILD)


def offline_options(wheels: Path) -> list[str]:
    """For uv: to take nothing but the files of a folder."""
    return ["--no-index", "--offline", f"--find-links={wheels}"]


def read_sums(folder: Path) -> dict[str, str]:
    """Path of each vendored file -> its sha256; empty where nothing is vendored."""
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return {path: sha256 for sha256, _, path in (line.partition("  ") for line in lines) if path}


def sha256_of(file: Path) -> str:
    """Of its bytes; empty for a file that is not there."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
