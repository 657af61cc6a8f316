"""One run of Pyodide under Node that compiles or packs what the cache does not hold yet."""

from __future__ import annotations

import functools
import json
from dataclasses import asdict, dataclass
from importlib import resources
from typing import TYPE_CHECKING

from asgi_docs.errors import PackageError
from asgi_docs.package import cache, pyodide
from asgi_docs.package.node import node_command, run_tool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


# All code that has a say in what a layer holds.
_RECIPE = ("recipe.mjs", "recipe.py", "installed.py", "tree.py")


@dataclass(frozen=True)
class TreeJob:
    """Compile files.

    Attributes:
        files: path in the tree -> file, relative to the scratch folder of the run.
        target: the tree, relative to the scratch folder.
        location: where the tree stands in the reader's browser.
    """

    files: Mapping[str, str]
    target: str
    location: str = pyodide.SITE_PACKAGES
    kind: str = "tree"


@dataclass(frozen=True)
class StdlibJob:
    """Compile the standard library of the pinned Pyodide."""

    target: str
    location: str = pyodide.LIBRARY
    kind: str = "stdlib"


@dataclass(frozen=True)
class LayerJob:
    """Pack a tree.

    Attributes:
        tree: relative to the scratch folder, like the target, which becomes a folder.
        hot: the paths that the first answer needs.
    """

    tree: str
    hot: Sequence[str]
    target: str
    kind: str = "layer"


@dataclass(frozen=True)
class CompressJob:
    """Compress one file with gzip."""

    file: str
    target: str
    kind: str = "compress"


Job = TreeJob | StdlibJob | LayerJob | CompressJob


def run_jobs(jobs: Sequence[Job], scratch: Path) -> None:
    """Do all jobs in one process.

    Raises:
        PackageError: Node is missing, or failed.
    """
    description = json.dumps([asdict(job) for job in jobs])
    (scratch / "jobs.json").write_text(description, "utf-8")
    scripts = resources.files("asgi_docs.package")
    with (
        resources.as_file(scripts / "recipe.mjs") as runner,
        resources.as_file(scripts / "recipe.py") as recipe,
    ):
        run_tool(
            [*node_command(), str(runner), str(pyodide.distribution()), str(recipe), str(scratch)],
            "Compiling and packing",
        )
    lost = [job.target for job in jobs if not (scratch / job.target).exists()]
    if lost:
        raise PackageError(f"Compiling and packing: Pyodide did not write {', '.join(lost)}.")


@functools.cache
def recipe_version() -> str:
    """In every cache key of something that a job makes: it changes with the recipe and the pins."""
    sources = resources.files("asgi_docs.package")
    texts = [(sources / name).read_text("utf-8") for name in _RECIPE]
    return cache.key_of(pyodide.PINS, *texts)
