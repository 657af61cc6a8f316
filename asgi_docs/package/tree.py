"""Trees: the files of one distribution, compiled. Layers are packed from them (see recipe.py)."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asgi_docs.package import cache
from asgi_docs.package.recipe import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FORMAT = "4"
"""Of what is kept in the cache; a part of every key."""

_CONTENT = "content.tree"
_ABOUT = "about.json"
# https://some.cdn/name@1.2.3/ as frameworks write it into their pages, often with a variable as the
# version; assets/service-worker/mirrors.js reads the same addresses.
_ON_CDN = re.compile(
    rb"https://(?:(?:cdn\.jsdelivr\.net/npm|unpkg\.com)/((?:@[\w.-]+/)?[\w.-]+)"
    rb"|cdn\.redoc\.ly/(redoc)/)"
)


@dataclass(frozen=True)
class Tree:
    """One tree in the cache.

    Attributes:
        name: canonical name of the distribution.
        sha256: of the tree.
        npm_packages: those that its sources would load from a CDN.
        file: where it stands.
    """

    name: str
    version: str
    sha256: str
    npm_packages: tuple[str, ...]
    file: Path

    def files(self) -> Mapping[str, bytes]:
        """Contents by path, relative to where the tree is mounted."""
        return read_tree(self.file.read_bytes())


def cached_tree(key: str) -> Tree | None:
    """The tree that `keep_tree` stored under this key."""
    folder = cache.entry("trees", key)
    try:
        about = json.loads((folder / _ABOUT).read_text("utf-8"))
    except FileNotFoundError:
        return None
    packages = tuple(about.pop("npm_packages"))
    return Tree(**about, npm_packages=packages, file=folder / _CONTENT)


def keep_tree(key: str, made: Path, *, name: str, version: str, sources: Iterable[Path]) -> None:
    """Put a finished tree into the cache.

    Args:
        key: everything that its bytes depend on.
        made: the tree, in a scratch folder of the cache.
        name: canonical name of the distribution.
        version: its version.
        sources: its Python and HTML files, looked through for addresses of npm packages.
    """
    about = {
        "name": name,
        "version": version,
        "sha256": hashlib.sha256(made.read_bytes()).hexdigest(),
        "npm_packages": sorted(npm_packages_in(sources)),
    }
    folder = made.with_name(f"{made.name}-entry")
    folder.mkdir()
    made.rename(folder / _CONTENT)
    (folder / _ABOUT).write_text(json.dumps(about, sort_keys=True), "utf-8")
    cache.publish(folder, cache.entry("trees", key))


def npm_packages_in(sources: Iterable[Path]) -> set[str]:
    """Names of the npm packages whose addresses on a CDN stand in these files."""
    return {
        (name or redoc).decode("ascii")
        for file in sources
        for name, redoc in _ON_CDN.findall(file.read_bytes())
    }
