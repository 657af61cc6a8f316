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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UNPACKAGED_VARIABLE = "ASGI_DOCS_UNPACKAGED"
"""Set where MkDocs shall leave the packaging away; for Sphinx an option says it."""
_SPHINX, _MKDOCS = "conf.py", "mkdocs.yml"
_LINES_TO_SHOW = 8
_VARIABLES = {
    UNPACKAGED_VARIABLE: "1",
    "PYTHONIOENCODING": "utf-8",
    "NO_MKDOCS_2_WARNING": "1",  # advertising of Material, not about any block
}


def holds_sources(folder: Path) -> bool:
    """Whether it is the folder of a documentation's sources."""
    return any((folder / name).is_file() for name in (_SPHINX, _MKDOCS))


@contextmanager
def pages_of(folder: Path, tell: Callable[[str], None]) -> Iterator[Path]:
    """A temporary folder with the HTML of a documentation, not packaged.

    Args:
        folder: has the sources.
        tell: is given the warnings of the docs tool, which concern blocks, too.

    Raises:
        PackageError: the tool failed.
    """
    with tempfile.TemporaryDirectory(prefix="asgi-docs-") as name:
        pages = Path(name) / "pages"
        command = _command(folder, pages)
        run = subprocess.run(
            [sys.executable, "-m", *command],
            env={**os.environ, **_VARIABLES},
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
        yield pages


def _command(folder: Path, pages: Path) -> list[str]:
    if (folder / _SPHINX).is_file():
        doctrees = pages.with_name("doctrees")
        options = ["-q", "-D", "asgi_docs_package=0", "-d", str(doctrees)]
        return ["sphinx", "-b", "html", *options, str(folder), str(pages)]
    options = ["--config-file", str(folder / _MKDOCS)]  # --quiet hides warnings
    return ["mkdocs", "build", *options, "--site-dir", str(pages)]
