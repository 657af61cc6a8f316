"""Layers: trees as the reader's browser gets them, what the first answer needs before the rest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asgi_docs.package import cache
from asgi_docs.package.tree import FORMAT
from asgi_docs.package.workshop import LayerJob, recipe_version, run_jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from asgi_docs.package.tree import Tree


@dataclass(frozen=True)
class Part:
    """One file of a layer, in the cache.

    Attributes:
        site_name: its file name in a site; as it names the content, browsers may keep it for ever.
        size: bytes on the wire.
    """

    site_name: str
    size: int
    sha256: str
    file: Path


@dataclass(frozen=True)
class Layer:
    """One layer in the cache.

    Attributes:
        name: canonical name of the distribution.
        hot: what the first answer needs, and an index of all files.
        cold: the rest; None when there is none.
        extensions: extension modules that the first answer needs, by their place in the index.
    """

    name: str
    version: str
    hot: Part
    cold: Part | None
    extensions: tuple[Part, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """All files."""
        return (self.hot, *([self.cold] if self.cold else []), *self.extensions)


def pack(hot: Mapping[Tree, frozenset[str]], report: Callable[[str], None]) -> dict[Tree, Layer]:
    """Pack trees to layers, those that the cache lacks in one run of Node.

    Args:
        hot: for each tree the paths that the first answer needs.
        report: told what takes time.

    Raises:
        PackageError: Node is missing, or failed.
    """
    entries = {tree: cache.entry("layers", _key(tree, paths)) for tree, paths in hot.items()}
    missing = {tree: entry for tree, entry in entries.items() if not entry.is_dir()}
    if missing:
        report("Packing")
        with cache.scratch_folder() as scratch:
            jobs = []
            for tree, entry in missing.items():
                (scratch / f"{entry.name}.tree").write_bytes(tree.file.read_bytes())
                jobs.append(LayerJob(f"{entry.name}.tree", sorted(hot[tree]), entry.name))
            run_jobs(jobs, scratch)
            for entry in missing.values():
                cache.publish(scratch / entry.name, entry)
    return {tree: _layer(tree, entry) for tree, entry in entries.items()}


def _key(tree: Tree, hot: Iterable[str]) -> str:
    return cache.key_of(FORMAT, recipe_version(), tree.name, tree.sha256, json.dumps(sorted(hot)))


def _layer(tree: Tree, entry: Path) -> Layer:
    def part(kind: str) -> Part:
        content = (entry / kind).read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        words = [tree.name, tree.version, *([] if kind == "hot" else [kind]), sha256[:12]]
        return Part(f"{'-'.join(words)}.layer", len(content), sha256, entry / kind)

    return Layer(
        name=tree.name,
        version=tree.version,
        hot=part("hot"),
        cold=part("cold") if (entry / "cold").is_file() else None,
        extensions=tuple(
            part(f"extension-{at}") for at in range(len(list(entry.glob("extension-*"))))
        ),
    )


def unpacked_size(file: Path) -> int:
    """Bytes of what a file holds that our recipe has compressed.

    The size stands in the header of the Zstandard frame, as it was known when that began:
    https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.1
    """
    with file.open("rb") as packed:
        header = packed.read(14)
    flag, is_single_segment = header[4] >> 6, bool(header[4] & 0x20)
    start = 5 if is_single_segment else 6  # after the window's size
    size = int.from_bytes(header[start : start + (1 << flag)], "little")
    return size + 256 if flag == 1 else size
