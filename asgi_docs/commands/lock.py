"""`asgi-docs lock`."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from asgi_docs.errors import PackageError
from asgi_docs.package.docs_sources import CONFIGURATIONS, holds_sources, pages_of
from asgi_docs.package.lock_file import lock_files
from asgi_docs.package.pages import find_live_pages
from asgi_docs.package.relock import Change, Relocked, Upgrade, lock_again, lock_site
from asgi_docs.terminal import count, progress, say, table

if TYPE_CHECKING:
    import argparse

LOCKS = "asgi-docs"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    lock = commands.add_parser(
        "lock",
        help="make, mend or upgrade lock files",
        description="Makes the lock files that are missing for the live blocks of a documentation, "
        "and makes those anew that no longer fit. The docs tool tells which blocks the sources "
        "have; a built site tells it, too. Given nothing but lock files, it mends "
        "these. Versions stay as they are unless an option says otherwise.",
    )
    lock.add_argument(
        "folder",
        type=Path,
        nargs="?",
        default=Path(),
        metavar="DOCS|SITE",
        help=f"folder of the sources, with {CONFIGURATIONS}; or of the built HTML; or of the "
        "lock files, which may be in its asgi-docs folder (default: the current folder)",
    )
    add_lock_options(lock)
    lock.add_argument(
        "--upgrade", action="store_true", help="take the newest versions of all packages"
    )
    lock.add_argument(
        "--upgrade-package",
        action="append",
        default=[],
        metavar="NAME",
        help="take the newest version of this package; may be given several times",
    )
    lock.set_defaults(run=_run)


def add_lock_options(command: argparse.ArgumentParser) -> None:
    """Add what says how missing lock files are made, and where."""
    command.add_argument(
        "--locks",
        type=Path,
        default=Path(LOCKS),
        metavar="DIR",
        help="folder of a site's lock files, to be committed with the documentation; "
        "missing ones are made (default: %(default)s)",
    )
    command.add_argument(
        "--no-lock-urls",
        dest="lock_urls",
        action="store_false",
        help="new lock files hold the names and hashes of wheels, not where they were found",
    )
    project = command.add_mutually_exclusive_group()
    project.add_argument(
        "--project",
        type=Path,
        metavar="DIR",
        help="folder of the documented project: its wheel is built and used in place of the "
        "published one (default: the nearest folder above the documentation that has a "
        "pyproject.toml, if a live block requires the project in it)",
    )
    project.add_argument(
        "--no-project",
        dest="project",
        action="store_const",
        const=False,
        help="use what is published of the documented project, too",
    )


def locks_in(folder: Path) -> Path | None:
    """The folder of the lock files, if it is this one or in it."""
    return next((each for each in (folder, folder / LOCKS) if lock_files(each)), None)


def _run(arguments: argparse.Namespace) -> None:
    upgrade = Upgrade(
        arguments.upgrade, frozenset(map(canonicalize_name, arguments.upgrade_package))
    )
    folder, project = arguments.folder, arguments.project
    with progress() as report:
        lock = functools.partial(lock_site, upgrade=upgrade, project=project, report=report)
        if holds_sources(folder):
            with pages_of(folder, functools.partial(say, stderr=True)) as pages:
                if not find_live_pages(pages).by_page:
                    raise PackageError(f"{folder}: none of the pages has a live block.")
                relocked = lock(pages, folder / LOCKS, urls=arguments.lock_urls)
        elif locks := locks_in(folder):
            relocked = lock_again(locks, upgrade, project=project, report=report)
        else:
            relocked = lock(folder, arguments.locks, urls=arguments.lock_urls)
    for line in _lock_summary(relocked):
        say(line)


def _lock_summary(relocked: Relocked) -> list[str]:
    lines = [
        *table(("Package", "Old", "New"), map(_change, relocked.changes)),
        *relocked.notes,
        *(f"New lock file, to be committed: {path}" for path in relocked.made),
        *(f"Changed lock file, to be committed: {path}" for path in relocked.changed),
        *(f"Lock file that no block uses, to be deleted: {path}" for path in relocked.unused),
    ]
    if relocked.unchanged or not lines:
        lines.append(f"Unchanged: {count(relocked.unchanged, 'lock file')}.")
    return lines


def _change(change: Change) -> tuple[str, str, str]:
    return change.package, change.old or "-", change.new or "-"
