"""Projects' own sources, as they lie on the package index."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
from pathlib import Path

from packaging.pylock import Pylock

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def unpacked(requirement: str, target: Path, *, below: str = "") -> Path:
    """Unpack the newest source distribution that meets a requirement; gives its own folder.

    Args:
        requirement: such as `fastapi==0.165.0`.
        target: receives it.
        below: a folder of it that is enough.
    """
    with tarfile.open(fileobj=io.BytesIO(_download(requirement))) as archive:
        members = archive.getmembers()
        name = members[0].name.partition("/")[0]
        wanted = [each for each in members if each.name.startswith(f"{name}/{below}")]
        archive.extractall(target, wanted, filter="data")
    return target / name


def _download(requirement: str) -> bytes:
    # `pip download` builds a source distribution to learn its metadata; a lock only names it.
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder, "asked.in")
        asked.write_text(f"{requirement}\n")
        lock = subprocess.run(
            [
                *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-deps"),
                *("--no-header", "--format", "pylock.toml", str(asked)),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    source = Pylock.from_dict(tomllib.loads(lock.stdout)).packages[0].sdist
    assert source is not None
    assert source.url is not None
    with urllib.request.urlopen(source.url) as response:
        data: bytes = response.read()
    assert hashlib.sha256(data).hexdigest() == source.hashes["sha256"]
    return data
