"""Pinned npm packages, Pyodide among them: from a folder of the author, else by the npm client.

With the latter the user's registry and proxy settings hold.
"""

from __future__ import annotations

import base64
import hashlib
import os
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from asgi_docs.errors import FullDiskError, PackageError
from asgi_docs.package import cache
from asgi_docs.package.node import npm_command, run_tool
from asgi_docs.package.vendored import vendored_npm_archive

FOLDER_VARIABLE = "ASGI_DOCS_NPM_FOLDER"
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
    def spec(self) -> str:
        """As npm is told which one is meant."""
        return f"{self.name}@{self.version}"

    @property
    def archive(self) -> str:
        """The name that `npm pack` gives its file."""
        return f"{self.slug}-{self.version}.tgz"

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
    folder = package.cache_entry
    if folder.is_dir():
        return folder
    with cache.scratch_folder() as scratch:
        unpacked = scratch / _TOP_FOLDER
        _unpack(fetch_npm_archive(package, scratch), unpacked)
        return cache.publish(unpacked, folder)


def fetch_npm_archive(package: NpmPackage, scratch: Path) -> Path:
    """The file that `npm pack` makes, in the scratch folder if it is not there already.

    Raises:
        PackageError: it cannot be had, or its bytes are not the pinned ones.
    """
    archive = _given(package) or _pack(package, scratch)
    verify_integrity(archive, package.integrity)
    return archive


def _given(package: NpmPackage) -> Path | None:
    """The archive in the author's folder, or among the vendored files."""
    folder = os.environ.get(FOLDER_VARIABLE)
    archive = Path(folder, package.archive) if folder else None
    if archive and archive.is_file():
        return archive
    return vendored_npm_archive(package.archive)


def _pack(package: NpmPackage, scratch: Path) -> Path:
    # In the current folder, where the project's own .npmrc may stand.
    options = ["--ignore-scripts", "--pack-destination", str(scratch)]
    try:
        run_tool([*npm_command(), "pack", package.spec, *options], f"Fetching {package.spec}")
    except FullDiskError:
        raise  # the same would happen with the archive
    except PackageError as error:
        given = os.environ.get(FOLDER_VARIABLE)
        place = f"put it into {given}" if given else f"name its folder in {FOLDER_VARIABLE}"
        raise PackageError(
            f"{error}\nOr, on a machine with npm and network, run: npm pack {package.spec}\n"
            f"It makes {package.archive}: {place}."
        ) from None
    return next(scratch.glob("*.tgz"))


def verify_integrity(file: Path, integrity: str) -> None:
    """Compare a download with its pin.

    Raises:
        PackageError: they differ.
    """
    if sri_hash(file) != integrity:
        raise PackageError(
            f"{file.name} is not the file that asgi-docs pins (its sha512 differs): "
            "the registry, a proxy, the vendored files or "
            f"the folder of {FOLDER_VARIABLE} has another one."
        )


def sri_hash(file: Path) -> str:
    """As npm and browsers write it: https://www.w3.org/TR/SRI/."""
    digest = hashlib.sha512(file.read_bytes()).digest()
    return f"sha512-{base64.b64encode(digest).decode()}"


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
