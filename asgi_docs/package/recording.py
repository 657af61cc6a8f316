"""Which files an environment needs for its first answer: an app is started, and watched."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs.package import cache, pyodide
from asgi_docs.package.node import node_command
from asgi_docs.package.node_scripts import NodeScript
from asgi_docs.package.parallel import in_parallel
from asgi_docs.package.tree import FORMAT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from asgi_docs.block.model import LiveBlock
    from asgi_docs.package.tree import Tree

_TIME_LIMIT = 60
"""Seconds for one environment; endless loops are a part of documentation."""
_SCRIPT = NodeScript(Path(__file__).with_name("record.mjs"))
_READS = "reads.json"


@dataclass(frozen=True)
class Environment:
    """What is recorded together.

    Attributes:
        trees: the packages and our runtime.
        blocks: those that run in it, in the order of the pages; the first one answers a request,
            of the others the imports count.
    """

    trees: Sequence[Tree]
    blocks: Sequence[LiveBlock]


def hot_paths(
    stdlib: Tree, environments: Sequence[Environment], report: Callable[[str], None]
) -> dict[Tree, frozenset[str]]:
    """The paths that some environment needs first, for each tree of any of them.

    Raises:
        PackageError: Node is missing.
    """
    recordings = [_Recording(stdlib, each) for each in environments]
    missing = [each for each in recordings if not each.entry.is_dir()]
    if missing:
        node_command()
        report(f"Starting {len(missing)} environment{'s' if len(missing) > 1 else ''}")
        in_parallel(_Recording.make, missing)
    hot: dict[Tree, set[str]] = {stdlib: set()}
    for recording in recordings:
        for tree, paths in recording.reads().items():
            hot.setdefault(tree, set()).update(paths)
    return {tree: frozenset(paths) for tree, paths in hot.items()}


class _Recording:
    """One environment, started once and remembered in the cache."""

    def __init__(self, stdlib: Tree, environment: Environment) -> None:
        first = environment.blocks[0]
        self.trees = [stdlib, *environment.trees]
        self.settings = {
            "abi": pyodide.ABI,
            "library": pyodide.LIBRARY,
            "imports": sorted({each for block in environment.blocks for each in _imports(block)}),
            "block": {"settings": first.settings_json, "path": first.path},
        }
        trees = [f"{tree.name} {tree.sha256}" for tree in self.trees]
        identity = json.dumps([self.settings, trees, _SCRIPT.identity()], sort_keys=True)
        self.entry = cache.entry("recordings", cache.key_of(FORMAT, pyodide.PINS, identity))

    def reads(self) -> Mapping[Tree, Sequence[str]]:
        reads: list[list[str]] = json.loads((self.entry / _READS).read_text("utf-8"))
        return dict(zip(self.trees, reads, strict=True))

    def make(self) -> None:
        with cache.scratch_folder() as scratch:
            self._run_node(scratch)
            reads = scratch / _READS
            if not reads.is_file():  # a package ends the interpreter when it is imported
                reads.write_text(json.dumps([_all_but_sources(each) for each in self.trees]))
            finished = scratch / "finished"
            finished.mkdir()
            reads.rename(finished / _READS)
            cache.publish(finished, self.entry)

    def _run_node(self, scratch: Path) -> None:
        trees = [
            {"file": str(tree.file), "root": pyodide.SITE_PACKAGES if at else pyodide.LIBRARY}
            for at, tree in enumerate(self.trees)
        ]
        settings = json.dumps({**self.settings, "trees": trees})
        (scratch / "recording.json").write_text(settings, "utf-8")
        _SCRIPT.run(scratch, _TIME_LIMIT)


def _all_but_sources(tree: Tree) -> list[str]:
    return [path for path in tree.files() if not path.endswith(".py")]


def _imports(block: LiveBlock) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the modules of a block import of others, as arguments of `__import__`."""
    own = {path.removesuffix(".py").partition("/")[0] for path in block.files}
    for path, text in block.files.items():
        if not path.endswith(".py"):
            continue
        try:
            statements = ast.parse(text).body
        except (SyntaxError, ValueError):
            continue
        for each in statements:
            found: list[tuple[str, tuple[str, ...]]]
            if isinstance(each, ast.Import):
                found = [(alias.name, ()) for alias in each.names]
            elif isinstance(each, ast.ImportFrom) and each.module and not each.level:
                found = [(each.module, tuple(sorted(alias.name for alias in each.names)))]
            else:
                continue
            yield from ((name, names) for name, names in found if name.partition(".")[0] not in own)
