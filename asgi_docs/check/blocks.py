"""Checks the live blocks of a built site, each in a Python of its own, and their requests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from asgi_docs.block.requests.records import Records, read_records, record_file
from asgi_docs.check.apps import SCRIPT, AppCheck, Manifest
from asgi_docs.check.results import Checked, CheckedRequest, Outcome
from asgi_docs.check.solutions import with_solutions, with_solved
from asgi_docs.package.node import node_command
from asgi_docs.package.pages import find_live_pages
from asgi_docs.package.parallel import in_parallel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from asgi_docs.block.markup import PageBlock

DEFAULT_LIMIT = 60.0
"""Seconds for one block, the start of Python included."""


def check_site(
    site: Path,
    *,
    sources: Path | None = None,
    records: Path | None = None,
    again: bool = False,
    limit: float = DEFAULT_LIMIT,
    report: Callable[[str], None] = lambda sentence: None,
) -> list[Checked]:
    """Start every app, send its requests or open its first page, and shut it down.

    Args:
        site: folder of the built HTML, packaged.
        sources: folder of the documentation's sources, for the places that are told.
        records: folder of recorded answers, which count in place of those that the pages have.
        again: whether to start what was right the last time, and is the same.
        limit: seconds for one block; what takes longer is killed.
        report: told what takes time.

    Returns:
        In the order of the pages.

    Raises:
        PackageError: the site is not packaged, or by another version; Node is missing.
        RecordError: a record cannot be read.
    """
    pages = find_live_pages(site)
    if pages.folder is None:
        return []
    blocks = _with_records(pages.with_requests, records) if records else pages.with_requests
    environments = sorted({each.block.environment for each in blocks if each.block.check})
    manifests = {name: Manifest.read(pages.folder, name) for name in environments}
    scripts = SCRIPT.identity()

    def check(page_block: PageBlock, *, is_solution: bool = False) -> AppCheck:
        manifest = manifests[page_block.block.environment]
        return AppCheck(page_block, manifest, scripts, limit, is_solution=is_solution)

    checks = {at: check(each) for at, each in enumerate(blocks) if each.block.check}
    solutions = {
        (at, number): check(solved, is_solution=True)
        for at in checks
        for number, solved in with_solutions(blocks[at]).items()
    }
    # Blocks may have the same app and requests: it is started once.
    apps = {each.key: each for each in [*checks.values(), *solutions.values()]}
    waiting = [each for each in apps.values() if again or not each.is_remembered]
    if waiting:
        node_command()
        report(f"Starting {len(waiting)} app{'' if len(waiting) == 1 else 's'}")
    started = zip(waiting, in_parallel(AppCheck.run, waiting), strict=True)
    results = {check.key: result for check, result in started}
    found = [
        (results.get(checks[at].key) if at in checks else None) or _unstarted(each)
        for at, each in enumerate(blocks)
    ]
    for (at, number), solution in solutions.items():
        if solved := results.get(solution.key):
            found[at] = with_solved(found[at], number, solved)
    return [_placed(each, blocks[at], sources) for at, each in enumerate(found)]


def _with_records(blocks: Sequence[PageBlock], folder: Path) -> list[PageBlock]:
    names = {each.page for block in blocks for each in block.requests if each.page}
    records = {name: Records(read_records(record_file(folder, name))) for name in names}
    return [
        replace(
            block,
            requests=[
                replace(each, answer=records[each.page].take(each.block, each.request))
                if each.page
                else each
                for each in block.requests
            ],
        )
        for block in blocks
    ]


def _unstarted(page_block: PageBlock) -> Checked:
    is_remembered = page_block.block.check
    outcome = Outcome.RIGHT if is_remembered else Outcome.NOT_SENT
    return Checked(
        requests=tuple(CheckedRequest(each, outcome, each.answer) for each in page_block.requests),
        is_remembered=is_remembered,
        is_left_out=not is_remembered,
    )


def _placed(checked: Checked, page_block: PageBlock, sources: Path | None) -> Checked:
    """What came of an app, told of one of the blocks that have it."""

    def place(source: str) -> str:
        return (sources / source).as_posix() if sources else source

    pairs = zip(checked.requests, page_block.requests, strict=True)
    return replace(
        checked,
        place=place(page_block.block.source),
        caption=page_block.block.caption,
        requests=tuple(
            replace(each, documented=documented, place=place(documented.source))
            for each, documented in pairs
        ),
    )
