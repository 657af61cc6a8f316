"""A documentation's pages, made from its sources by its own tool: to know what they require."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import tomli_w

from asgi_docs.errors import PackageError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UNPACKAGED_VARIABLE = "ASGI_DOCS_UNPACKAGED"
"""Set where MkDocs shall leave the packaging away; for Sphinx an option says it."""
_TOOLS = {
    "conf.py": ("sphinx",),
    "zensical.toml": ("zensical",),
    "properdocs.yml": ("properdocs",),
    "mkdocs.yml": ("mkdocs", "properdocs", "zensical"),
    "mkdocs.yaml": ("mkdocs", "properdocs", "zensical"),
}
"""The tools that read a configuration, by its name. The first that is there and can is taken."""
CONFIGURATIONS = "conf.py, mkdocs.yml or zensical.toml"
"""Their names, for sentences."""
_LINES_TO_SHOW = 8
_VARIABLES = {
    UNPACKAGED_VARIABLE: "1",
    "PYTHONIOENCODING": "utf-8",
    "NO_MKDOCS_2_WARNING": "1",  # advertising of Material, not about any block
}
_LEVEL = re.compile(r"WARNING|ERROR")
# Zensical prints what extensions report as they say it: with the place, without a level.
_PLACE = re.compile(r"^[^\s:]+\.\w+(:\d+)?: ")


def holds_sources(folder: Path) -> bool:
    """Whether it is the folder of a documentation's sources."""
    return _configuration(folder) is not None


@contextmanager
def pages_of(folder: Path, tell: Callable[[str], None]) -> Iterator[Path]:
    """A temporary folder with the HTML of a documentation, not packaged.

    Args:
        folder: has the sources.
        tell: is given the warnings of the docs tool, which concern blocks, too.

    Raises:
        PackageError: the tool failed.
    """
    configuration = _configuration(folder)
    if configuration is None:
        raise PackageError(f"{folder} has no {CONFIGURATIONS}.")
    tools = _TOOLS[configuration.name]
    failures = []
    for tool in [each for each in tools if importlib.util.find_spec(each)] or tools[:1]:
        with _build_by(tool, configuration) as (run, pages):
            said = (run.stderr.strip() or run.stdout.strip()).splitlines()
            if run.returncode:
                reason = "\n".join(f"  {line}" for line in said[-_LINES_TO_SHOW:])
                failures.append(f"{folder}: {tool} cannot build this:\n{reason}")
                continue
            warning = _PLACE if tool == "zensical" else _LEVEL
            for line in filter(warning.search, said):
                tell(line)
            yield pages
            return
    raise PackageError(failures[0])


def _configuration(folder: Path) -> Path | None:
    return next((folder / name for name in _TOOLS if (folder / name).is_file()), None)


@contextmanager
def _build_by(
    tool: str, configuration: Path
) -> Iterator[tuple[subprocess.CompletedProcess[str], Path]]:
    # Zensical wants the pages below the folder of its configuration.
    beside = configuration.parent if tool == "zensical" else None
    with tempfile.TemporaryDirectory(prefix=".asgi-docs-", dir=beside) as name:
        pages = Path(name).resolve() / "pages"
        with _command(tool, configuration, pages) as command:
            run = subprocess.run(
                [sys.executable, "-m", *command],
                env={**os.environ, **_VARIABLES},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                check=False,
            )
        yield run, pages


@contextmanager
def _command(tool: str, configuration: Path, pages: Path) -> Iterator[list[str]]:
    folder = configuration.parent
    if tool == "sphinx":
        options = ["-q", "-D", "asgi_docs_package=0", "-d", str(pages.with_name("doctrees"))]
        yield ["sphinx", "-b", "html", *options, str(folder), str(pages)]
    elif tool == "zensical":
        with _zensical_configuration(configuration, pages) as path:
            yield ["zensical", "build", "--config-file", path]
    else:
        options = ["--config-file", str(configuration)]  # --quiet hides warnings
        yield [tool, "build", *options, "--site-dir", str(pages)]


@contextmanager
def _zensical_configuration(configuration: Path, pages: Path) -> Iterator[str]:
    """A configuration for other pages: Zensical has no option for that.

    It stands beside the one that it says the same as, since paths in it start from its folder.
    """
    path = configuration.with_name(f"{pages.parent.name}{configuration.suffix}")
    if configuration.suffix == ".toml":
        settings = tomllib.loads(configuration.read_text("utf-8"))
        settings.get("project", settings)["site_dir"] = str(pages)
        text = tomli_w.dumps(settings)
    else:
        text = f"INHERIT: {configuration.name}\nsite_dir: {json.dumps(str(pages))}\n"
    path.write_text(text, "utf-8")
    try:
        yield str(path)
    finally:
        path.unlink()
