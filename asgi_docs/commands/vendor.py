"""`asgi-docs vendor`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs.commands.lock import LOCKS, locks_in
from asgi_docs.errors import PackageError
from asgi_docs.package.docs_sources import CONFIGURATIONS, holds_sources
from asgi_docs.package.vendor import vendor
from asgi_docs.terminal import count, progress, say

if TYPE_CHECKING:
    import argparse


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "vendor",
        help="keep all that a build fetches beside the lock files",
        description="Fetches what the lock files name, what sources among that are built with, "
        "Pyodide and the other npm packages, into the folder vendor beside the lock files, with "
        "SHA256SUMS. Builds take the files from there, and need neither a network nor a cache. "
        "Files that are there already are not fetched again.",
    )
    command.add_argument(
        "folder",
        type=Path,
        nargs="?",
        default=Path(),
        metavar="DIR",
        help=f"folder of the sources, with {CONFIGURATIONS}, or of the lock files "
        "(default: the current folder)",
    )
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> None:
    folder = arguments.folder
    locks = locks_in(folder) or (folder / LOCKS if holds_sources(folder) else None)
    if locks is None:
        raise PackageError(
            f"{folder} has neither lock files nor the sources of a documentation: give the folder "
            f"of {CONFIGURATIONS}, or that of the lock files."
        )
    with progress() as report:
        vendored = vendor(locks, report)
    for path in vendored.stale:
        say(f"Vendored file that nothing needs any more, to be deleted: {path}")
    say(
        f"{count(vendored.needed, 'file')}, {vendored.size / 1e6:.1f} MB, "
        f"{vendored.fetched or 'none'} of them new: {vendored.folder}"
    )
