"""The cache between builds: content-addressed entries that appear complete or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from asgi_docs.errors import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER_VARIABLE = "ASGI_DOCS_CACHE"
_SEALS = ".sealed.json"
_SCRATCH = "tmp"
_SECONDS_PER_DAY = 24 * 60 * 60


def cache_folder() -> Path:
    """Where everything is kept that is expensive to make; may be deleted at any time."""
    given = os.environ.get(FOLDER_VARIABLE)
    return Path(given).absolute() if given else platformdirs.user_cache_path("asgi-docs")


def entry(kind: str, key: str) -> Path:
    """The folder of one entry, which may not exist yet; a damaged one is removed."""
    folder = cache_folder() / kind / key
    if folder.is_dir():
        if _is_sound(folder):
            _note_use(folder)
        else:
            _remove(folder)
    return folder


def _is_sound(folder: Path) -> bool:
    try:
        seals = json.loads((folder / _SEALS).read_text("utf-8"))
    except FileNotFoundError:
        return True  # of an earlier version
    except ValueError:
        return False
    return all(_is_intact(folder / path, *seal) for path, seal in seals.items())


def _is_intact(file: Path, size: int, modified: int, sha256: str) -> bool:
    try:
        found = file.stat()
        # A cache that was copied has other times, and the same bytes.
        return found.st_size == size and (
            found.st_mtime_ns == modified or _sha256_of(file) == sha256
        )
    except OSError:
        return False


def _seal(folder: Path) -> None:
    """Note what the files of a finished entry are, to find damage later."""
    seals = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            found = file.stat()
            path = file.relative_to(folder).as_posix()
            seals[path] = (found.st_size, found.st_mtime_ns, _sha256_of(file))
    (folder / _SEALS).write_text(json.dumps(seals), "utf-8")


def _sha256_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _note_use(folder: Path) -> None:
    with suppress(OSError):  # a cache may be shared, and not ours to write
        os.utime(folder)


def _remove(folder: Path) -> None:
    """Take an entry away as a whole: no other build ever sees a part of it."""
    with scratch_folder() as scratch, suppress(OSError):
        folder.rename(scratch / "removed")


def key_of(*parts: str) -> str:
    """One short key for everything that an entry depends on."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A temporary folder on the cache's own file system, so that `publish` is one rename.

    Raises:
        PackageError: the cache cannot be written.
    """
    parent = cache_folder() / _SCRATCH
    try:
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=parent))
    except OSError as error:
        raise PackageError(
            f"The cache {cache_folder()} cannot be written ({error.strerror}): "
            f"set {FOLDER_VARIABLE} to another folder."
        ) from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(finished: Path, target: Path) -> Path:
    """Move a finished folder to its place; when another build was faster, its result stays."""
    _seal(finished)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        finished.rename(target)
    except OSError:
        if not target.is_dir():
            raise
    return target


@dataclass(frozen=True)
class Usage:
    """What the cache, or a part of it, takes.

    Attributes:
        entries: how many.
        size: in bytes.
    """

    entries: int
    size: int


def usage() -> dict[str, Usage]:
    """By kind of entry."""
    return {
        kind.name: Usage(len(entries), sum(map(_size, entries)))
        for kind in _kinds()
        if (entries := _entries(kind))
    }


def prune(days: float) -> Usage:
    """Delete what no build has used for so many days; returns what was deleted."""
    oldest = time.time() - days * _SECONDS_PER_DAY
    deleted = [each for kind in _kinds() for each in _entries(kind) if _used(each) < oldest]
    size = sum(map(_size, deleted))
    for each in deleted:
        if each.parent.name == _SCRATCH:  # left by a build that was killed
            shutil.rmtree(each, ignore_errors=True)
        else:
            _remove(each)
    return Usage(len(deleted), size)


def _kinds() -> list[Path]:
    folder = cache_folder()
    return sorted(each for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else []


def _entries(kind: Path) -> list[Path]:
    return sorted(each for each in kind.iterdir() if each.is_dir())


def _used(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return time.time()  # another process has just deleted it


def _size(folder: Path) -> int:
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir())


def sha256_of_files(files: Iterable[tuple[str, Path | bytes]]) -> str:
    """Over names and contents, the same in whatever order they come."""
    digest = hashlib.sha256()
    for name, file in sorted(files, key=lambda pair: pair[0]):
        content = file if isinstance(file, bytes) else file.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def digest_of_files(files: Iterable[tuple[str, bytes]]) -> str:
    """The first twelve hex digits of that: what the name of a file or folder can bear."""
    return sha256_of_files(files)[:12]
