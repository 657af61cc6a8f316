"""Layers: the packages of an environment, each compiled and packed into a file (see recipe.py)."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import struct
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from asgi_docs.package import cache

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORMAT = "3"
"""Of what is kept beside a layer; a part of every key."""

_CONTENT = "content.layer"
_ABOUT = "about.json"
# https://some.cdn/name@1.2.3/ as frameworks write it into their pages, often with a variable as the
# version; assets/service-worker/mirrors.js reads the same addresses.
_ON_CDN = re.compile(
    rb"https://(?:(?:cdn\.jsdelivr\.net/npm|unpkg\.com)/((?:@[\w.-]+/)?[\w.-]+)"
    rb"|cdn\.redoc\.ly/(redoc)/)"
)


@dataclass(frozen=True)
class Layer:
    """One layer in the cache.

    Attributes:
        name: canonical name of the distribution.
        sha256: of the layer file.
        npm_packages: those that its sources would load from a CDN.
        file: where it stands.
    """

    name: str
    version: str
    size: int
    sha256: str
    npm_packages: tuple[str, ...]
    file: Path

    @property
    def site_name(self) -> str:
        """Its file name in a site; names its content, so that browsers may keep it for ever."""
        return f"{self.name}-{self.version}-{self.sha256[:12]}.layer"


def cached_layer(key: str) -> Layer | None:
    """The layer that `keep_layer` stored under this key."""
    folder = cache.entry("layers", key)
    try:
        about = json.loads((folder / _ABOUT).read_text("utf-8"))
    except FileNotFoundError:
        return None
    packages = tuple(about.pop("npm_packages"))
    return Layer(**about, npm_packages=packages, file=folder / _CONTENT)


def keep_layer(key: str, made: Path, *, name: str, version: str, sources: Iterable[Path]) -> Layer:
    """Put a finished layer into the cache.

    Args:
        key: everything that its bytes depend on.
        made: the layer, in a scratch folder of the cache.
        name: canonical name of the distribution.
        version: its version.
        sources: its Python and HTML files, looked through for addresses of npm packages.
    """
    content = made.read_bytes()
    layer = Layer(
        name=name,
        version=version,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        npm_packages=tuple(sorted(_npm_packages(sources))),
        file=made,
    )
    about = {field: value for field, value in asdict(layer).items() if field != "file"}
    folder = made.with_name(f"{made.name}-entry")
    folder.mkdir()
    made.rename(folder / _CONTENT)
    (folder / _ABOUT).write_text(json.dumps(about, sort_keys=True), "utf-8")
    cache.publish(folder, cache.entry("layers", key))
    kept = cached_layer(key)
    assert kept is not None
    return kept


def _npm_packages(sources: Iterable[Path]) -> set[str]:
    return {
        (name or redoc).decode("ascii")
        for file in sources
        for name, redoc in _ON_CDN.findall(file.read_bytes())
    }


def unpack_layer(content: bytes) -> dict[str, bytes]:
    """The files of a layer by path."""
    body = gzip.decompress(content)
    (length,) = struct.unpack_from("<I", body)
    position = 4 + length
    files = {}
    for path, size in json.loads(body[4:position]):
        files[path] = body[position : position + size]
        position += size
    return files
