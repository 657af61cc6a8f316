"""Locked packages, the standard library and our runtime -> layers: from the cache, or made."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs import __version__
from asgi_docs.errors import LockError, PackageError
from asgi_docs.package import cache, pyodide
from asgi_docs.package.installed import files_of_distributions, install
from asgi_docs.package.layer import Layer, pack
from asgi_docs.package.parallel import in_parallel
from asgi_docs.package.pure_build import build, build_recipe
from asgi_docs.package.recording import Environment, hot_paths
from asgi_docs.package.tree import FORMAT, Tree, cached_tree, keep_tree, npm_packages_in
from asgi_docs.package.workshop import (
    CompressJob,
    Job,
    StdlibJob,
    TreeJob,
    recipe_version,
    run_jobs,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from asgi_docs.block.model import LiveBlock
    from asgi_docs.package.lock_file import LockedPackage

RUNTIME_SOURCES = Path(__file__).parents[1] / "runtime"
RUNTIME_PACKAGE = "asgi_docs_runtime"
_RUNTIME_NAME = "asgi-docs-runtime"
_STDLIB_NAME = "python"


@dataclass(frozen=True)
class Materials:
    """All that the environments of one site are made of.

    Attributes:
        wasm: Pyodide's WebAssembly, compressed.
        stdlib: the layer of the standard library.
        runtime: the layer of our own runtime.
        layers: one per distinct package.
        npm_packages: those that sources of the packages would load from a CDN.
    """

    wasm: Path
    stdlib: Layer
    runtime: Layer
    layers: Mapping[LockedPackage, Layer]
    npm_packages: frozenset[str]


@dataclass(frozen=True)
class _NewTree:
    """A tree that the cache lacks; all of its files stand in the scratch folder."""

    key: str
    name: str
    version: str
    files: Mapping[str, Path]
    made: Path

    @property
    def sources(self) -> list[Path]:
        return [file for path, file in self.files.items() if path.endswith((".py", ".html"))]


def prepare(
    locks: Mapping[str, Sequence[LockedPackage]],
    blocks: Sequence[LiveBlock],
    report: Callable[[str], None],
) -> Materials:
    """Make what the cache lacks.

    Args:
        locks: the packages of each environment, by its name.
        blocks: all that run in these environments.
        report: told what takes time.

    Raises:
        LockError: a package cannot be fetched or built.
        PackageError: Pyodide or Node cannot be had.
    """
    runtime_sources = {path: file.read_bytes() for path, file in _runtime_files()}
    runtime_key = _runtime_key(runtime_sources)
    with cache.scratch_folder() as scratch:
        new = _fetch_all(_missing(locks), scratch, report)
        if cached_tree(runtime_key) is None:
            new.append(_runtime_tree(runtime_key, runtime_sources, scratch))
        _make(new, scratch, report)
    trees = {each: _kept(_package_key(each)) for lock in locks.values() for each in lock}
    stdlib, runtime = _kept(_stdlib_key()), _kept(runtime_key)
    environments = [
        Environment(
            trees=[runtime, *(trees[each] for each in lock)],
            blocks=[block for block in blocks if block.environment == name],
        )
        for name, lock in locks.items()
    ]
    hot = hot_paths(stdlib, environments, report)
    # Small, and which of it is wanted depends on the reader's browser.
    hot[runtime] |= {path for path in runtime.files() if path.endswith(".pyc")}
    layers = pack(hot, report)
    return Materials(
        wasm=_wasm_entry() / pyodide.WASM,
        stdlib=layers[stdlib],
        runtime=layers[runtime],
        layers={package: layers[tree] for package, tree in trees.items()},
        npm_packages=frozenset(name for tree in trees.values() for name in tree.npm_packages),
    )


def npm_packages_of(
    locks: Mapping[str, Sequence[LockedPackage]], report: Callable[[str], None]
) -> frozenset[str]:
    """Names of those that sources of the locked packages would load from a CDN.

    Raises:
        LockError: a package cannot be fetched or built.
    """
    kept = [cached_tree(_package_key(each)) for lock in locks.values() for each in lock]
    found = {name for tree in kept if tree for name in tree.npm_packages}
    with cache.scratch_folder() as scratch:
        for missing in _missing(locks):
            report(f"Reading the packages of {missing.environment}")
            for tree in _fetch(missing, scratch):
                found |= npm_packages_in(tree.sources)
    return frozenset(found)


def _kept(key: str) -> Tree:
    tree = cached_tree(key)
    if tree is None:
        raise PackageError(f"{cache.cache_folder()}: files vanished during the build; try again.")
    return tree


def _runtime_files() -> Iterator[tuple[str, Path]]:
    for file in sorted(RUNTIME_SOURCES.rglob("*.py")):
        yield f"{RUNTIME_PACKAGE}/{file.relative_to(RUNTIME_SOURCES).as_posix()}", file


def _runtime_tree(key: str, contents: Mapping[str, bytes], scratch: Path) -> _NewTree:
    files = {}
    for path, content in contents.items():
        files[path] = scratch / "runtime" / path
        files[path].parent.mkdir(parents=True, exist_ok=True)
        files[path].write_bytes(content)
    return _NewTree(key, _RUNTIME_NAME, __version__, files, scratch / "runtime.tree")


def _package_key(package: LockedPackage) -> str:
    made = [build_recipe(), package.backend] if package.from_source else []
    identity = (package.name, package.version, package.sha256)
    return cache.key_of("wheel", FORMAT, *identity, *made, recipe_version())


def _runtime_key(contents: Mapping[str, bytes]) -> str:
    digest = cache.digest_of_files(contents.items())
    return cache.key_of("runtime", FORMAT, __version__, digest, recipe_version())


def _stdlib_key() -> str:
    return cache.key_of("stdlib", FORMAT, recipe_version())


def _wasm_entry() -> Path:
    return cache.entry("wasm", recipe_version())


@dataclass(frozen=True)
class _Missing:
    """Packages of an environment that have no tree yet, by the keys of these."""

    environment: str
    packages: Mapping[str, LockedPackage]


def _missing(locks: Mapping[str, Sequence[LockedPackage]]) -> list[_Missing]:
    """Each package once; by environment, for versions may differ."""
    found: list[_Missing] = []
    known: set[str] = set()
    for name, lock in locks.items():
        keys = {_package_key(package): package for package in lock}
        new = {key: keys[key] for key in keys if key not in known and cached_tree(key) is None}
        known.update(new)
        if new:
            found.append(_Missing(name, new))
    return found


def _fetch_all(
    missing: Sequence[_Missing], scratch: Path, report: Callable[[str], None]
) -> list[_NewTree]:
    """The files of all packages, and Pyodide meanwhile."""

    def fetch(what: _Missing | None) -> list[_NewTree]:
        if what is None:
            pyodide.distribution()
            return []
        return _fetch(what, scratch)

    needs_pyodide = not pyodide.NPM_PACKAGE.cache_entry.is_dir()
    count = sum(len(each.packages) for each in missing)
    wanted = [f"Pyodide {pyodide.VERSION}"] if needs_pyodide else []
    wanted += [f"{count} package{'s' if count > 1 else ''}"] if count else []
    if wanted:
        report(f"Fetching {' and '.join(wanted)}")
    fetched = in_parallel(fetch, [*([None] if needs_pyodide else []), *missing])
    return [tree for trees in fetched for tree in trees]


def _fetch(missing: _Missing, scratch: Path) -> list[_NewTree]:
    """The files of the packages."""
    packages = missing.packages
    folder = scratch / f"wheels-{missing.environment}"
    found = _files_of(list(packages.values()), folder, missing.environment)
    for package in packages.values():
        if package.name not in found:
            raise LockError(f"The wheel of {package.name} {package.version} holds another package.")
    return [
        _NewTree(key, each.name, each.version, found[each.name], scratch / f"{key}.tree")
        for key, each in packages.items()
    ]


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


def _make(new: Sequence[_NewTree], scratch: Path, report: Callable[[str], None]) -> None:
    jobs: list[Job] = [
        TreeJob(
            files={path: file.relative_to(scratch).as_posix() for path, file in tree.files.items()},
            target=tree.made.name,
        )
        for tree in new
    ]
    stdlib = scratch / "stdlib.tree"
    if cached_tree(_stdlib_key()) is None:
        jobs.append(StdlibJob(target=stdlib.name))
    wasm = scratch / "wasm" / pyodide.WASM
    if not _wasm_entry().is_dir():
        wasm.parent.mkdir()
        shutil.copyfile(pyodide.distribution() / pyodide.WASM, scratch / pyodide.WASM)
        jobs.append(CompressJob(pyodide.WASM, f"wasm/{pyodide.WASM}"))
    if not jobs:
        return
    report("Compiling to bytecode")
    run_jobs(jobs, scratch)
    for tree in new:
        keep_tree(tree.key, tree.made, name=tree.name, version=tree.version, sources=tree.sources)
    if stdlib.is_file():
        keep_tree(_stdlib_key(), stdlib, name=_STDLIB_NAME, version=pyodide.PYTHON, sources=[])
    if wasm.is_file():
        cache.publish(wasm.parent, _wasm_entry())
