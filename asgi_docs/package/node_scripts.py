"""Scripts of ours that run Python under Node, beside the front end's files that they use."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs.package import pyodide
from asgi_docs.package.assets import assets_folder
from asgi_docs.package.full_disk import refuse_full_disk
from asgi_docs.package.node import node_command

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMMON = Path(__file__).with_name("boot.mjs")
_FRONT_FILES = ("layers.js", "stack-switching.js", "zstd.js", "vendor/zstddec.wasm")


def script_files(script: Path) -> Mapping[str, bytes]:
    """A script and all that it loads, by file name."""
    assets = assets_folder()
    files = [script, _COMMON, *(assets / name for name in _FRONT_FILES)]
    return {file.name: file.read_bytes() for file in files}


def run_script(script: Path, folder: Path, limit: float) -> bool:
    """Run a script with Pyodide's distribution and a folder as its arguments.

    Args:
        script: is copied to the folder first.
        folder: what the script reads from, and writes to.
        limit: seconds after which it is killed.

    Returns:
        Whether it came to its end, rightly or not.

    Raises:
        PackageError: Node is missing, or the disk is full.
    """
    for name, content in script_files(script).items():
        (folder / name).write_bytes(content)
    # Node, unlike browsers, wants to be told that the .js files are modules.
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    with contextlib.suppress(subprocess.TimeoutExpired):
        run = subprocess.run(
            [*node_command(), str(folder / script.name), str(pyodide.distribution()), str(folder)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=limit,
            check=False,
        )
        refuse_full_disk(run, "node")
        return True
    return False
