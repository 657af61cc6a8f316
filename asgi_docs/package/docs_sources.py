"""A documentation's pages, made from its sources by its own tool: to know what they require."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs.errors import PackageError
from asgi_docs.package.pages import find_live_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UNPACKAGED_VARIABLE = "ASGI_DOCS_UNPACKAGED"
"""Set where MkDocs shall leave the packaging away; for Sphinx an option says it."""
_LINES_TO_SHOW = 8


def holds_sources(folder: Path) -> bool:
    """Whether it is the folder of a documentation's sources."""
    return _command(folder, folder) is not None


@contextmanager
def pages_of(folder: Path, tell: Callable[[str], None]) -> Iterator[Path]:
    """A temporary folder with the HTML of a documentation, not packaged.

    Args:
        folder: has the sources.
        tell: is given the warnings of the docs tool, which concern blocks, too.

    Raises:
        PackageError: the tool failed, or no page has a live block.
    """
    with tempfile.TemporaryDirectory(prefix="asgi-docs-") as name:
        pages = Path(name) / "pages"
        command = _command(folder, pages)
        assert command is not None
        run = subprocess.run(
            [sys.executable, "-m", *command],
            env={**os.environ, UNPACKAGED_VARIABLE: "1", "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        said = (run.stderr.strip() or run.stdout.strip()).splitlines()
        if run.returncode:
            reason = "\n".join(f"  {line}" for line in said[-_LINES_TO_SHOW:])
            raise PackageError(f"{folder}: {command[0]} cannot build this:\n{reason}")
        for line in said:
            if "WARNING" in line or "ERROR" in line:
                tell(line)
        if not find_live_pages(pages).blocks:
            raise PackageError(f"{folder}: none of the pages has a live block.")
        yield pages


def _command(folder: Path, pages: Path) -> list[str] | None:
    if (folder / "conf.py").is_file():
        doctrees = pages.with_name("doctrees")
        options = ["-q", "-D", "asgi_docs_package=0", "-d", str(doctrees)]
        return ["sphinx", "-b", "html", *options, str(folder), str(pages)]
    if (folder / "mkdocs.yml").is_file():
        options = ["--config-file", str(folder / "mkdocs.yml")]  # --quiet hides warnings
        return ["mkdocs", "build", *options, "--site-dir", str(pages)]
    return None
