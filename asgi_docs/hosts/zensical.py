"""Zensical: makes a page again when its text, or a file that the configuration watches, changes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from asgi_docs.hosts.markdown_page import PageReport

_told: set[str] = set()
"""What was told, since one line of the configuration mends all pages."""


def tell_unwatched(config: Mapping[str, Any], report: PageReport, files: Iterable[Path]) -> None:
    """Tell what to add to `watch`, where a page would stay as it is when its files change.

    Extensions can only tell: https://zensical.org/docs/setup/basics/

    Args:
        config: that of Zensical.
        report: that of a page.
        files: what its blocks and requests are made of, beside its text and its snippets.
    """
    root = Path(str(config.get("root_dir", ""))).resolve()
    watched = [(root / str(path)).resolve() for path in config.get("watch") or ()]
    docs = (root / str(config.get("docs_dir", "docs"))).resolve()
    for file in sorted(path.resolve() for path in files):
        if any(file.is_relative_to(path) for path in watched):
            continue
        wanted = _to_watch(file, root, docs)
        if wanted not in _told:
            _told.add(wanted)
            report.warn(
                f"Zensical keeps this page as it is when {_relative(file, root)} changes; add "
                f"{wanted!r} to 'watch' in its configuration.",
                None,
            )


def _to_watch(file: Path, root: Path, docs: Path) -> str:
    """The outermost folder with the file that does not hold the pages."""
    base = docs if file.is_relative_to(docs) else root
    while not file.is_relative_to(base):
        base = base.parent
    return _relative(base / file.relative_to(base).parts[0], root)


def _relative(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()
