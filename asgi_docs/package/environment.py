"""Locked packages -> layers, compiled standard library, our runtime: from the cache, or made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs import __version__
from asgi_docs.errors import LockError, PackageError
from asgi_docs.package import cache, pyodide
from asgi_docs.package.installed import files_of_distributions, install
from asgi_docs.package.layer import Layer, cached_layer, keep_layer
from asgi_docs.package.workshop import LayerJob, StdlibJob, recipe_version, run_jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from asgi_docs.package.lock_file import LockedWheel

RUNTIME_SOURCES = Path(__file__).parents[1] / "runtime"
RUNTIME_PACKAGE = "asgi_docs_runtime"
_RUNTIME_NAME = "asgi-docs-runtime"


@dataclass(frozen=True)
class Materials:
    """All that the environments of one site are made of.

    Attributes:
        stdlib: the standard library's zip, with bytecode.
        runtime: the layer of our own runtime.
        layers: one per distinct wheel.
    """

    stdlib: Path
    runtime: Layer
    layers: Mapping[LockedWheel, Layer]


@dataclass(frozen=True)
class _NewLayer:
    """A layer that the cache lacks; all of its files stand in the scratch folder."""

    key: str
    name: str
    version: str
    files: Mapping[str, Path]
    made: Path


def prepare(locks: Mapping[str, Sequence[LockedWheel]], report: Callable[[str], None]) -> Materials:
    """Make what the cache lacks, in one run of Node.

    Args:
        locks: the wheels of each environment, by its name.
        report: told what takes time.

    Raises:
        LockError: a wheel cannot be fetched.
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
    layers = {wheel: _kept(_wheel_key(wheel)) for lock in locks.values() for wheel in lock}
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


def _wheel_key(wheel: LockedWheel) -> str:
    return cache.key_of("wheel", wheel.name, wheel.version, wheel.sha256, recipe_version())


def _runtime_key(contents: Mapping[str, bytes]) -> str:
    digest = cache.digest_of_files(contents.items())
    return cache.key_of("runtime", __version__, digest, recipe_version())


def _stdlib_entry() -> Path:
    return cache.entry("stdlib", recipe_version())


def _fetch(
    locks: Mapping[str, Sequence[LockedWheel]], scratch: Path, report: Callable[[str], None]
) -> list[_NewLayer]:
    """Install the wheels that have no layer yet; per environment, for versions may differ."""
    new: dict[str, _NewLayer] = {}
    for name, lock in locks.items():
        missing = {
            key: wheel
            for wheel in lock
            if (key := _wheel_key(wheel)) not in new and cached_layer(key) is None
        }
        if not missing:
            continue
        report(f"Fetching {len(missing)} package{'s' if len(missing) > 1 else ''}")
        folder = scratch / f"wheels-{name}"
        install(list(missing.values()), folder, name)
        found = files_of_distributions(folder)
        for key, wheel in missing.items():
            if wheel.name not in found:
                raise LockError(f"The wheel of {wheel.name} {wheel.version} holds another package.")
            made = scratch / f"{key}.layer"
            new[key] = _NewLayer(key, wheel.name, wheel.version, found[wheel.name], made)
    return list(new.values())


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
        sources = [file for path, file in layer.files.items() if path.endswith(".py")]
        keep_layer(layer.key, layer.made, name=layer.name, version=layer.version, sources=sources)
    if stdlib.is_file():
        cache.publish(stdlib.parent, _stdlib_entry())
