"""The command `asgi-docs check`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs.block.requests.records import FOLDER
from asgi_docs.check.blocks import DEFAULT_LIMIT, check_site
from asgi_docs.check.junit import junit_report
from asgi_docs.check.reports import github_report, text_report
from asgi_docs.check.updating import update_records
from asgi_docs.errors import PackageError
from asgi_docs.package.docs_sources import CONFIGURATIONS, holds_sources

if TYPE_CHECKING:
    from collections.abc import Callable

_OURS = "asgi-docs"


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("site", type=Path, metavar="SITE", help="folder of the built HTML")
    parser.add_argument(
        "--update",
        action="store_true",
        help="record the answers that are new or have changed; then build the site again",
    )
    parser.add_argument(
        "--answers",
        type=Path,
        metavar="DIR",
        help="folder of the recorded answers, for --update (default: asgi-docs/answers beside "
        f"{CONFIGURATIONS}, in the folder of --sources or in the current one)",
    )
    parser.add_argument(
        "--all",
        dest="again",
        action="store_true",
        help="start also what was right in an earlier check and has not changed",
    )
    parser.add_argument(
        "--limit",
        type=float,
        default=DEFAULT_LIMIT,
        metavar="SECONDS",
        help="end an app that takes longer, all its requests included (default: %(default)g)",
    )
    parser.add_argument(
        "--sources",
        type=Path,
        metavar="DIR",
        help="folder of the documentation's sources: the reported places then begin with it",
    )
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write JUnit XML, too")
    parser.add_argument(
        "--github",
        action=argparse.BooleanOptionalAction,
        default=os.environ.get("GITHUB_ACTIONS") == "true",
        help="print annotations for GitHub (default: where GitHub Actions runs this)",
    )


def run_check(
    arguments: argparse.Namespace, report: Callable[[str], None]
) -> tuple[list[str], bool]:
    """Check a site, and record answers if that is asked for.

    Args:
        arguments: those of `add_check_arguments`.
        report: told what takes time.

    Returns:
        What is to be said, and whether everything is right.

    Raises:
        AsgiDocsError: the site, or a file of records, cannot be read.
    """
    records = _records_folder(arguments) if arguments.update else None
    results = check_site(
        arguments.site,
        sources=arguments.sources,
        records=records,
        again=arguments.again,
        limit=arguments.limit,
        report=report,
    )
    lines = []
    if records:
        updated = update_records(records, results)
        results, lines = updated.results, updated.remarks
    if arguments.junit:
        arguments.junit.write_text(junit_report(results), "utf-8")
    if arguments.github:
        lines += github_report(results)
    lines += text_report(results) if results else [f"{arguments.site} has no live blocks."]
    return lines, all(each.is_right for each in results)


def _records_folder(arguments: argparse.Namespace) -> Path:
    if arguments.answers:
        return Path(arguments.answers)
    for folder in filter(None, (arguments.sources, Path())):
        if (folder / _OURS).is_dir() or holds_sources(folder):
            return Path(folder, _OURS, FOLDER)
    raise PackageError(
        "--update does not find the documentation's sources: run it in the folder of "
        f"{CONFIGURATIONS}, or name the folder of the answers by --answers."
    )
