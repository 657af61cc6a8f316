"""Sphinx reads a page again when the patterns of its blocks name other files than before.

An edited file is a dependency as any other; a new one is none yet.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs.block.files import matching_files
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    Noted = dict[str, dict[str, list[str]]]
    """Page -> pattern -> files."""


def connect(app: Sphinx) -> None:
    """Have Sphinx keep what was noted, and ask for it."""
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("env-get-outdated", _outdated)


def note_patterns(env: BuildEnvironment, patterns: Iterable[str]) -> None:
    """Note what the patterns of a block in the present page name now."""
    of_page = _noted(env).setdefault(env.docname, {})
    of_page.update((pattern, _files(env, env.docname, pattern)) for pattern in patterns)


def _noted(env: BuildEnvironment) -> Noted:
    noted: Noted = vars(env).setdefault("asgi_docs_patterns", {})
    return noted


def _files(env: BuildEnvironment, page: str, pattern: str) -> list[str]:
    try:
        found = matching_files(pattern, lambda written: Path(env.relfn2path(written, page)[1]))
    except BlockError:  # the block has told it
        return []
    return [str(path) for path in found]


def _forget(_app: Sphinx, env: BuildEnvironment, page: str) -> None:
    _noted(env).pop(page, None)


def _merge(_app: Sphinx, env: BuildEnvironment, pages: set[str], other: BuildEnvironment) -> None:
    read_there = _noted(other)
    _noted(env).update((page, read_there[page]) for page in pages if page in read_there)


def _outdated(
    _app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    return [
        page
        for page, patterns in _noted(env).items()
        if page not in removed
        and any(_files(env, page, pattern) != files for pattern, files in patterns.items())
    ]
