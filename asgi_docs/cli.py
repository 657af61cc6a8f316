"""The `asgi-docs` command."""

from __future__ import annotations

import argparse
import functools
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from packaging.utils import canonicalize_name
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from asgi_docs import __version__
from asgi_docs.check.command import add_check_arguments, run_check
from asgi_docs.errors import AsgiDocsError
from asgi_docs.package import cache
from asgi_docs.package.docs_sources import holds_sources, pages_of
from asgi_docs.package.full_disk import explain_os_error
from asgi_docs.package.lock_file import lock_files
from asgi_docs.package.relock import Change, Relocked, Upgrade, lock_again, lock_site
from asgi_docs.package.site import PackagedEnvironment, PackagedSite, Runtime, package_site
from asgi_docs.serve import DEFAULT_PORT, listen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_LOCKS = "asgi-docs"
_EXIT_FAILURE = 1
_EXIT_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code.

    Args:
        argv: the arguments; None for those of the process.
    """
    arguments = _parser().parse_args(argv)
    try:
        right = arguments.run(arguments)
    except AsgiDocsError as error:
        _say(f"asgi-docs: {error}", stderr=True)
        return _EXIT_FAILURE
    except OSError as error:
        _say(f"asgi-docs: {explain_os_error(error)}", stderr=True)
        return _EXIT_FAILURE
    except KeyboardInterrupt:
        return _EXIT_INTERRUPTED
    return _EXIT_FAILURE if right is False else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="asgi-docs", description="Live ASGI apps in documentation.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"asgi-docs {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    package = commands.add_parser(
        "package",
        help="add to a built site what its live blocks need",
        description="Reads the pages of a built site and writes the folder of everything that "
        "their live blocks need: packages, Pyodide and the front end. Sphinx and MkDocs do this by "
        "themselves at the end of a build; use it after other tools.",
    )
    package.add_argument("site", type=Path, metavar="SITE", help="folder of the built HTML")
    _add_lock_options(package)
    package.add_argument(
        "--runtime",
        choices=get_args(Runtime),
        default="site",
        help="where readers get Pyodide from: the site itself, or a CDN, which makes the site some "
        "five megabytes smaller (default: %(default)s)",
    )
    package.set_defaults(run=_package)

    check = commands.add_parser(
        "check",
        help="start every live block of a built site, and compare the answers to its requests",
        description="Starts the app of each live block with the files that readers get, sends the "
        "requests that the pages document, or opens its first page where there are none, and shuts "
        "it down. What fails, or is answered otherwise than recorded, is reported with its place, "
        "and the exit code is 1. Needs Node, no browser and no network.",
    )
    add_check_arguments(check)
    check.set_defaults(run=_check)

    lock = commands.add_parser(
        "lock",
        help="make, mend or upgrade lock files",
        description="Makes the lock files that are missing for the live blocks of a documentation, "
        "and makes those anew that no longer fit. Sphinx or MkDocs tell which blocks the sources "
        "have; a built site of any tool tells it, too. Given nothing but lock files, it mends "
        "these. Versions stay as they are unless an option says otherwise.",
    )
    lock.add_argument(
        "folder",
        type=Path,
        nargs="?",
        default=Path(),
        metavar="DOCS|SITE",
        help="folder of the sources, with conf.py or mkdocs.yml; or of the built HTML; or of the "
        "lock files, which may be in its asgi-docs folder (default: the current folder)",
    )
    _add_lock_options(lock)
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
    lock.set_defaults(run=_lock)

    kept = commands.add_parser(
        "cache",
        help="show or clear what is kept between builds",
        description="Tells what is kept between builds, where, and how much it takes. All of it "
        "is made again when a build needs it.",
    )
    kept.add_argument(
        "--prune",
        type=float,
        metavar="DAYS",
        help="delete what no build has used for so many days; 0 deletes everything",
    )
    kept.set_defaults(run=_cache)

    serve = commands.add_parser(
        "serve",
        help="serve a built site on this machine",
        description="Serves a folder on this machine until Ctrl+C.",
    )
    serve.add_argument("site", type=Path, metavar="SITE", help="folder of the built HTML")
    serve.add_argument(
        "--port", type=int, help=f"(default: the first free one from {DEFAULT_PORT})"
    )
    serve.add_argument(
        "--host", default="localhost", help="address to listen on (default: %(default)s)"
    )
    serve.set_defaults(run=_serve)
    return parser


def _add_lock_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--locks",
        type=Path,
        default=Path(_LOCKS),
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


def _package(arguments: argparse.Namespace) -> None:
    with _progress() as report:
        packaged = package_site(
            arguments.site,
            locks=arguments.locks,
            lock_urls=arguments.lock_urls,
            project=arguments.project,
            runtime=arguments.runtime,
            report=report,
        )
    for line in _summary(arguments.site, packaged):
        _say(line)


def _summary(site: Path, packaged: PackagedSite) -> list[str]:
    if packaged.folder is None:
        return [f"{site} has no live blocks."]
    return [
        *packaged.remarks,
        *map(_about, packaged.environments),
        f"Packaged {_count(packaged.blocks, 'live block')} "
        f"in {_count(len(packaged.environments), 'environment')}: {packaged.folder}",
    ]


def _about(environment: PackagedEnvironment) -> str:
    first, size = environment.first / 1e6, environment.size / 1e6
    packages = _count(environment.packages, "package")
    return f"{environment.name}: {packages}, {first:.1f} of {size:.1f} MB until the first answer"


def _check(arguments: argparse.Namespace) -> bool:
    with _progress() as report:
        lines, right = run_check(arguments, report)
    for line in lines:
        _say(line)
    return right


def _lock(arguments: argparse.Namespace) -> None:
    upgrade = Upgrade(
        arguments.upgrade, frozenset(map(canonicalize_name, arguments.upgrade_package))
    )
    folder, project = arguments.folder, arguments.project
    with _progress() as report:
        lock = functools.partial(lock_site, upgrade=upgrade, project=project, report=report)
        if holds_sources(folder):
            with pages_of(folder, functools.partial(_say, stderr=True)) as pages:
                relocked = lock(pages, folder / _LOCKS, urls=arguments.lock_urls)
        elif locks := next((each for each in (folder, folder / _LOCKS) if lock_files(each)), None):
            relocked = lock_again(locks, upgrade, project=project, report=report)
        else:
            relocked = lock(folder, arguments.locks, urls=arguments.lock_urls)
    for line in _lock_summary(relocked):
        _say(line)


def _lock_summary(relocked: Relocked) -> list[str]:
    lines = [
        *_table(relocked.changes),
        *relocked.notes,
        *(f"New lock file, to be committed: {path}" for path in relocked.made),
        *(f"Changed lock file, to be committed: {path}" for path in relocked.changed),
        *(f"Lock file that no block uses, to be deleted: {path}" for path in relocked.unused),
    ]
    if relocked.unchanged or not lines:
        lines.append(f"Unchanged: {_count(relocked.unchanged, 'lock file')}.")
    return lines


def _table(changes: Sequence[Change]) -> list[str]:
    if not changes:
        return []
    rows = [("Package", "Old", "New")]
    rows += [(each.package, each.old or "-", each.new or "-") for each in changes]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


def _cache(arguments: argparse.Namespace) -> None:
    if arguments.prune is not None:
        deleted = cache.prune(arguments.prune)
        _say(f"Deleted {_megabytes(deleted)}.")
    _say(f"{cache.cache_folder()}")
    for kind, usage in cache.usage().items():
        _say(f"  {kind:12} {_megabytes(usage)}")


def _megabytes(usage: cache.Usage) -> str:
    return (
        f"{usage.size / 1e6:.1f} MB in {usage.entries} entr{'y' if usage.entries == 1 else 'ies'}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """The way to tell what takes time: a moving line on a terminal, and nothing in a log."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as line:
        task = line.add_task("Reading the pages", total=None)
        yield lambda sentence: line.update(task, description=sentence)


def _serve(arguments: argparse.Namespace) -> None:
    with listen(arguments.site, arguments.host, arguments.port) as server:
        try:
            _say(f"Serving {arguments.site} at {server.url} (Ctrl+C ends it)")
            server.serve_forever()
        except KeyboardInterrupt:
            _say("")


def _say(line: str, *, stderr: bool = False) -> None:
    # Not wrapped, and no part of it read as rich's markup.
    Console(stderr=stderr, soft_wrap=True, highlight=False).print(Text(line))
