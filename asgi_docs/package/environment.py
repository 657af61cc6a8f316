"""Locked packages -> layers, compiled standard library, our runtime: from the cache, or made."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs import __version__
from asgi_docs.errors import LockError, PackageError
from asgi_docs.package import cache, pyodide
from asgi_docs.package.installed import files_of_distributions, install
from asgi_docs.package.layer import FORMAT, Layer, cached_layer, keep_layer
from asgi_docs.package.pure_build import build, build_recipe
from asgi_docs.package.workshop import LayerJob, StdlibJob, recipe_version, run_jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from asgi_docs.package.lock_file import LockedPackage

RUNTIME_SOURCES = Path(__file__).parents[1] / "runtime"
RUNTIME_PACKAGE = "asgi_docs_runtime"
_RUNTIME_NAME = "asgi-docs-runtime"


@dataclass(frozen=True)
class Materials:
    """All that the environments of one site are made of.

    Attributes:
        stdlib: the standard library's zip, with bytecode.
        runtime: the layer of our own runtime.
        layers: one per distinct package.
    """

    stdlib: Path
    runtime: Layer
    layers: Mapping[LockedPackage, Layer]


@dataclass(frozen=True)
class _NewLayer:
    """A layer that the cache lacks; all of its files stand in the scratch folder."""

    key: str
    name: str
    version: str
    files: Mapping[str, Path]
    made: Path


def prepare(
    locks: Mapping[str, Sequence[LockedPackage]], report: Callable[[str], None]
) -> Materials:
    """Make what the cache lacks, in one run of Node.

    Args:
        locks: the packages of each environment, by its name.
        report: told what takes time.

    Raises:
        LockError: a package cannot be fetched or built.
        PackageError: Pyodide or Node cannot be had.
    """
    runtime = {path: file.read_bytes() for path, file in _runtime_files()}
    runtime_key = _runtime_key(runtime)
    with cache.scratch_folder() as scratch:
        new = _fetch(locks, scratch, report)
        if cached_layer(runtime_key) is None:
            new.append(_runtime_layer(runtime_key, runtime, scratch))
        if not pyodide.NPM_PACKAGE.cache_entry.is_dir():
            report(f"Fetching Pyodide {pyodide.VERSION}")
        pyodide.distribution()
        _make(new, scratch, report)
    layers = {each: _kept(_package_key(each)) for lock in locks.values() for each in lock}
    return Materials(_stdlib_entry() / pyodide.STDLIB, _kept(runtime_key), layers)


def _kept(key: str) -> Layer:
    layer = cached_layer(key)
    if layer is None:
        raise PackageError(f"{cache.cache_folder()}: files vanished during the build; try again.")
    return layer


def _runtime_files() -> Iterator[tuple[str, Path]]:
    for file in sorted(RUNTIME_SOURCES.rglob("*.py")):
        yield f"{RUNTIME_PACKAGE}/{file.relative_to(RUNTIME_SOURCES).as_posix()}", file


def _runtime_layer(key: str, contents: Mapping[str, bytes], scratch: Path) -> _NewLayer:
    files = {}
    for path, content in contents.items():
        files[path] = scratch / "runtime" / path
        files[path].parent.mkdir(parents=True, exist_ok=True)
        files[path].write_bytes(content)
    return _NewLayer(key, _RUNTIME_NAME, __version__, files, scratch / "runtime.layer")


def _package_key(package: LockedPackage) -> str:
    made = [build_recipe(), package.backend] if package.from_source else []
    identity = (package.name, package.version, package.sha256)
    return cache.key_of("wheel", FORMAT, *identity, *made, recipe_version())


def _runtime_key(contents: Mapping[str, bytes]) -> str:
    digest = cache.digest_of_files(contents.items())
    return cache.key_of("runtime", FORMAT, __version__, digest, recipe_version())


def _stdlib_entry() -> Path:
    return cache.entry("stdlib", recipe_version())


def _fetch(
    locks: Mapping[str, Sequence[LockedPackage]], scratch: Path, report: Callable[[str], None]
) -> list[_NewLayer]:
    """Files of the packages that have no layer yet; per environment, for versions may differ."""
    new: dict[str, _NewLayer] = {}
    for name, lock in locks.items():
        missing = {
            key: package
            for package in lock
            if (key := _package_key(package)) not in new and cached_layer(key) is None
        }
        if not missing:
            continue
        report(f"Fetching {len(missing)} package{'s' if len(missing) > 1 else ''}")
        found = _files_of(list(missing.values()), scratch / f"wheels-{name}", name)
        for key, package in missing.items():
            if package.name not in found:
                raise LockError(
                    f"The wheel of {package.name} {package.version} holds another package."
                )
            made = scratch / f"{key}.layer"
            files = found[package.name]
            new[key] = _NewLayer(key, package.name, package.version, files, made)
    return list(new.values())


def _files_of(
    packages: Sequence[LockedPackage], folder: Path, environment: str
) -> dict[str, dict[str, Path]]:
    """Canonical name -> path in site-packages -> file below the folder."""
    wheels = [package for package in packages if not package.from_source]
    if wheels:
        install(wheels, folder, environment)
    for package in packages:
        if package.from_source:
            try:
                built = build(package)
            except LockError as error:
                raise LockError(
                    f"{package.name} {package.version}, locked for {environment}: {error}."
                ) from None
            shutil.copytree(built.files, folder, dirs_exist_ok=True)
    return files_of_distributions(folder)


def _make(new: Sequence[_NewLayer], scratch: Path, report: Callable[[str], None]) -> None:
    jobs: list[LayerJob | StdlibJob] = [
        LayerJob(
            files={
                path: file.relative_to(scratch).as_posix() for path, file in layer.files.items()
            },
            target=layer.made.name,
        )
        for layer in new
    ]
    stdlib = scratch / "stdlib" / pyodide.STDLIB
    if not _stdlib_entry().is_dir():
        stdlib.parent.mkdir()
        jobs.append(StdlibJob(target=f"stdlib/{pyodide.STDLIB}"))
    if not jobs:
        return
    report("Compiling to bytecode")
    run_jobs(jobs, scratch)
    for layer in new:
        sources = [file for path, file in layer.files.items() if path.endswith((".py", ".html"))]
        keep_layer(layer.key, layer.made, name=layer.name, version=layer.version, sources=sources)
    if stdlib.is_file():
        cache.publish(stdlib.parent, _stdlib_entry())
