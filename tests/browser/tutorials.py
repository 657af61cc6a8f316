"""FastAPI's tutorial modules: their sources, and a site with a page for each."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import urllib.request
from typing import TYPE_CHECKING

from packaging.pylock import Pylock

from .sites import OWN_SITES

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FASTAPI = "0.165.0"


def docs_src(cache: Path) -> Path:
    """Gives the folder `docs_src` of FastAPI's source distribution."""
    folder = cache / f"fastapi-{FASTAPI}" / "docs_src"
    if not folder.is_dir():
        archive = cache / "fastapi.tar.gz"
        archive.write_bytes(_source_distribution(cache))
        with tarfile.open(archive) as tar:
            wanted = [member for member in tar if "/docs_src/" in member.name]
            tar.extractall(cache, wanted, filter="data")
    return folder


def _source_distribution(cache: Path) -> bytes:
    # `pip download` builds a source distribution to learn its metadata; a lock only names it.
    requirement = cache / "fastapi.in"
    requirement.write_text(f"fastapi=={FASTAPI}\n")
    lock = subprocess.run(
        [
            *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-deps"),
            *("--no-header", "--format", "pylock.toml", str(requirement)),
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


def write_site(sources: Path, modules: Iterable[str], target: Path) -> Path:
    """Writes the Sphinx sources of a site with one page per module."""
    shutil.copytree(OWN_SITES / "tutorials", target)
    names = []
    for module in modules:
        name = page_name(module)
        names.append(name)
        code = (sources / module).read_text("utf-8").rstrip()
        body = "\n".join(f"   {line}".rstrip() for line in code.splitlines())
        title = f"{module}\n{'=' * len(module)}"
        page = f"{title}\n\n.. asgi-live::\n\n{body}\n"
        (target / f"{name}.rst").write_text(page, "utf-8")
    toctree = "\n".join(f"   {name}" for name in names)
    (target / "index.rst").write_text(
        f"FastAPI's tutorials\n===================\n\n.. toctree::\n\n{toctree}\n", "utf-8"
    )
    return target


def page_name(module: str) -> str:
    return module.removesuffix(".py").replace("/", "-")
