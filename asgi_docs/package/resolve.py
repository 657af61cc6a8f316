"""Requirements -> exact versions for the reader's browser, by uv."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli_w
from packaging.pylock import Pylock
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from asgi_docs.package import pyodide
from asgi_docs.package.checkout import is_local, write_metadata_wheel
from asgi_docs.package.lock_errors import read_askers
from asgi_docs.package.pure_build import without_compilers
from asgi_docs.package.uv import author_settings, run_uv

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from asgi_docs.package.checkout import BuiltCheckout

# What packages and extras such as fastapi[standard] ask for that only a real server, or a person
# at a terminal, has a use for. An author who names one of them gets it, or the error it deserves.
# Not here, since they are pure and get imported: uvicorn (by apps, for `uvicorn.run`), hypercorn
# (by Quart), websockets (by apps), setuptools (by packages that ask for it).
SERVER_ONLY = (
    "fastapi-cli",  # starts servers
    "fastapi-cloud-cli",  # deploys; asks for fastar and rignore
    "fastar",  # archives for a deployment; Rust
    "granian",  # a server; Rust
    "gunicorn",  # a server; forks
    "httptools",  # a faster parser for uvicorn's sockets; C
    "pip",  # Datasette's `install` command; 4 MB of a reader's download
    "rignore",  # files for a deployment; Rust
    "uvloop",  # an event loop for sockets; C
    "watchdog",  # reloads servers when files change
    "watchfiles",  # reloads servers when files change; Rust
)

# What packages ask for where the system has no such data of its own, as on Windows; nor has the
# browser's Python. Django's templates, for one, fail without.
NEEDED_AS_ON_WINDOWS = ("tzdata",)


@dataclass(frozen=True)
class Resolution:
    """What uv found.

    Attributes:
        found: with all files of each package.
        askers: the names of those that need a package, by its name.
    """

    found: Pylock
    askers: Mapping[str, Sequence[str]]

    def versions(self) -> dict[str, str]:
        """By name, but for what comes from elsewhere than an index."""
        return {each.name: str(each.version) for each in self.found.packages if each.version}


def resolve(
    requires: Sequence[str],
    prefer: Mapping[str, str],
    trees: Mapping[str, BuiltCheckout],
    wheels: Mapping[str, Path] | None = None,
) -> Resolution:
    """Find versions that fit each other, Pyodide's Python, and the author's settings of uv.

    Args:
        requires: normalised requirements.
        prefer: version by name, taken wherever the requirements allow it; else the newest.
        trees: what is used in place of the published packages of these names.
        wheels: files that packages of these names have to come from, unlike trees only if their
            versions are what the requirements ask for.

    Raises:
        LockError: there is no solution, or no way to ask for one.
    """
    with tempfile.TemporaryDirectory() as folder:
        # uv prefers what its output file has.
        output = Path(folder) / "pylock.toml"
        output.write_text(tomli_w.dumps(_preferences(prefer)), "utf-8")
        in_place = {
            name: write_metadata_wheel(name, built, Path(folder)) for name, built in trees.items()
        }
        _compile(requires, output, in_place, wheels or {})
        found = Pylock.from_dict(tomllib.loads(output.read_text("utf-8")))
        # Only this format tells who asked for a package.
        listed = Path(folder) / "requirements.txt"
        pins = [f"{each.name}=={each.version}" for each in found.packages if each.version]
        listed.write_text("\n".join(pins), "utf-8")
        _compile(requires, listed, in_place, wheels or {}, "--annotation-style=line")
        return Resolution(found, read_askers(listed.read_text("utf-8")))


def _preferences(versions: Mapping[str, str]) -> dict[str, Any]:
    packages = [{"name": name, "version": version} for name, version in versions.items()]
    return {"lock-version": "1.0", "created-by": "asgi-docs", "packages": packages}


def _compile(
    requires: Sequence[str],
    output: Path,
    in_place: Mapping[str, Path],
    wheels: Mapping[str, Path],
    *options: str,
) -> None:
    asked = [Requirement(text) for text in requires]
    excludes = output.with_name("excludes.txt")
    excludes.write_text("\n".join(_unless_named(SERVER_ONLY, asked)), "utf-8")
    # An override replaces a requirement together with its marker and extras.
    overrides = output.with_name("overrides.txt")
    replaced = [_in_place(name, wheel, asked) for name, wheel in in_place.items()]
    replaced += _unless_named(NEEDED_AS_ON_WINDOWS, asked)
    overrides.write_text("\n".join(replaced), "utf-8")
    constraints = output.with_name("constraints.txt")
    sources = [f"{name} @ {wheel.as_uri()}" for name, wheel in wheels.items()]
    constraints.write_text("\n".join(sources), "utf-8")
    for requirement in asked:
        if requirement.url and is_local(requirement.url):
            requirement.url = None
    run_uv(
        [
            *("compile", "-", "--no-header", f"--output-file={output}"),
            *(f"--excludes={file}" for file in [excludes, *_listed("UV_EXCLUDE")]),
            *(f"--overrides={file}" for file in [overrides, *_listed("UV_OVERRIDE")]),
            *(f"--constraints={file}" for file in [constraints, *_listed("UV_CONSTRAINT")]),
            *options,
        ],
        f"{', '.join(requires)} cannot be resolved for Python {pyodide.PYTHON} in the browser",
        stdin="\n".join(map(str, asked)),
        variables=without_compilers(),
    )


def _listed(variable: str) -> list[str]:
    """The author's own files; uv does not look at the variable when it is given an option."""
    return author_settings().get(variable, "").split()


def _unless_named(packages: Sequence[str], requires: Sequence[Requirement]) -> list[str]:
    named = {canonicalize_name(each.name) for each in requires}
    return [name for name in packages if name not in named]


def _in_place(name: str, wheel: Path, requires: Sequence[Requirement]) -> str:
    same = [each for each in requires if canonicalize_name(each.name) == name]
    extras = ",".join(sorted(extra for each in same for extra in each.extras))
    return f"{name}[{extras}] @ {wheel.as_uri()}"
