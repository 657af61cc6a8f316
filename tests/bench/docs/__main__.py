"""Measures live blocks in the documentation that frameworks have.

`python -m tests.bench.docs [RUNS] [NAME …]` prints Markdown tables, for README.md in the folder
above; names are those of `DOCUMENTATIONS`. It needs the network, for the sources.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from asgi_docs.check.blocks import check_site
from asgi_docs.package.cache import cache_folder
from asgi_docs.package.pages import find_live_pages

from ..tables import table
from . import fastapi, starlette
from .documentation import SITE
from .reasons import of_build, of_check

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Sequence

    from ..processes import Peak
    from .documentation import Documentation

DOCUMENTATIONS: dict[str, tuple[str, Callable[[Path, str], Documentation]]] = {
    "starlette-mkdocs": ("mkdocs", starlette.write),
    "starlette-zensical": ("zensical", starlette.write),
    "fastapi-mkdocs": ("mkdocs", fastapi.write),
    "fastapi-zensical": ("zensical", fastapi.write),
    "fastapi-sphinx": ("sphinx", fastapi.write),
}


LIMIT = 600.0
"""Seconds for one app: long, as the figures may be taken on a busy machine."""


class Findings(NamedTuple):
    """What is right with a documentation, and why the rest is not."""

    cells: list[str]
    reasons: Counter[str]


class Times(NamedTuple):
    """One kind of build, with live blocks and without."""

    live: list[Peak]
    plain: list[Peak]

    def cell(self) -> str:
        live, plain = (
            statistics.median(each.processor_seconds for each in peaks)
            for peaks in (self.live, self.plain)
        )
        return f"{plain:.1f} + {live - plain:.1f} s"


def measure(documentation: Documentation, runs: int, cache: Path) -> Findings:
    """Build, check and time a documentation."""
    live, plain = documentation.live, documentation.plain
    _, said = documentation.build(live, cache)  # makes the lock files
    results = check_site(live / SITE, limit=LIMIT, report=_say)
    pages = find_live_pages(live / SITE)
    on = {block.source.partition(":")[0] for block in pages.blocks}
    right = sum(not each.failure for each in results)
    cold, warm = Times([], []), Times([], [])
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as empty:
            cold.live.append(documentation.build(live, Path(empty))[0])
        cold.plain.append(documentation.build(plain, cache)[0])
        warm.live.append(documentation.build(live, cache)[0])
        warm.plain.append(documentation.build(plain, cache)[0])
    added = _kilobytes(live / SITE) - _kilobytes(plain / SITE)
    assert pages.folder
    folder = sum(path.stat().st_size for path in pages.folder.rglob("*") if path.is_file())
    cells = [
        str(documentation.edits),
        f"{len(results)} on {len(on)}",
        str(right),
        cold.cell(),
        warm.cell(),
        f"{added / len(results):.1f}",
        f"{folder / 1e6:.1f}",
    ]
    return Findings(cells, of_build(said) + of_check(results))


def _kilobytes(site: Path) -> float:
    return sum(page.stat().st_size for page in site.rglob("*.html")) / 1e3


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201


COLUMNS = (
    "lines edited",
    "live blocks",
    "of them right",
    "cold",
    "warm",
    "kB a block",
    "MB beside",
)


def main(runs: int, names: Sequence[str]) -> None:
    rows = {}
    reasons: dict[str, Counter[str]] = {}
    for name in names:
        tool, write = DOCUMENTATIONS[name]
        with tempfile.TemporaryDirectory() as folder:
            documentation = write(Path(folder), tool)
            _say(documentation.title)
            found = measure(documentation, runs, cache_folder())
        rows[documentation.title] = found.cells
        reasons[documentation.title] = found.reasons
    print(table("", COLUMNS, rows))  # noqa: T201
    for title, counts in reasons.items():
        print(f"\n{title}:\n")  # noqa: T201
        for reason, count in counts.most_common():
            print(f"- {count}: {reason}")  # noqa: T201


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:] if each.isdigit()]
    wanted = [each for each in sys.argv[1:] if not each.isdigit()]
    main(next(iter(numbers), 3), wanted or list(DOCUMENTATIONS))
