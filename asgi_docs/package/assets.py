"""The front-end files: below the package in a wheel, beside it in a checkout."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs.errors import PackageError
from asgi_docs.package.output import dump_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_PACKAGE = Path(__file__).parents[1]
_SHIPPED = {".js", ".css", ".wasm", ".txt"}
"""Text files are the licences of what others have made."""
# Classic scripts cannot import each other without a round trip for each: what belongs together
# is joined here, in this order.
_BUNDLES = "bundles.json"
# A reader who starts an app waits for this one and all that it imports.
_WORKER = "python-worker.js"
_IMPORT = re.compile(r'^import (?:[^;"]+ from )?"(\.{1,2}/[^"]+)";', re.MULTILINE)
# What the service worker puts into an app's pages and web workers.
_CLIENTS = ("frame-client.js", "worker-client.js", "worker-module-client.js")


def assets_folder(package: Path = _PACKAGE) -> Path:
    """Where the front-end files stand.

    Args:
        package: folder of the import package `asgi_docs`.

    Raises:
        PackageError: there are none.
    """
    places = (package / "assets", package.parent / "assets")
    for place in places:
        if (place / "asgi-live.js").is_file():
            return place
    raise PackageError(
        f"The front-end files of asgi-docs are missing: neither {places[0]} nor {places[1]} has "
        "asgi-live.js. Install asgi-docs again."
    )


def front_files(folder: Path) -> dict[str, bytes]:
    """What ships, by path below the folder."""
    bundles: dict[str, list[str]] = json.loads((folder / _BUNDLES).read_text("utf-8"))
    # exchange.js is also loaded by itself: the page uses it, too.
    bundled = {part for parts in bundles.values() for part in parts if "/" in part}
    paths = sorted(path for path in folder.rglob("*") if path.suffix in _SHIPPED and path.is_file())
    relative = [path.relative_to(folder) for path in paths]
    files = {
        path.as_posix(): (folder / path).read_bytes()
        for path in relative
        if "node_modules" not in path.parts and path.as_posix() not in bundled
    }
    for name, parts in bundles.items():
        files[name] = b"\n".join((folder / part).read_bytes() for part in parts)
    if _WORKER in files:
        files[_WORKER] = _import_statements(_WORKER, files) + files[_WORKER]
    return files


def entry_script(name: str, files: Mapping[str, bytes], folder: str) -> bytes:
    """A module that imports another one, and names all that this one imports.

    Args:
        name: the other module.
        files: as `front_files` gives them.
        folder: that they are in, as seen from the entry's own.
    """
    return _import_statements(name, files, folder) + f'import "{folder}/{name}";\n'.encode()


def _import_statements(name: str, files: Mapping[str, bytes], folder: str = ".") -> bytes:
    """Imports of all that a module imports, itself or by another one.

    A browser learns of an import when the module that has it is there: one by one, each level
    costs a way to the host and back.
    """
    imported = _imported(name, files, {name})
    return "".join(f'import "{folder}/{each}";\n' for each in imported).encode()


def _imported(name: str, files: Mapping[str, bytes], seen: set[str]) -> Iterator[str]:
    """All that a module imports, in the order in which the browser runs it."""
    for each in _imports(name, files[name].decode()):
        if each not in seen:
            seen.add(each)
            yield from _imported(each, files, seen)
            yield each


def _imports(name: str, text: str) -> list[str]:
    """What a module itself imports."""
    folder = posixpath.dirname(name)
    return [posixpath.normpath(posixpath.join(folder, path)) for path in _IMPORT.findall(text)]


def with_imports(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Modules of the front end and all that they import, by path below its folder."""
    texts: dict[str, str] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in texts:
            texts[name] = (folder / name).read_text("utf-8")
            waiting += _imports(name, texts[name])
    return texts


def carried_clients(files: Mapping[str, bytes]) -> bytes:
    """A script that gives the service worker the clients as text.

    After the next deploy their files are gone, while the app in a tab that stays open goes on.

    Args:
        files: as `front_files` gives them.
    """
    clients = dump_json({name: files[name].decode() for name in _CLIENTS})
    return f"self.asgiDocs.clients = {clients};\n".encode()
