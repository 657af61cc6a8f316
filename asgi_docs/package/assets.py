"""The front-end files: below the package in a wheel, beside it in a checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs.errors import PackageError
from asgi_docs.package.output import dump_json

if TYPE_CHECKING:
    from collections.abc import Mapping

_PACKAGE = Path(__file__).parents[1]
_SHIPPED = {".js", ".css"}
# Classic scripts cannot import each other without a round trip for each: what belongs together
# is joined here, in this order.
_BUNDLES = "bundles.json"
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
    return files


def carried_clients(files: Mapping[str, bytes]) -> bytes:
    """A script that gives the service worker the clients as text.

    After the next deploy their files are gone, while the app in a tab that stays open goes on.

    Args:
        files: as `front_files` gives them.
    """
    clients = dump_json({name: files[name].decode() for name in _CLIENTS})
    return f"self.asgiDocs.clients = {clients};\n".encode()
