"""Packages a built site: everything that its live blocks need, in one folder of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from asgi_docs.block.markup import REQUEST_SCRIPT, SCRIPT
from asgi_docs.errors import LockError, PackageError
from asgi_docs.package import pyodide
from asgi_docs.package.assets import assets_folder, carried_clients, entry_script, front_files
from asgi_docs.package.cache import digest_of_files
from asgi_docs.package.checkout import project_of
from asgi_docs.package.environment import prepare
from asgi_docs.package.full_disk import explain_os_error
from asgi_docs.package.layer import unpacked_size
from asgi_docs.package.lock import make_lock
from asgi_docs.package.lock_check import fitting_packages
from asgi_docs.package.lock_file import LockedPackage, lock_files, lock_path
from asgi_docs.package.mirrors import BLANKS, mirrors_for
from asgi_docs.package.npm import fetch_npm_package, sri_hash
from asgi_docs.package.output import OutputFolder, delete_folder, dump_json
from asgi_docs.package.pages import find_live_pages
from asgi_docs.package.parallel import in_parallel
from asgi_docs.package.relock import preferences
from asgi_docs.package.uv import settings_of
from asgi_docs.package.vendored import vendored_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from asgi_docs.block.model import LiveBlock
    from asgi_docs.package.checkout import Checkout
    from asgi_docs.package.environment import Materials
    from asgi_docs.package.layer import Layer, Part

ENVIRONMENT_FORMAT = 4

Runtime = Literal["site", "cdn"]


@dataclass(frozen=True)
class PackagedEnvironment:
    """What blocks with equal requirements share.

    Attributes:
        packages: how many.
        first: bytes that a reader's browser loads until the first answer, Python included.
        size: bytes in all.
    """

    name: str
    packages: int
    first: int
    size: int


@dataclass(frozen=True)
class PackagedSite:
    """What `package_site` did.

    Attributes:
        folder: the output folder; None when the site has no live blocks.
        blocks: how many live blocks the pages have.
        environments: sorted by name.
        new_locks: lock files that were made, for the author to commit.
        notes: sentences about versions in these that are not the newest.
        unused_locks: lock files that no block uses.
    """

    folder: Path | None
    blocks: int
    environments: tuple[PackagedEnvironment, ...]
    new_locks: tuple[Path, ...]
    notes: tuple[str, ...]
    unused_locks: tuple[Path, ...]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the author is told after the build, line by line."""
        return (
            *self.notes,
            *(f"New lock file, to be committed: {path}" for path in self.new_locks),
            *(f"Lock file that no block uses, to be deleted: {path}" for path in self.unused_locks),
        )


def package_site(
    site: Path,
    *,
    locks: Path,
    lock_urls: bool = True,
    project: Path | Literal[False] | None = None,
    runtime: Runtime = "site",
    report: Callable[[str], None] = lambda _: None,
) -> PackagedSite:
    """Write the `asgi-docs/` folder of a built site. A folder that is up to date stays untouched.

    Args:
        site: the built HTML.
        locks: folder of the lock files, beside the documentation's sources; missing ones are made.
        lock_urls: whether new lock files say where each wheel was found.
        project: folder of the documented project, whose wheel is built and used in place of the
            published one; False: none; None: the nearest one above, if a block requires it.
        runtime: where readers' browsers get Pyodide from: the site, or jsDelivr's CDN.
        report: told in short sentences what takes time.

    Raises:
        LockError: an environment cannot be resolved or fetched, or its lock file is broken.
        PackageError: the pages contradict each other, a tool or a download is missing, or a file
            cannot be written.
    """
    if runtime not in get_args(Runtime):
        raise PackageError(f"runtime: {runtime} is neither site nor cdn.")
    try:
        with vendored_beside(locks):
            return _package(site, locks, lock_urls, project, runtime, report)
    except OSError as error:
        raise PackageError(explain_os_error(error)) from error


def _package(
    site: Path,
    locks: Path,
    lock_urls: bool,
    project: Path | Literal[False] | None,
    runtime: Runtime,
    report: Callable[[str], None],
) -> PackagedSite:
    pages = find_live_pages(site)
    for folder in pages.old_folders:
        if folder != pages.folder:
            delete_folder(folder)
    if pages.folder is None:
        return PackagedSite(None, 0, (), (), (), tuple(lock_files(locks)))
    askers = {block.environment: block for block in reversed(pages.blocks)}
    requires = [text for block in pages.blocks for text in block.requires]
    project_here = project_of(project, locks.absolute().parent, requires)
    wheels: dict[str, list[LockedPackage]] = {}
    new_locks: list[Path] = []
    notes: dict[str, None] = {}  # each once, in order
    problems: list[LockError] = []
    for name, block in sorted(askers.items()):
        path = lock_path(locks, name)
        try:
            if block.requires and not path.exists():
                report(f"Resolving {name}")
                made = _make_lock(path, block, lock_urls, project_here, report)
                notes.update(dict.fromkeys(made))
                new_locks.append(path)
            wheels[name] = (
                fitting_packages(
                    path, block.requires, project_here, asker=block.source, report=report
                )
                if block.requires
                else []
            )
        except LockError as problem:
            problems.append(problem)
    if problems:
        raise LockError("\n".join(map(str, problems)))
    with settings_of(locks):
        materials = prepare(wheels, pages.blocks, report)
    environments = _write(OutputFolder(pages.folder), wheels, materials, runtime, report)
    used = {lock_path(locks, name) for name in wheels}
    unused = tuple(path for path in lock_files(locks) if path not in used)
    return PackagedSite(
        pages.folder, len(pages.blocks), environments, tuple(new_locks), tuple(notes), unused
    )


def _make_lock(
    path: Path,
    block: LiveBlock,
    urls: bool,
    project: Checkout | None,
    report: Callable[[str], None],
) -> tuple[str, ...]:
    prefer = preferences(path.parent, path)
    try:
        return make_lock(
            path, block.requires, urls=urls, prefer=prefer, project=project, report=report
        )
    except LockError as error:
        raise LockError(f"{block.source}: {error}" if block.source else str(error)) from None


def _write(
    output: OutputFolder,
    wheels: Mapping[str, Sequence[LockedPackage]],
    materials: Materials,
    runtime: Runtime,
    report: Callable[[str], None],
) -> tuple[PackagedEnvironment, ...]:
    python = _pyodide_of_cdn() if runtime == "cdn" else _write_pyodide(output, materials.wasm)
    common = {
        "format": ENVIRONMENT_FORMAT,
        "python": pyodide.PYTHON,
        "pyodide": python,
        "stdlib": _write_layer(output, materials.stdlib),
        "runtime": _write_layer(output, materials.runtime),
    }
    wasm = materials.wasm.stat().st_size
    environments = []
    for name, lock in wheels.items():
        layers = [materials.layers[wheel] for wheel in lock]
        written = [_write_layer(output, layer) for layer in layers]
        output.write_json(f"environments/{name}.json", {**common, "name": name, "layers": written})
        parts = [materials.stdlib, materials.runtime, *layers]
        first = sum(part.size for layer in parts for part in (layer.hot, *layer.extensions))
        rest = sum(layer.cold.size for layer in parts if layer.cold)
        environments.append(PackagedEnvironment(name, len(lock), wasm + first, wasm + first + rest))
    _write_front_end(output, _write_mirrors(output, sorted(materials.npm_packages), report))
    output.delete_stale()
    return tuple(environments)


def _write_pyodide(output: OutputFolder, wasm: Path) -> dict[str, object]:
    """Copy Pyodide; returns its part of the environments' manifests."""
    distribution = pyodide.distribution()
    files = {to: distribution / name for name, to in pyodide.SHIPPED.items()}
    # Compressed by us: whether a host does that to a type that few know is its own affair.
    packed = f"{pyodide.WASM}.layer"
    files[packed] = wasm
    digest = digest_of_files((name, file.read_bytes()) for name, file in files.items())
    folder = f"pyodide-{pyodide.VERSION}-{digest}"
    for name, file in files.items():
        output.copy(f"{folder}/{name}", file)
    return {
        "version": pyodide.VERSION,
        "abi": pyodide.ABI,
        "module": _sized(files, folder, pyodide.SHIPPED[pyodide.MODULE]),
        "asm": _sized(files, folder, pyodide.SHIPPED[pyodide.ASM]),
        "wasm": {**_sized(files, folder, packed), "unpacked": unpacked_size(wasm)},
    }


def _sized(files: Mapping[str, Path], folder: str, name: str) -> dict[str, object]:
    return {"url": f"../{folder}/{name}", "size": files[name].stat().st_size}


def _pyodide_of_cdn() -> dict[str, object]:
    """What the environments' manifests say of Pyodide on a CDN."""
    distribution = pyodide.distribution()
    names = {"module": pyodide.MODULE, "asm": pyodide.ASM, "wasm": pyodide.WASM}
    files = {
        kind: {"url": pyodide.CDN + name, "size": (distribution / name).stat().st_size}
        for kind, name in names.items()
    }
    return {
        "version": pyodide.VERSION,
        "abi": pyodide.ABI,
        **files,
        "integrity": {kind: sri_hash(distribution / name) for kind, name in names.items()},
    }


def _write_layer(output: OutputFolder, layer: Layer) -> dict[str, object]:
    """Copy a layer; returns what the environments' manifests say of it."""
    for part in layer.parts:
        output.copy(f"layers/{part.site_name}", part.file)
    about: dict[str, object] = {
        "name": layer.name,
        "version": layer.version,
        "hot": _described(layer.hot),
        "extensions": [
            {**_described(part), "unpacked": unpacked_size(part.file)} for part in layer.extensions
        ],
    }
    if layer.cold:
        about["cold"] = _described(layer.cold)
    return about


def _described(part: Part) -> dict[str, object]:
    return {"url": f"../layers/{part.site_name}", "size": part.size, "sha256": part.sha256}


def _write_mirrors(
    output: OutputFolder, packages: Sequence[str], report: Callable[[str], None]
) -> dict[str, object]:
    """Copy npm packages; returns what the service worker has to know of them, by name."""
    mirrors = mirrors_for(packages)
    missing = [each.package for each in mirrors if not each.package.cache_entry.is_dir()]
    if missing:
        report(f"Fetching {', '.join(f'{each.name} {each.version}' for each in missing)}")
        in_parallel(fetch_npm_package, missing)
    for mirror in mirrors:
        for path, content in mirror.contents().items():
            output.write(path, content)
    return {mirror.package.name: mirror.settings() for mirror in mirrors}


def _write_front_end(output: OutputFolder, mirrors: Mapping[str, object]) -> None:
    assets = assets_folder()
    files = front_files(assets)
    front = f"front-{digest_of_files(files.items())}"
    for path, content in files.items():
        output.write(f"{front}/{path}", content)
    for entry in (SCRIPT, REQUEST_SCRIPT):
        output.write(entry, entry_script(entry, files, f"./{front}"))
    output.write("asgi-live.css", files["asgi-live.css"])
    output.write(f"{front}/clients.js", carried_clients(files))
    settings = dump_json({"blanks": BLANKS, "front": front, "mirrors": mirrors})
    scripts = f'"{front}/clients.js", "{front}/service-worker.js"'
    stub = f"self.asgiDocs = {settings};\nimportScripts({scripts});\n"
    output.write("service-worker.js", stub.encode())
