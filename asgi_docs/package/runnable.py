"""Requirements -> the packages of a lock file, each with the one file of it that readers can run.

The index's own wheel comes first, then what its source distribution makes without a compiler: both
are the version that was asked for. Where neither runs, a wheel of Pyodide's own distribution does.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from packaging.pylock import PackageWheel
from packaging.version import Version

from asgi_docs.errors import LockError
from asgi_docs.package import pyodide
from asgi_docs.package.lock_errors import Unfit, explain
from asgi_docs.package.lock_file import (
    BACKEND,
    PYODIDE,
    TOOL,
    file_name,
    fits,
    fitting_wheel,
    locked,
)
from asgi_docs.package.ports import fetch_port, ports, where_else
from asgi_docs.package.pure_build import NoPureBuildError, build, cached_build
from asgi_docs.package.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from packaging.pylock import Package, PackageSdist

    from asgi_docs.package.checkout import BuiltCheckout
    from asgi_docs.package.ports import Port
    from asgi_docs.package.resolve import Resolution

    _File = TypeVar("_File", PackageWheel, PackageSdist)


@dataclass(frozen=True)
class Runnable:
    """What a lock file has.

    Attributes:
        packages: each with one file, or with none if it is a source tree.
        notes: sentences about versions that are not the newest, since these do not run.
    """

    packages: list[Package]
    notes: tuple[str, ...]


def runnable_packages(
    requires: Sequence[str],
    prefer: Mapping[str, str],
    trees: Mapping[str, BuiltCheckout],
    *,
    urls: bool,
    report: Callable[[str], None],
) -> Runnable:
    """Resolve requirements to what runs in the reader's browser.

    Args:
        requires: normalised requirements.
        prefer: version by name, taken wherever the requirements allow it; else the newest.
        trees: what is used in place of the published packages of these names; left as uv gives it.
        urls: whether each file says where it was found, or only its name.
        report: told what takes time.

    Raises:
        LockError: there is no solution, or a package of it does not run in a browser.
    """
    resolution = resolve(requires, prefer, trees)
    wanted = resolution.versions()
    taken: dict[str, Port] = {}
    wheels: dict[str, Path] = {}
    while True:
        found = _Found(taken, urls, report)
        for package in resolution.found.packages:
            found.add(package, ours=package.name in trees)
        if not found.unfit:
            packages = [_with_dependencies(each, resolution) for each in found.packages]
            return Runnable(packages, tuple(_notes(wanted, resolution.versions(), taken)))
        problem = _Problem(requires, resolution, found.unfit)
        new = problem.ports(taken)
        wheels.update(problem.wheels(new, report))
        taken.update(new)
        try:
            resolution = resolve(requires, resolution.versions(), trees, wheels)
        except LockError:
            raise problem.ruled_out(new) from None
        # Those that came with older versions of others, and so were not wanted before.
        wanted = {**resolution.versions(), **wanted}


def _notes(
    wanted: Mapping[str, str], found: Mapping[str, str], taken: Mapping[str, Port]
) -> Iterator[str]:
    for name, version in found.items():
        if name in taken:
            yield (
                f"{name} {version} is of Pyodide's own distribution: "
                f"no index has anything of {wanted[name]} that runs in a browser."
            )
        elif Version(version) < Version(wanted.get(name, version)):
            yield f"{name} {version}, and not {wanted[name]}, goes with that."


class _Found:
    """Sorts what uv found into what runs and what does not."""

    def __init__(
        self, taken: Mapping[str, Port], urls: bool, report: Callable[[str], None]
    ) -> None:
        self.packages: list[Package] = []
        self.unfit: list[Unfit] = []
        self._taken = taken
        self._urls = urls
        self._report = report

    def add(self, package: Package, *, ours: bool) -> None:
        try:
            self.packages.append(package if ours else self._reduced(package))
        except LockError as error:
            version = str(package.version or "(of no index)")
            replaceable = isinstance(error, NoPureBuildError)
            self.unfit.append(Unfit(package.name, version, str(error), replaceable))

    def _reduced(self, package: Package) -> Package:
        """Only what we use; builds what has to be built, to know that it can be.

        Raises:
            LockError: the package does not run in a browser.
        """
        if package.name in self._taken:
            return _ported(package, self._taken[package.name], urls=self._urls)
        if package.archive and fits(file_name(package.archive.url or "")):
            archive = dataclasses.replace(package.archive, upload_time=None)
            return dataclasses.replace(package, archive=archive)
        if wheel := fitting_wheel(package):
            wheels = [_located(wheel, urls=self._urls)]
            return dataclasses.replace(package, index=None, sdist=None, wheels=wheels)
        if package.archive is None and package.sdist is None:
            raise NoPureBuildError(
                "it has no fitting wheel and no source, or stands in no package index"
            )
        source = dataclasses.replace(locked(package), backend="")
        if cached_build(source) is None:
            self._report(f"Building {package.name} {package.version} without its native parts")
        backend = build(source).backend
        return dataclasses.replace(
            package,
            index=None,
            archive=package.archive and dataclasses.replace(package.archive, upload_time=None),
            sdist=package.sdist and _located(package.sdist, urls=self._urls),
            wheels=None,
            tool={TOOL: {BACKEND: backend}} if backend else None,
        )


def _ported(package: Package, port: Port, *, urls: bool) -> Package:
    hashes = {"sha256": port.sha256}
    wheel = (
        PackageWheel(url=port.url, hashes=hashes)
        if urls
        else PackageWheel(path=port.file_name, hashes=hashes)
    )
    ours = {TOOL: {PYODIDE: port.release}}
    return dataclasses.replace(package, archive=None, wheels=[wheel], tool=ours)


def _located(file: _File, *, urls: bool) -> _File:
    name = file_name(file.name or file.url or file.path or "")
    parts = urlsplit(file.url or "")
    if urls and parts.scheme in ("http", "https"):
        public = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        return dataclasses.replace(file, name=None, url=public, path=None, upload_time=None)
    return dataclasses.replace(file, name=None, url=None, path=name, upload_time=None)


def _with_dependencies(package: Package, resolution: Resolution) -> Package:
    askers = resolution.askers
    needed = [{"name": name} for name, needed_by in askers.items() if package.name in needed_by]
    return dataclasses.replace(package, dependencies=needed or None)


class _Problem:
    """Packages that have nothing which runs, and what Pyodide's own distribution has of them."""

    def __init__(
        self, requires: Sequence[str], resolution: Resolution, unfit: Sequence[Unfit]
    ) -> None:
        self._requires = requires
        self._resolution = resolution
        self._unfit = {each.name: each for each in unfit}

    def ports(self, taken: Mapping[str, Port]) -> dict[str, Port]:
        """One for each of them.

        Args:
            taken: those that have been tried.

        Raises:
            LockError: some have none.
        """
        known = ports()
        hopeless = [
            each
            for name, each in self._unfit.items()
            if name not in known or name in taken or not each.replaceable
        ]
        if hopeless:
            raise self._error(hopeless)
        return {name: known[name] for name in self._unfit}

    def wheels(self, new: Mapping[str, Port], report: Callable[[str], None]) -> dict[str, Path]:
        """Their files.

        Raises:
            LockError: some cannot be had.
        """
        found: dict[str, Path] = {}
        missing: list[Unfit] = []
        for name, port in new.items():
            report(f"Taking {name} {port.version} of Pyodide's own distribution")
            try:
                found[name] = fetch_port(port)
            except LockError as error:
                note = f"{port.file_name} of Pyodide's own distribution {error}"
                missing.append(self._noted(name, note))
        if missing:
            raise self._error(missing, where_else(pyodide.VERSION))
        return found

    def ruled_out(self, new: Mapping[str, Port]) -> LockError:
        """The error for wheels that something else in the environment does not go with."""
        note = "Pyodide's own distribution has {}, which does not go with what is required".format
        return self._error([self._noted(name, note(port.version)) for name, port in new.items()])

    def _noted(self, name: str, note: str) -> Unfit:
        unfit = self._unfit[name]
        return dataclasses.replace(unfit, reason=f"{unfit.reason}; {note}")

    def _error(self, unfit: Sequence[Unfit], *advice: str) -> LockError:
        asked = ", ".join(self._requires)
        return LockError(explain(unfit, asked, self._resolution.askers, *advice))
