"""The `asgi-docs` command."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from asgi_docs import __version__
from asgi_docs.check.command import add_check_arguments, run_check
from asgi_docs.commands import list_blocks, lock, vendor
from asgi_docs.errors import AsgiDocsError
from asgi_docs.package import cache
from asgi_docs.package.full_disk import explain_os_error
from asgi_docs.package.site import PackagedEnvironment, PackagedSite, Runtime, package_site
from asgi_docs.serve import DEFAULT_PORT, listen
from asgi_docs.terminal import count, progress, say

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        say(f"asgi-docs: {error}", stderr=True)
        return _EXIT_FAILURE
    except OSError as error:
        say(f"asgi-docs: {explain_os_error(error)}", stderr=True)
        return _EXIT_FAILURE
    except KeyboardInterrupt:
        return _EXIT_INTERRUPTED
    return _EXIT_FAILURE if right is False else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="asgi-docs",
        description="Live ASGI apps in documentation: what is done beside, or in place of, a build "
        "by Sphinx or MkDocs.",
        epilog="asgi-docs COMMAND --help tells all about one of them.",
        allow_abbrev=False,
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
    lock.add_lock_options(package)
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

    lock.add(commands)
    vendor.add(commands)
    list_blocks.add(commands)

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


def _package(arguments: argparse.Namespace) -> None:
    with progress() as report:
        packaged = package_site(
            arguments.site,
            locks=arguments.locks,
            lock_urls=arguments.lock_urls,
            project=arguments.project,
            runtime=arguments.runtime,
            report=report,
        )
    for line in _summary(arguments.site, packaged):
        say(line)


def _summary(site: Path, packaged: PackagedSite) -> list[str]:
    if packaged.folder is None:
        return [f"{site} has no live blocks."]
    return [
        *packaged.remarks,
        *map(_about, packaged.environments),
        f"Packaged {count(packaged.blocks, 'live block')} "
        f"in {count(len(packaged.environments), 'environment')}: {packaged.folder}",
    ]


def _about(environment: PackagedEnvironment) -> str:
    first, size = environment.first / 1e6, environment.size / 1e6
    packages = count(environment.packages, "package")
    return f"{environment.name}: {packages}, {first:.1f} of {size:.1f} MB until the first answer"


def _check(arguments: argparse.Namespace) -> bool:
    with progress() as report:
        lines, right = run_check(arguments, report)
    for line in lines:
        say(line)
    return right


def _cache(arguments: argparse.Namespace) -> None:
    if arguments.prune is not None:
        deleted = cache.prune(arguments.prune)
        say(f"Deleted {_megabytes(deleted)}.")
    say(f"{cache.cache_folder()}")
    for kind, usage in cache.usage().items():
        say(f"  {kind:12} {_megabytes(usage)}")


def _megabytes(usage: cache.Usage) -> str:
    return (
        f"{usage.size / 1e6:.1f} MB in {usage.entries} entr{'y' if usage.entries == 1 else 'ies'}"
    )


def _serve(arguments: argparse.Namespace) -> None:
    with listen(arguments.site, arguments.host, arguments.port) as server:
        try:
            say(f"Serving {arguments.site} at {server.url} (Ctrl+C ends it)")
            server.serve_forever()
        except KeyboardInterrupt:
            say("")
