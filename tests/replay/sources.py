"""The apps' sources, and the packages that they need."""

from __future__ import annotations

import ast
import hashlib
import subprocess
import sys
import tarfile
import urllib.request
from typing import TYPE_CHECKING

from packaging.pylock import Pylock

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from pathlib import Path

    from .recording import App

FASTAPI = "0.165.0"

BASE = (f"fastapi=={FASTAPI}", "python-multipart")
"""What every tutorial gets."""

PACKAGES = {
    "a2wsgi": "a2wsgi",
    "flask": "flask",
    "jinja2": "jinja2",
    "jwt": "pyjwt",
    "opentelemetry.sdk": "opentelemetry-sdk",
    "orjson": "orjson",
    "pwdlib": "pwdlib[argon2]",
    "pydantic_settings": "pydantic-settings",
    "sqlmodel": "sqlmodel",
    "strawberry": "strawberry-graphql",
    "yaml": "pyyaml",
}
"""By import, what a tutorial has to install beside FastAPI."""

INDIRECT = {
    "EmailStr": "email-validator",
    "Jinja2Templates": "jinja2",
    "ORJSONResponse": "orjson",
    "TestClient": "httpx",
    "UJSONResponse": "ujson",
}
"""By the name that a tutorial imports from FastAPI or pydantic, which then imports the package."""


def fastapi_sources(cache: Path) -> Path:
    """Give the folder of FastAPI's source distribution, which holds `docs_src`."""
    folder = cache / f"fastapi-{FASTAPI}"
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


def files_of(sources: Path, app: App) -> dict[str, str]:
    """The files of an app's chapter, by path below the folder that it runs in.

    The chapter's data files stand a second time in that folder itself, as the tests put them there.
    """
    folder = sources.joinpath(*app.module.split(".")[:2])
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            text = path.read_text("utf-8")
            found[path.relative_to(sources).as_posix()] = text
            if path.suffix != ".py":
                found[path.relative_to(folder).as_posix()] = text
    return found


def requirements(sources: Path, app: App) -> tuple[str, ...]:
    """What an app needs, by what its module imports; of a package, all of its modules."""
    path = sources.joinpath(*app.module.split("."))
    in_package = len(path.relative_to(sources).parts) > len(("docs_src", "chapter", "module"))
    files = sorted(path.parent.rglob("*.py")) if in_package else [path.with_suffix(".py")]
    needed = set(BASE)
    for file in files:
        needed |= _imported_packages(file.read_text("utf-8"))
    return tuple(sorted(needed))


def _imported_packages(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
            found |= {INDIRECT[alias.name] for alias in node.names if alias.name in INDIRECT}
        for name in names:
            found |= {
                requirement
                for start, requirement in PACKAGES.items()
                if name == start or name.startswith(f"{start}.")
            }
    return found
