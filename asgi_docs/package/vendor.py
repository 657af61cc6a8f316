"""`asgi-docs vendor`: keeps all that a build fetches beside the lock files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asgi_docs.errors import LockError, PackageError
from asgi_docs.package import cache, pyodide
from asgi_docs.package.build_requirements import build_requirements, find_build_wheels
from asgi_docs.package.download import download
from asgi_docs.package.environment import npm_packages_of
from asgi_docs.package.full_disk import explain_os_error
from asgi_docs.package.locate import locate
from asgi_docs.package.lock_check import fitting_packages
from asgi_docs.package.lock_file import lock_files, read_lock
from asgi_docs.package.mirrors import mirrors_for
from asgi_docs.package.npm import fetch_npm_archive, sri_hash
from asgi_docs.package.output import whole_file
from asgi_docs.package.ports import fetch_port, where_else
from asgi_docs.package.uv import settings_of
from asgi_docs.package.vendored import (
    BUILD,
    FOLDER,
    NPM,
    PACKAGES,
    SUMS,
    offline_options,
    read_sums,
    sha256_of,
    vendored_beside,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from asgi_docs.package.locate import Located
    from asgi_docs.package.lock_file import LockedPackage
    from asgi_docs.package.npm import NpmPackage


@dataclass(frozen=True)
class Vendored:
    """What `vendor` did.

    Attributes:
        folder: has the files.
        needed: how many there are.
        size: of these, in bytes.
        fetched: how many of these were not there.
        stale: files in the folder that nothing needs any more.
    """

    folder: Path
    needed: int
    size: int
    fetched: int
    stale: tuple[Path, ...]


def vendor(locks: Path, report: Callable[[str], None] = lambda _: None) -> Vendored:
    """Fetch what is missing beside the lock files; what has been fetched stays after an error.

    Args:
        locks: folder of the lock files.
        report: told what takes time.

    Raises:
        LockError: a package cannot be had, or a lock file is broken.
        PackageError: an npm package cannot be had, or a file not be written.
    """
    try:
        with settings_of(locks):
            return _Vendoring(locks, report).run()
    except OSError as error:
        raise PackageError(explain_os_error(error)) from error


class _Vendoring:
    def __init__(self, locks: Path, report: Callable[[str], None]) -> None:
        self._locks = {path: read_lock(path) for path in lock_files(locks)}
        self._beside = locks
        self._folder = locks / FOLDER
        self._report = report
        self._sums: dict[str, str] = {}  # of what is needed, by path in the folder
        self._before = read_sums(self._folder)
        self._fetched = 0

    def run(self) -> Vendored:
        try:
            self._keep_all()
        except BaseException:
            self._write_sums(self._before | self._sums)
            raise
        self._write_sums(self._sums)
        files = {self._folder / path for path in self._sums}
        there = {path for path in self._folder.rglob("*") if path.is_file()}
        return Vendored(
            self._folder,
            needed=len(files),
            size=sum(file.stat().st_size for file in files),
            fetched=self._fetched,
            stale=tuple(sorted(there - files - {self._folder / SUMS})),
        )

    def _keep_all(self) -> None:
        for path, packages in self._locks.items():
            self._keep_packages(path, [each for each in packages if not each.folder])
        every = (each for packages in self._locks.values() for each in packages)
        for package in dict.fromkeys(every):
            if package.from_source:
                self._keep_build_wheels(package)
        self._write_sums(self._before | self._sums)  # the sources are built by what is there
        self._keep_npm_packages()

    def _keep_packages(self, lock: Path, packages: list[LockedPackage]) -> None:
        missing = [each for each in packages if not self._is_there(each.sha256, PACKAGES)]
        if not missing:
            return
        located = locate([each for each in missing if not each.port], lock)
        for package in missing:
            self._report(f"Fetching {package.name} {package.version}")
            try:
                name, content = _content(package, located)
            except LockError as error:
                raise LockError(f"{lock}: {package.name} {package.version} {error}") from None
            self._keep(f"{PACKAGES}/{name}", content, package.sha256)

    def _keep_build_wheels(self, package: LockedPackage) -> None:
        """Those that its source is built with: taken from the folder alone if that will do."""
        source = package.folder or self._folder / self._path_of(package.sha256)
        requires = build_requirements(source)
        folder = self._folder / BUILD
        try:
            found = find_build_wheels(requires, package.backend, offline_options(folder))
        except LockError:
            self._report(f"Resolving what builds {package.name}")
            found = find_build_wheels(requires, package.backend)
        for sha256, file in found.items():
            if not self._is_there(sha256, BUILD):
                self._report(f"Fetching {file.name}")
                self._keep(f"{BUILD}/{file.name}", _download(file), sha256)

    def _keep_npm_packages(self) -> None:
        with vendored_beside(self._beside):
            locks = {path.name: fitting_packages(path, (), None) for path in self._locks}
            mirrors = mirrors_for(npm_packages_of(locks, self._report))
        for package in (pyodide.NPM_PACKAGE, *(each.package for each in mirrors)):
            self._keep_npm_package(package)

    def _keep_npm_package(self, package: NpmPackage) -> None:
        path = f"{NPM}/{package.archive}"
        file = self._folder / path
        if file.is_file() and sri_hash(file) == package.integrity:
            self._sums[path] = sha256_of(file)
            return
        self._report(f"Fetching {package.spec}")
        with cache.scratch_folder() as scratch:
            archive = fetch_npm_archive(package, scratch)
            self._keep(path, archive.read_bytes(), sha256_of(archive))

    def _is_there(self, sha256: str, kind: str) -> bool:
        """Whether a file is in the folder already; it is then needed, and sound."""
        for path, known in (self._before | self._sums).items():
            is_meant = known == sha256 and path.startswith(f"{kind}/")
            if is_meant and sha256_of(self._folder / path) == sha256:
                self._sums[path] = sha256
                return True
        return False

    def _path_of(self, sha256: str) -> str:
        return next(path for path, known in self._sums.items() if known == sha256)

    def _keep(self, path: str, content: bytes, sha256: str) -> None:
        if hashlib.sha256(content).hexdigest() != sha256:
            name = path.rpartition("/")[2]
            raise LockError(f"{name} is not the file that is locked, for its sha256 differs.")
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(target) as part:
            part.write_bytes(content)
        self._sums[path] = sha256
        self._fetched += 1

    def _write_sums(self, sums: Mapping[str, str]) -> None:
        text = "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(sums.items()))
        self._folder.mkdir(parents=True, exist_ok=True)
        with whole_file(self._folder / SUMS) as part:
            part.write_text(text, "utf-8", newline="\n")


def _content(package: LockedPackage, located: Mapping[str, Located]) -> tuple[str, bytes]:
    """File name and bytes of a locked file.

    Raises:
        LockError: it cannot be had; the reason, for the middle of a sentence.
    """
    if port := package.port:
        try:
            return port.file_name, fetch_port(port).read_bytes()
        except LockError as error:
            raise LockError(f"{error}. {where_else(port.release)}") from None
    file = located.get(package.sha256)
    if file is None:
        raise LockError(f"is in no index with the sha256 {package.sha256} any more.")
    return file.name, _download(file)


def _download(file: Located) -> bytes:
    try:
        return download(file.url)
    except LockError as error:
        raise LockError(f"{error}: {file.url}") from None
