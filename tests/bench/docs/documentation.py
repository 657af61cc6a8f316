"""A documentation in two folders, with live blocks and as it was, and how it is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...browser.sites import REPOSITORY
from ..processes import Peak

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SITE = "site"
_WORK = (SITE, ".cache", ".doctrees")
_BUILD = {
    "mkdocs": ["mkdocs", "build"],
    "zensical": ["zensical", "build"],
    "sphinx": ["sphinx", "-d", ".doctrees", ".", SITE],
}
_PACKAGE = ["asgi_docs", "package", SITE]


@dataclass(frozen=True)
class Documentation:
    """One documentation under one tool.

    Attributes:
        name: the project's.
        tool: what builds it.
        live: the folder with its configuration, with live blocks.
        plain: the same without.
        pages: the folder of the pages in both.
        edits: lines that differ.
        samples: the pieces of Python that could be live.
    """

    name: str
    tool: str
    live: Path
    plain: Path
    pages: str
    edits: int
    samples: int

    @property
    def title(self) -> str:
        return f"{self.name}, {self.tool}"

    def commands(self, folder: Path) -> list[list[str]]:
        packaged = folder == self.live and self.tool == "zensical"  # the others do it themselves
        return [_BUILD[self.tool], *([_PACKAGE] if packaged else [])]

    def build(self, folder: Path, cache: Path) -> tuple[Peak, str]:
        """Build from nothing but what `cache` holds; gives what it took, and what it said."""
        for name in _WORK:
            shutil.rmtree(folder / name, ignore_errors=True)
        return run(self.commands(folder), folder, cache)


def run(commands: Sequence[Sequence[str]], folder: Path, cache: Path) -> tuple[Peak, str]:
    """Run Python modules one after the other, with nothing cached but in a folder.

    Raises:
        RuntimeError: one has failed.
    """
    environment = {
        **os.environ,
        "NO_COLOR": "1",
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONPATH": str(REPOSITORY),
        "ASGI_DOCS_CACHE": str(cache),
        # uv keeps wheels of its own: without this, "cold" would mean half of it.
        "UV_CACHE_DIR": str(cache / "uv"),
    }
    said = []
    peaks = []
    for command in commands:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        with Peak(process.pid) as peak:
            output, _ = process.communicate()
        if process.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{output}")
        said.append(output)
        peaks.append(peak)
    first, *others = peaks
    for each in others:
        first.seconds += each.seconds
        first.processor_seconds += each.processor_seconds
        first.megabytes = max(first.megabytes, each.megabytes)
    return first, "".join(said)
