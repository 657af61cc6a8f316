"""Measures what live blocks add to a build: seconds and memory by the number of environments.

`python -m tests.bench.build [NUMBER …]` prints a Markdown table, for README.md in this folder.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ..browser.sites import REPOSITORY
from .processes import Peak
from .tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBERS = (1, 20, 100)
# Small, and independent of each other, so that each choice of them is an environment of its own.
PACKAGES = ("itsdangerous", "python-multipart", "h11", "click", "certifi", "sniffio", "markdown")

APP = """
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
{imports}

async def hello(request):
    return PlainTextResponse("hello")


app = Starlette(routes=[Route("/", hello)])
"""
MODULES = {"python-multipart": "python_multipart"}


def write_site(folder: Path, number: int, *, live: bool) -> None:
    """Write a site of so many pages, each with an environment of its own if `live`."""
    folder.mkdir()
    extensions = ["asgi_docs"] if live else []
    (folder / "conf.py").write_text(f"project = 'Many'\nextensions = {extensions}\n")
    choices = itertools.chain.from_iterable(
        itertools.combinations(PACKAGES, size) for size in range(len(PACKAGES) + 1)
    )
    pages = [write_page(folder, choice, live=live) for choice in itertools.islice(choices, number)]
    entries = "".join(f"   {page}\n" for page in pages)
    (folder / "index.rst").write_text(f"Many\n====\n\n.. toctree::\n\n{entries}")


def write_page(folder: Path, packages: Sequence[str], *, live: bool) -> str:
    imports = "".join(f"import {MODULES.get(each, each)}\n" for each in packages)
    code = APP.format(imports=imports).strip().replace("\n", "\n   ")
    requires = f"   :requires: {', '.join(['starlette', *packages])}\n"
    start = f".. asgi-live::\n{requires}" if live else ".. code-block:: python\n"
    name = "-".join(["with", *packages])
    (folder / f"{name}.rst").write_text(f"{name}\n{'=' * len(name)}\n\n{start}\n   {code}\n")
    return name


def run(cache: Path, *command: str) -> Peak:
    environment = {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY),
        "ASGI_DOCS_CACHE": str(cache),
        # uv keeps wheels of its own: without this, "cold" would mean half of it.
        "UV_CACHE_DIR": str(cache / "uv"),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with Peak(process.pid) as peak:
        output, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{output}")
    return peak


def build(source: Path, cache: Path) -> Peak:
    work = source.parent
    return run(cache, "sphinx", "-q", "-d", str(work / "doctrees"), str(source), str(work / "out"))


def from_nothing(source: Path, cache: Path) -> Peak:
    for name in ("doctrees", "out"):
        shutil.rmtree(source.parent / name, ignore_errors=True)
    return build(source, cache)


def measure(number: int, folder: Path) -> dict[str, Peak]:
    """Every kind of build of a site with so many environments."""
    cache = folder / "cache"
    source, plain = folder / "source", folder / "plain"
    write_site(source, number, live=True)
    write_site(plain, number, live=False)
    peaks = {
        "locks made": run(cache, "asgi_docs", "lock", str(source)),
    }
    shutil.rmtree(cache)
    peaks["cold"] = from_nothing(source, cache)
    peaks["warm"] = from_nothing(source, cache)
    page = next(source.glob("with*.rst"))
    page.write_text(f"{page.read_text()}\nOne sentence more.\n")
    peaks["one page changed"] = build(source, cache)
    peaks["without live blocks"] = from_nothing(plain, cache)
    return peaks


def main(numbers: Sequence[int]) -> None:
    results = {}
    for number in numbers:
        with tempfile.TemporaryDirectory() as folder:
            results[number] = measure(number, Path(folder))
    rows = {
        str(number): [
            f"{peak.seconds:.1f} s, {peak.processor_seconds:.1f} s, {peak.megabytes:.0f} MB"
            for peak in peaks.values()
        ]
        for number, peaks in results.items()
    }
    print(table("environments", next(iter(results.values())), rows))  # noqa: T201


if __name__ == "__main__":
    main([int(number) for number in sys.argv[1:]] or NUMBERS)
