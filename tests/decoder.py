"""`python -m tests.decoder` writes assets/vendor/ anew, of the npm package zstddec.

That package carries its WebAssembly as text in a module, to be fetched from a `data:` URL, which a
host's content security policy may forbid. Another version is a change of the pin here.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from asgi_docs.package.assets import assets_folder
from asgi_docs.package.npm import NpmPackage, fetch_npm_package

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = NpmPackage(
    "zstddec",
    "0.3.4",
    "sha512-3Y/NMP6MNdp9b0fWhjCUGiybog7RC3EbUSIJLWnfjylOvnbuGykeu4zYUuH4IRLy5xI7NytXTHN3CWQKIN3cSg==",
)


def contents() -> dict[str, bytes]:
    """By file name: the decoder, and its licence with what it is and whence it comes."""
    folder = fetch_npm_package(PACKAGE)
    module = (folder / "dist/zstddec-stream.mjs").read_text("utf-8")
    found = re.search(r'^const wasm = "([\w+/=]+)";$', module, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"{PACKAGE.spec} has its WebAssembly in another place.")
    licence = (folder / "LICENSE").read_text("utf-8")
    about = f"zstddec.wasm, from {PACKAGE.spec} (npm)\n\n{licence}"
    return {"zstddec.wasm": base64.b64decode(found[1]), "zstddec.txt": about.encode()}


def main(folder: Path) -> None:
    """Write the files."""
    folder.mkdir(exist_ok=True)
    for name, content in contents().items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main(assets_folder() / "vendor")
