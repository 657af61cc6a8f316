"""Measures live blocks in the documentation that frameworks have.

`python -m tests.bench.docs [RUNS] [NAME …]` prints Markdown tables, for README.md in the folder
above; names are those of `DOCUMENTATIONS`. It needs the network, for the sources.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from asgi_docs.check.blocks import check_site
from asgi_docs.package.cache import cache_folder
from asgi_docs.package.pages import find_live_pages

from ..tables import table
from . import fastapi, starlette
from .documentation import SITE, Documentation
from .reasons import reason, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asgi_docs.check.blocks import Checked

    from ..processes import Peak

Write = Callable[[Path, str, Collection[str] | None], Documentation]

DOCUMENTATIONS: dict[str, tuple[str, Write]] = {
    "starlette-mkdocs": ("mkdocs", starlette.write),
    "starlette-zensical": ("zensical", starlette.write),
    "fastapi-mkdocs": ("mkdocs", fastapi.write),
    "fastapi-zensical": ("zensical", fastapi.write),
    "fastapi-sphinx": ("sphinx", fastapi.write),
}

LIMIT = 600.0
"""Seconds for one app: long, as the figures may be taken on a busy machine."""


class Survey(NamedTuple):
    """What comes of a documentation whose blocks are live as far as they can be.

    Attributes:
        reasons: why the others are not, or not right.
    """

    results: list[Checked]
    reasons: Counter[str]

    @property
    def right(self) -> int:
        return sum(not each.failure for each in self.results)


def survey(documentation: Documentation, cache: Path) -> tuple[Survey, set[str]]:
    """Build and check; gives what was found, and the places of what is not right."""
    _, said = documentation.build(documentation.live, cache)  # makes the lock files
    results = check_site(documentation.live / SITE, limit=LIMIT, report=_say)
    failed = [each for each in results if each.failure]
    refused = told(said)
    reasons = Counter([*refused.values(), *map(reason, failed)])
    return Survey(results, reasons), {*refused, *(each.place for each in failed)}


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


def measure(documentation: Documentation, runs: int, cache: Path) -> list[str]:
    """Time the builds; gives the cells of a row."""
    live, plain = documentation.live, documentation.plain
    documentation.build(live, cache)  # makes the lock files
    results = check_site(live / SITE, limit=LIMIT, report=_say)
    cold, warm = Times([], []), Times([], [])
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as empty:
            cold.live.append(documentation.build(live, Path(empty))[0])
        cold.plain.append(documentation.build(plain, cache)[0])
        warm.live.append(documentation.build(live, cache)[0])
        warm.plain.append(documentation.build(plain, cache)[0])
    pages = find_live_pages(live / SITE)
    assert pages.folder
    added = _kilobytes(live / SITE) - _kilobytes(plain / SITE)
    folder = sum(path.stat().st_size for path in pages.folder.rglob("*") if path.is_file())
    return [
        str(documentation.edits),
        f"{len(results)} on {len({each.place.partition(':')[0] for each in results})}",
        str(sum(not each.failure for each in results)),
        cold.cell(),
        warm.cell(),
        f"{added / len(results):.1f}",
        f"{folder / 1e6:.1f}",
    ]


def _kilobytes(site: Path) -> float:
    return sum(page.stat().st_size for page in site.rglob("*.html")) / 1e3


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201


COLUMNS = (
    "samples",
    "right at first",
    "lines edited",
    "live, on pages",
    "right",
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
        with tempfile.TemporaryDirectory() as work:
            first = write(Path(work, "first"), tool, None)
            _say(first.title)
            found, leave = survey(first, cache_folder())
            reasons[first.title] = found.reasons
            second = write(Path(work, "second"), tool, leave)
            rows[first.title] = [
                str(first.samples),
                f"{found.right} of {len(found.results)}",
                *measure(second, runs, cache_folder()),
            ]
    print(table("", COLUMNS, rows))  # noqa: T201
    for title, counts in reasons.items():
        print(f"\n{title}:\n")  # noqa: T201
        for sentence, count in counts.most_common():
            print(f"- {count}: {sentence}")  # noqa: T201


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:] if each.isdigit()]
    wanted = [each for each in sys.argv[1:] if not each.isdigit()]
    main(next(iter(numbers), 3), wanted or list(DOCUMENTATIONS))
