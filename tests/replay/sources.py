"""The apps' sources, and the packages that they need."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..source_distributions import unpacked

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
        unpacked(f"fastapi=={FASTAPI}", cache, below="docs_src/")
    return folder


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
