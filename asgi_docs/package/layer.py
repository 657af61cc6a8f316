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

_CONTENT = "content.layer"
_ABOUT = "about.json"
# https://some.cdn/folder/name@1.2.3/ as frameworks write it into their pages.
_CDN_PREFIX = re.compile(rb"https://[\w./-]+/[\w.-]+@\d[\w.]*/")


@dataclass(frozen=True)
class Layer:
    """One layer in the cache.

    Attributes:
        name: canonical name of the distribution.
        sha256: of the layer file.
        cdn_prefixes: URLs of front-end packages that its sources mention.
        file: where it stands.
    """

    name: str
    version: str
    size: int
    sha256: str
    cdn_prefixes: tuple[str, ...]
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
    prefixes = tuple(about.pop("cdn_prefixes"))
    return Layer(**about, cdn_prefixes=prefixes, file=folder / _CONTENT)


def keep_layer(key: str, made: Path, *, name: str, version: str, sources: Iterable[Path]) -> Layer:
    """Put a finished layer into the cache.

    Args:
        key: everything that its bytes depend on.
        made: the layer, in a scratch folder of the cache.
        name: canonical name of the distribution.
        version: its version.
        sources: its Python files, looked through for URLs of front-end packages.
    """
    content = made.read_bytes()
    layer = Layer(
        name=name,
        version=version,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        cdn_prefixes=tuple(sorted(_cdn_prefixes(sources))),
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


def _cdn_prefixes(sources: Iterable[Path]) -> set[str]:
    return {
        found.decode("ascii")
        for file in sources
        for found in _CDN_PREFIX.findall(file.read_bytes())
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
