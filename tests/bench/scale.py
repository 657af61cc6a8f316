"""Measures what live blocks add to the build of a large site.

`python -m tests.bench.scale [PAGES] [TOOL …]` prints a Markdown table, for README.md in this
folder. The same pages are built with ordinary code blocks, with live ones, and with these packaged:
by turns, several times, as a machine may be half as fast again a minute later.
"""

from __future__ import annotations

import itertools
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .build import APP, MODULES, PACKAGES, run
from .tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .processes import Peak

PAGES = 1000
ROUNDS = 3
BLOCKS = 2  # of a page
# As large sites have them: Sphinx takes the square of what one table of contents lists.
PAGES_OF_A_PART = 20
ENVIRONMENTS = 20
TOOLS = ("sphinx", "mkdocs")

PROSE = (
    "An application is a callable that takes a *scope*, and two callables to receive and to send. "
    "The server calls it once for each connection, with a scope that says what was asked for; the "
    "``http`` scope has method, path and headers, the ``lifespan`` scope begins before the first "
    "request and ends after the last one. What the application sends are messages, too: the head "
    "of the answer first, then pieces of its body, of which only the last has no more to follow."
)


class Kind(NamedTuple):
    """What the blocks of a site are."""

    live: bool
    packaged: bool


PLAIN, LIVE, PACKAGED = Kind(live=False, packaged=False), Kind(True, False), Kind(True, True)
KINDS = {"plain": PLAIN, "live": LIVE, "live, packaged": PACKAGED}


def write_site(folder: Path, tool: str, kind: Kind, pages: int) -> None:
    """Write a site whose blocks have so many environments, by turns."""
    folder.mkdir(parents=True)
    if tool == "sphinx":
        pages_folder, suffix, write = folder, "rst", _rest
        _write_sphinx_project(folder, kind)
    else:
        pages_folder, suffix, write = folder / "docs", "md", _markdown
        _write_mkdocs_project(folder, kind)
    choices = itertools.cycle(itertools.islice(_choices(), ENVIRONMENTS))
    for first in range(0, pages, PAGES_OF_A_PART):
        part = first // PAGES_OF_A_PART
        part_folder = pages_folder / f"part-{part:02}"
        part_folder.mkdir(parents=True)
        if tool == "sphinx":
            (part_folder / "index.rst").write_text(_table_of_contents(f"Part {part}", "page-*"))
        for number in range(first, min(first + PAGES_OF_A_PART, pages)):
            blocks = [(f"{number}-{at}", next(choices)) for at in range(BLOCKS)]
            page = "\n\n".join(write(f"Page {number}", blocks, live=kind.live))
            (part_folder / f"page-{number:04}.{suffix}").write_text(f"{page}\n")


def _write_sphinx_project(folder: Path, kind: Kind) -> None:
    extensions = ["asgi_docs"] if kind.live else []
    ours = f"asgi_docs_package = {kind.packaged}\n" if kind.live else ""
    (folder / "conf.py").write_text(f"project = 'Many'\nextensions = {extensions}\n{ours}")
    (folder / "index.rst").write_text(_table_of_contents("Many", "part-*/index"))


def _table_of_contents(title: str, pattern: str) -> str:
    directive = f".. toctree::\n   :glob:\n   :maxdepth: 1\n\n   {pattern}\n"
    return f"{title}\n{'=' * len(title)}\n\n{directive}"


def _write_mkdocs_project(folder: Path, kind: Kind) -> None:
    ours = f", asgi_docs: {{package: {str(kind.packaged).lower()}}}" if kind.live else ""
    extensions = f"markdown_extensions: [pymdownx.superfences{ours}]\n"
    theme = "theme: {name: material, font: false}\nplugins: [search]\n"
    (folder / "mkdocs.yml").write_text(f"site_name: Many\n{theme}{extensions}")
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text("# Many\n")


def _choices() -> Iterator[Sequence[str]]:
    return itertools.chain.from_iterable(
        itertools.combinations(PACKAGES, size) for size in range(len(PACKAGES) + 1)
    )


def _code(word: str, packages: Sequence[str]) -> str:
    imports = "".join(f"import {MODULES.get(each, each)}\n" for each in packages)
    return APP.format(imports=imports).strip().replace('"hello"', f'"{word}"')


def _rest(title: str, blocks: Sequence[tuple[str, Sequence[str]]], *, live: bool) -> Iterator[str]:
    yield f"{title}\n{'=' * len(title)}"
    for word, packages in blocks:
        yield PROSE
        requires = f"\n   :requires: {', '.join(['starlette', *packages])}"
        yield f".. asgi-live::{requires}" if live else ".. code-block:: python"
        yield "   " + _code(word, packages).replace("\n", "\n   ")
        yield PROSE


def _markdown(
    title: str, blocks: Sequence[tuple[str, Sequence[str]]], *, live: bool
) -> Iterator[str]:
    yield f"# {title}"
    for word, packages in blocks:
        yield PROSE.replace("``", "`")
        requires = f'asgi-live requires="{" ".join(["starlette", *packages])}"'
        yield f"```{requires if live else 'python'}\n{_code(word, packages)}\n```"
        yield PROSE.replace("``", "`")


def build(folder: Path, tool: str, cache: Path) -> Peak:
    if tool == "sphinx":
        out = str(folder / "site")
        return run(cache, "sphinx", "-q", "-d", str(folder / ".doctrees"), str(folder), out)
    return run(cache, "mkdocs", "-q", "build", "-f", str(folder / "mkdocs.yml"))


def change_a_page(folder: Path) -> None:
    page = next(path for path in folder.rglob("page-0007.*") if path.suffix in (".rst", ".md"))
    page.write_text(page.read_text() + "\nOne sentence more.\n")


Runs = dict[str, dict[str, list["Peak"]]]
"""What each build took, by the kind of build and of site, in the order of the rounds."""


def measure(folder: Path, tool: str, pages: int) -> Runs:
    cache = folder / "cache"
    for name, kind in KINDS.items():
        write_site(folder / name, tool, kind, pages)
    packaged = folder / next(name for name, kind in KINDS.items() if kind.packaged)
    run(cache, "asgi_docs", "lock", str(packaged))
    shutil.rmtree(cache)
    runs: Runs = {
        "empty caches": {packaged.name: [build(packaged, tool, cache)]},
        "all pages": {name: [] for name in KINDS},
        "one page changed": {name: [] for name in KINDS},
    }
    for _ in range(ROUNDS):
        for name in KINDS:
            site = folder / name
            shutil.rmtree(site / "site", ignore_errors=True)
            shutil.rmtree(site / ".doctrees", ignore_errors=True)
            runs["all pages"][name].append(build(site, tool, cache))
            change_a_page(site)
            runs["one page changed"][name].append(build(site, tool, cache))
    return runs


def main(pages: int, tools: Sequence[str]) -> None:
    rows = {}
    for tool in tools:
        with tempfile.TemporaryDirectory() as folder:
            runs = measure(Path(folder), tool, pages)
        for builds, peaks in runs.items():
            plain = peaks.get("plain", [])
            rows[f"{tool}, {builds}"] = [
                _cell(peaks[kind], plain) if kind in peaks else "" for kind in KINDS
            ]
    print(table(f"{pages} pages", KINDS, rows))  # noqa: T201


def _cell(peaks: Sequence[Peak], plain: Sequence[Peak]) -> str:
    """Medians of the rounds; of the share, that of what each took beside its neighbour."""
    seconds = statistics.median(peak.processor_seconds for peak in peaks)
    megabytes = max(peak.megabytes for peak in peaks)
    if not plain or peaks is plain:
        return f"{seconds:.1f} s, {megabytes:.0f} MB"
    shares = [
        peak.processor_seconds / beside.processor_seconds - 1
        for peak, beside in zip(peaks, plain, strict=True)
    ]
    return f"{seconds:.1f} s ({statistics.median(shares):+.0%}), {megabytes:.0f} MB"


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:] if each.isdigit()]
    wanted = [each for each in sys.argv[1:] if not each.isdigit()]
    main(next(iter(numbers), PAGES), wanted or TOOLS)
