"""The cache between builds: content-addressed entries that appear complete or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from asgi_docs.errors import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER_VARIABLE = "ASGI_DOCS_CACHE"


def cache_folder() -> Path:
    """Where everything is kept that is expensive to make; may be deleted at any time."""
    given = os.environ.get(FOLDER_VARIABLE)
    return Path(given).absolute() if given else platformdirs.user_cache_path("asgi-docs")


def entry(kind: str, key: str) -> Path:
    """The folder of one entry, which may not exist yet."""
    return cache_folder() / kind / key


def key_of(*parts: str) -> str:
    """One short key for everything that an entry depends on."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A temporary folder on the cache's own file system, so that `publish` is one rename.

    Raises:
        PackageError: the cache cannot be written.
    """
    parent = cache_folder() / "tmp"
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
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        finished.rename(target)
    except OSError:
        if not target.is_dir():
            raise
    return target


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
