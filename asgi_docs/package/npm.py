"""Pinned npm packages, got by the npm client: the user's registry and proxy settings hold."""

from __future__ import annotations

import base64
import hashlib
import tarfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from asgi_docs.errors import PackageError
from asgi_docs.package import cache
from asgi_docs.package.node import npm_command, run_tool

if TYPE_CHECKING:
    from pathlib import Path

_TOP_FOLDER = "package"


@dataclass(frozen=True)
class NpmPackage:
    """One exact package.

    Attributes:
        integrity: as in a package lock: `sha512-` and base64.
    """

    name: str
    version: str
    integrity: str

    @property
    def slug(self) -> str:
        """Its name as a part of a file's name: a scope such as `@scope/name` has a slash."""
        return self.name.removeprefix("@").replace("/", "-")

    @property
    def cache_entry(self) -> Path:
        """Its unpacked folder in the cache, which may not exist yet."""
        key = cache.key_of(self.integrity)
        return cache.entry("npm", f"{self.slug}-{self.version}-{key}")


def fetch_npm_package(package: NpmPackage) -> Path:
    """The folder of the unpacked package, from the cache when it is there.

    Raises:
        PackageError: it cannot be had, or its bytes are not the pinned ones.
    """
    spec = f"{package.name}@{package.version}"
    folder = package.cache_entry
    if folder.is_dir():
        return folder
    with cache.scratch_folder() as scratch:
        # In the current folder, where the project's own .npmrc may stand.
        run_tool(
            [*npm_command(), "pack", spec, "--ignore-scripts", "--pack-destination", str(scratch)],
            f"Fetching {spec}",
        )
        archive = next(scratch.glob("*.tgz"))
        verify_integrity(archive, package.integrity)
        unpacked = scratch / _TOP_FOLDER
        _unpack(archive, unpacked)
        return cache.publish(unpacked, folder)


def verify_integrity(file: Path, integrity: str) -> None:
    """Compare a download with its pin.

    Raises:
        PackageError: they differ.
    """
    digest = hashlib.sha512(file.read_bytes()).digest()
    if f"sha512-{base64.b64encode(digest).decode()}" != integrity:
        raise PackageError(
            f"{file.name} is not the file that asgi-docs pins (its sha512 differs): "
            "the registry or a proxy changed it."
        )


def _unpack(archive: Path, folder: Path) -> None:
    folder.mkdir()
    with tarfile.open(archive) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            if not member.isfile() or path.parts[0] != _TOP_FOLDER or ".." in path.parts:
                continue
            content = tar.extractfile(member)
            target = folder.joinpath(*path.parts[1:])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.read() if content else b"")
