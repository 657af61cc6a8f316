"""Runs of Pyodide under Node that compile or pack what the cache does not hold yet."""

from __future__ import annotations

import functools
import json
from dataclasses import asdict, dataclass
from importlib import resources
from typing import TYPE_CHECKING

from asgi_docs.errors import PackageError
from asgi_docs.package import cache, pyodide
from asgi_docs.package.node import node_command, run_tool
from asgi_docs.package.parallel import cores, in_parallel

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
    """Compress one file."""

    file: str
    target: str
    kind: str = "compress"


Job = TreeJob | StdlibJob | LayerJob | CompressJob

_STDLIB_SIZE = 10_000_000
_WORTH_A_PROCESS = 8_000_000
"""Bytes that are compiled or packed in about the time that Pyodide takes to start."""


def run_jobs(jobs: Sequence[Job], scratch: Path) -> None:
    """Do all jobs, in as many processes as pay.

    Raises:
        PackageError: Node is missing, or failed.
    """
    in_parallel(functools.partial(_run, scratch), list(enumerate(_shares(jobs, scratch))))
    lost = [job.target for job in jobs if not (scratch / job.target).exists()]
    if lost:
        raise PackageError(f"Compiling and packing: Pyodide did not write {', '.join(lost)}.")


def _run(scratch: Path, numbered: tuple[int, Sequence[Job]]) -> None:
    number, jobs = numbered
    name = f"jobs-{number}.json"
    (scratch / name).write_text(json.dumps([asdict(job) for job in jobs]), "utf-8")
    scripts = resources.files("asgi_docs.package")
    with (
        resources.as_file(scripts / "recipe.mjs") as runner,
        resources.as_file(scripts / "recipe.py") as recipe,
    ):
        files = [runner, pyodide.distribution(), recipe, scratch]
        run_tool([*node_command(), *map(str, files), name], "Compiling and packing")


def _shares(jobs: Sequence[Job], scratch: Path) -> list[list[Job]]:
    """The jobs of each process, the largest ones first, wherever there is least to do."""
    sized = sorted(((_size(job, scratch), at) for at, job in enumerate(jobs)), reverse=True)
    total = sum(size for size, _ in sized)
    count = max(1, min(cores(), len(jobs), total // _WORTH_A_PROCESS))
    shares: list[list[Job]] = [[] for _ in range(count)]
    loads = [0] * count
    for size, at in sized:
        least = loads.index(min(loads))
        shares[least].append(jobs[at])
        loads[least] += size
    return shares


def _size(job: Job, scratch: Path) -> int:
    """In bytes of input: the time that a job takes goes by it, if roughly."""
    if isinstance(job, TreeJob):
        return sum((scratch / file).stat().st_size for file in job.files.values())
    if isinstance(job, StdlibJob):
        return _STDLIB_SIZE
    return (scratch / (job.tree if isinstance(job, LayerJob) else job.file)).stat().st_size


@functools.cache
def recipe_version() -> str:
    """In every cache key of something that a job makes: it changes with the recipe and the pins."""
    sources = resources.files("asgi_docs.package")
    texts = [(sources / name).read_text("utf-8") for name in _RECIPE]
    return cache.key_of(pyodide.PINS, *texts)
