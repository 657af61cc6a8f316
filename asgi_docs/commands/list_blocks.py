"""`asgi-docs list`."""

from __future__ import annotations

import contextlib
import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs.package.docs_sources import CONFIGURATIONS, holds_sources, pages_of
from asgi_docs.package.pages import find_live_pages
from asgi_docs.terminal import count, say, table

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from asgi_docs.block.model import LiveBlock


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "list",
        help="list the live blocks of a documentation",
        description="Tells of each live block where the author wrote it, its caption or else its "
        "app, the environment that it runs in, and the page that it is on. A built site is read as "
        "it is, packaged or not; from sources the pages are made first, by the docs tool.",
    )
    command.add_argument(
        "folder",
        type=Path,
        nargs="?",
        default=Path(),
        metavar="SITE|DOCS",
        help=f"folder of the built HTML, or of the sources, with {CONFIGURATIONS} "
        "(default: the current folder)",
    )
    command.add_argument(
        "--json", action="store_true", help="print a JSON array of objects, for other programs"
    )
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> None:
    with _pages(arguments.folder) as pages:
        by_page = find_live_pages(pages).by_page
    found = [(page, each.block) for page, blocks in by_page.items() for each in blocks]
    if arguments.json:
        say(json.dumps([_as_json(page, block) for page, block in found], indent=2))
        return
    if not found:
        say(f"{arguments.folder} has no live blocks.")
        return
    for line in table(("Place", "Block", "Environment", "Page"), (_row(*each) for each in found)):
        say(line)
    say(f"{count(len(found), 'live block')} on {count(len(by_page), 'page')}.")


@contextlib.contextmanager
def _pages(folder: Path) -> Iterator[Path]:
    if holds_sources(folder):
        with pages_of(folder, functools.partial(say, stderr=True)) as pages:
            yield pages
    else:
        yield folder


def _row(page: str, block: LiveBlock) -> tuple[str, str, str, str]:
    return block.source or "-", block.caption or block.app, block.environment, page


def _as_json(page: str, block: LiveBlock) -> dict[str, object]:
    return {
        "source": block.source,
        "caption": block.caption,
        "app": block.app,
        "environment": block.environment,
        "requires": list(block.requires),
        "path": block.path,
        "page": page,
    }
