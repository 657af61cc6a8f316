"""Hand-made source distributions, each with a build backend of its own, in a folder of uv's."""

from __future__ import annotations

import hashlib
import io
import tarfile
from typing import TYPE_CHECKING

from asgi_docs.package.lock_file import LockedPackage

if TYPE_CHECKING:
    from pathlib import Path

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "{name}"
version = "1.0"
dependencies = {dependencies}
"""

# Writes a wheel as setuptools does for a package whose native part is optional.
BACKEND = """
import os, zipfile

def build_wheel(folder, settings=None, metadata=None):
    files = {{
        "{module}/__init__.py": "",
        "{module}-1.0.dist-info/METADATA": "Metadata-Version: 2.1\\nName: {name}\\nVersion: 1.0\\n",
        "{module}-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\\nGenerator: {generator}\\n"
        "Root-Is-Purelib: false\\nTag: py3-none-any\\n",
    }}
    {step}
    files["{module}-1.0.dist-info/RECORD"] = "".join(f"{{file}},,\\n" for file in files)
    name = "{module}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        for file, content in files.items():
            wheel.writestr(file, content)
    return name
"""


def write_sdist(
    folder: Path,
    name: str,
    *,
    step: str = "",
    generator: str = "",
    dependencies: tuple[str, ...] = (),
    requires: tuple[str, ...] = (),
) -> LockedPackage:
    """A source distribution of version 1.0.

    Args:
        folder: what uv is told to look into.
        name: canonical.
        step: what the backend does before it writes the wheel's `files`.
        generator: how the backend calls itself.
        dependencies: of the package.
        requires: what it is built with.
    """
    pyproject = PYPROJECT.format(name=name, dependencies=list(dependencies))
    texts = {
        "PKG-INFO": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        "pyproject.toml": pyproject.replace("requires = []", f"requires = {list(requires)}"),
        "backend.py": BACKEND.format(
            name=name, module=name.replace("-", "_"), generator=generator, step=step
        ),
    }
    path = folder / f"{name.replace('-', '_')}-1.0.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for file, text in texts.items():
            entry = tarfile.TarInfo(f"{path.name.removesuffix('.tar.gz')}/{file}")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return LockedPackage(name, "1.0", sha256, from_source=True)
