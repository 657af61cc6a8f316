"""Which files of a source tree make the project, and whether they have changed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs.package import cache

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Sequence

# What tools write into a source tree; the next build is not a change of the project.
_MADE_BY_TOOLS = re.compile(
    r"\..*|__pycache__|node_modules|build|_build|dist|site|.*\.egg-info|.*\.dist-info"
)
# Those of the project's own documentation, which name the project.
_LOCK_FILE = re.compile(r"(?:.*/)?asgi-docs/pylock\.[^/]+\.toml")


def digest_of_tree(folder: Path) -> str:
    """Over all that a build of the project in this folder may depend on."""
    listed = _listed_by_git(folder)
    paths = _walked(folder) if listed is None else listed
    files = [
        (path, folder / path)
        for path in paths
        if not _LOCK_FILE.fullmatch(path) and (folder / path).is_file()
    ]
    return cache.sha256_of_files([*files, *_commit(folder)])


def _git(folder: Path, *arguments: str) -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    run = subprocess.run(
        [git, "-C", str(folder), *arguments], capture_output=True, text=True, check=False
    )
    return run.stdout if run.returncode == 0 else None


def _listed_by_git(folder: Path) -> list[str] | None:
    """All files that are not ignored; None outside of a repository."""
    listed = _git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return sorted(set(listed.split("\0")) - {""}) if listed else None


def _walked(folder: Path) -> list[str]:
    found = []
    for name, folders, files in os.walk(folder):
        here = Path(name)
        folders[:] = [
            each
            for each in folders
            if not _MADE_BY_TOOLS.fullmatch(each) and not (here / each / "pyvenv.cfg").exists()
        ]
        found += [(here / file).relative_to(folder).as_posix() for file in files]
    return sorted(found)


def _commit(folder: Path) -> Sequence[tuple[str, bytes]]:
    """What the version may be made of, where pyproject.toml does not say it."""
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8")).get("project", {})
    if "version" in project:
        return ()
    described = _git(folder, "describe", "--tags", "--always", "--long") or ""
    return [("", described.encode())]
