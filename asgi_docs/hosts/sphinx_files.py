"""Sphinx reads a page again when there are files that were not there when it was last read.

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
    Absent = dict[str, str]
    """Page -> the file that it lacks."""


def connect(app: Sphinx) -> None:
    """Have Sphinx keep what was noted, and ask for it."""
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("env-get-outdated", _outdated)


def note_patterns(env: BuildEnvironment, patterns: Iterable[str]) -> None:
    """Note what the patterns of a block in the present page name now."""
    of_page = _noted(env).setdefault(env.docname, {})
    of_page.update((pattern, _files(env, env.docname, pattern)) for pattern in patterns)


def note_absent(env: BuildEnvironment, file: Path) -> None:
    """Note that the present page would be another one if there were this file."""
    _absent(env)[env.docname] = str(file)


def _absent(env: BuildEnvironment) -> Absent:
    absent: Absent = vars(env).setdefault("asgi_docs_absent", {})
    return absent


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
    _absent(env).pop(page, None)


def _merge(_app: Sphinx, env: BuildEnvironment, pages: set[str], other: BuildEnvironment) -> None:
    read_there, absent_there = _noted(other), _absent(other)
    _noted(env).update((page, read_there[page]) for page in pages if page in read_there)
    _absent(env).update((page, absent_there[page]) for page in pages if page in absent_there)


def _outdated(
    _app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    outdated = {page for page, file in _absent(env).items() if Path(file).is_file()}
    for page, patterns in _noted(env).items():
        if any(_files(env, page, pattern) != files for pattern, files in patterns.items()):
            outdated.add(page)
    return sorted(outdated - removed)
