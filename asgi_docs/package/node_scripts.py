"""Scripts of ours that run Python under Node, beside the front end's files that they use."""

from __future__ import annotations

import contextlib
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs.package import cache, pyodide
from asgi_docs.package.assets import assets_folder, with_imports
from asgi_docs.package.full_disk import refuse_full_disk
from asgi_docs.package.node import node_command

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMMON = Path(__file__).with_name("boot.mjs")
_COMMON_FRONT = ("layers.js", "stack-switching.js", "zstd.js")
_DECODER = "vendor/zstddec.wasm"


@dataclass(frozen=True)
class NodeScript:
    """A script, and what it imports.

    Attributes:
        file: the script.
        parts: scripts that it imports from beside itself.
        front: files of the front end that it imports, as paths below its folder.
    """

    file: Path
    parts: tuple[Path, ...] = ()
    front: tuple[str, ...] = ()

    def files(self) -> Mapping[str, bytes]:
        """All that runs, by path below the folder that it runs in."""
        own = (self.file, *self.parts, _COMMON)
        front = with_imports(assets_folder(), (*_COMMON_FRONT, *self.front))
        return {
            **{file.name: file.read_bytes() for file in own},
            **{name: text.encode() for name, text in front.items()},
            _DECODER: (assets_folder() / _DECODER).read_bytes(),
        }

    def identity(self) -> str:
        """The same for the same files."""
        return cache.sha256_of_files(self.files().items())

    def run(self, folder: Path, limit: float) -> bool:
        """Run it with Pyodide's distribution and a folder as its arguments.

        Args:
            folder: what the script reads from, and writes to; the script is copied to it first.
            limit: seconds after which it is killed.

        Returns:
            Whether it came to its end, rightly or not.

        Raises:
            PackageError: Node is missing, or the disk is full.
        """
        for name, content in self.files().items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        # Node, unlike browsers, wants to be told that the .js files are modules.
        (folder / "package.json").write_text('{"type": "module"}', "utf-8")
        command = [*node_command(), str(folder / self.file.name), str(pyodide.distribution())]
        with contextlib.suppress(subprocess.TimeoutExpired):
            run = subprocess.run(
                [*command, str(folder)],
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
