"""Requirements -> lock file: uv resolves for the reader's browser, the result is a PEP 751 file."""

from __future__ import annotations

import dataclasses
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import tomli_w
from packaging.markers import Marker
from packaging.pylock import PackageDirectory, Pylock
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from asgi_docs.errors import LockError
from asgi_docs.package import pyodide
from asgi_docs.package.checkout import (
    build_checkout,
    is_local,
    local_requirements,
    write_metadata_wheel,
)
from asgi_docs.package.lock_errors import explain, read_askers
from asgi_docs.package.lock_file import (
    ABI,
    BACKEND,
    BUILT_FOR,
    PYODIDE,
    REQUIRES,
    TOOL,
    file_name,
    fits,
    fitting_wheel,
    locked,
)
from asgi_docs.package.pure_build import build, cached_build, without_compilers
from asgi_docs.package.uv import run_uv, settings_of

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from packaging.pylock import Package, PackageSdist, PackageWheel

    from asgi_docs.package.checkout import BuiltCheckout, Checkout

    _File = TypeVar("_File", PackageWheel, PackageSdist)

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

_HEADER = """\
# Made by asgi-docs. Commit this file with your documentation;
# `asgi-docs lock --upgrade` takes newer versions.
"""


def make_lock(
    path: Path,
    requires: Sequence[str],
    *,
    urls: bool = True,
    prefer: Mapping[str, str] | None = None,
    project: Checkout | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> None:
    """Resolve requirements and write the lock file.

    Args:
        path: the file to write. The author's settings of uv are looked for from its folder upwards.
        requires: normalised requirements.
        urls: whether the file says where each package was found, or only its name.
        prefer: version by name, taken wherever the requirements allow it; else the newest.
        project: a source tree to use in place of what is published.
        report: told what takes time.

    Raises:
        LockError: there is no solution, or a package of it does not run in a browser.
    """
    local = local_requirements(requires, path.absolute().parent.parent)
    trees = {tree.name: tree for tree in [*([project] if project else []), *local]}
    with settings_of(path.parent):
        built = {name: build_checkout(tree) for name, tree in trees.items()}
        resolution = _resolve(requires, prefer or {}, built)
        packages = _runnable(resolution, requires, urls, report, set(built))
    packages = [
        _tree(each, trees[each.name], path, built[each.name]) if each.name in trees else each
        for each in packages
    ]
    lock = Pylock(
        lock_version=resolution.found.lock_version,
        environments=[Marker("sys_platform == 'emscripten'")],
        requires_python=SpecifierSet(f"=={pyodide.PYTHON_SERIES}.*"),
        created_by="asgi-docs",
        packages=packages,
        tool={TOOL: {PYODIDE: pyodide.VERSION, ABI: pyodide.ABI, REQUIRES: list(requires)}},
    )
    lock.validate()
    text = f"{_HEADER}\n{tomli_w.dumps(_plain(lock.to_dict()))}"
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_at_once(path, text)


@dataclass(frozen=True)
class _Resolution:
    """What uv found.

    Attributes:
        found: with all files of each package.
        askers: the names of those that need a package, by its name.
    """

    found: Pylock
    askers: Mapping[str, Sequence[str]]


def _tree(package: Package, tree: Checkout, lock: Path, built: BuiltCheckout) -> Package:
    """In place of the wheel that uv was shown; without a version, which changes with the tree."""
    path = os.path.relpath(tree.folder, lock.absolute().parent)
    ours = {BACKEND: built.backend, BUILT_FOR: list(built.requires)}
    return dataclasses.replace(
        package,
        version=None,
        archive=None,
        directory=PackageDirectory(path=Path(path).as_posix()),
        tool={TOOL: {key: value for key, value in ours.items() if value}},
    )


def _resolve(
    requires: Sequence[str], prefer: Mapping[str, str], trees: Mapping[str, BuiltCheckout]
) -> _Resolution:
    with tempfile.TemporaryDirectory() as folder:
        # uv prefers what its output file has.
        output = Path(folder) / "pylock.toml"
        output.write_text(tomli_w.dumps(_preferences(prefer)), "utf-8")
        wheels = {
            name: write_metadata_wheel(name, built, Path(folder)) for name, built in trees.items()
        }
        _compile(requires, output, wheels)
        found = Pylock.from_dict(tomllib.loads(output.read_text("utf-8")))
        # Only this format tells who asked for a package.
        listed = Path(folder) / "requirements.txt"
        pins = [f"{each.name}=={each.version}" for each in found.packages if each.version]
        listed.write_text("\n".join(pins), "utf-8")
        _compile(requires, listed, wheels, "--annotation-style=line")
        return _Resolution(found, read_askers(listed.read_text("utf-8")))


def _preferences(versions: Mapping[str, str]) -> dict[str, Any]:
    packages = [{"name": name, "version": version} for name, version in versions.items()]
    return {"lock-version": "1.0", "created-by": "asgi-docs", "packages": packages}


def _compile(
    requires: Sequence[str], output: Path, wheels: Mapping[str, Path], *options: str
) -> None:
    asked = [Requirement(text) for text in requires]
    excludes = output.with_name("excludes.txt")
    excludes.write_text("\n".join(_unless_named(SERVER_ONLY, asked)), "utf-8")
    # An override replaces a requirement together with its marker and extras.
    overrides = output.with_name("overrides.txt")
    replaced = [_in_place(name, wheel, asked) for name, wheel in wheels.items()]
    replaced += _unless_named(NEEDED_AS_ON_WINDOWS, asked)
    overrides.write_text("\n".join(replaced), "utf-8")
    for requirement in asked:
        if requirement.url and is_local(requirement.url):
            requirement.url = None
    run_uv(
        [
            *("compile", "-", "--no-header", f"--output-file={output}"),
            *(f"--excludes={file}" for file in [excludes, *_listed("UV_EXCLUDE")]),
            *(f"--overrides={file}" for file in [overrides, *_listed("UV_OVERRIDE")]),
            *options,
        ],
        f"{', '.join(requires)} cannot be resolved for Python {pyodide.PYTHON} in the browser",
        stdin="\n".join(map(str, asked)),
        variables=without_compilers(),
    )


def _listed(variable: str) -> list[str]:
    """The author's own files; uv does not look at the variable when it is given an option."""
    return os.environ.get(variable, "").split()


def _runnable(
    resolution: _Resolution,
    requires: Sequence[str],
    urls: bool,
    report: Callable[[str], None],
    trees: Collection[str],
) -> list[Package]:
    packages: list[Package] = []
    unfit: dict[str, tuple[str, str]] = {}
    for package in resolution.found.packages:
        try:
            keep = package.name in trees
            packages.append(package if keep else _reduced(package, urls, report))
        except LockError as error:
            unfit[package.name] = (str(package.version or "(of no index)"), str(error))
    if unfit:
        raise LockError(explain(unfit, ", ".join(requires), resolution.askers))
    return [
        dataclasses.replace(package, dependencies=_dependencies(package.name, resolution.askers))
        for package in packages
    ]


def _dependencies(name: str, askers: Mapping[str, Sequence[str]]) -> list[dict[str, str]] | None:
    needed = [{"name": other} for other, needed_by in askers.items() if name in needed_by]
    return needed or None


def _unless_named(packages: Sequence[str], requires: Sequence[Requirement]) -> list[str]:
    named = {canonicalize_name(each.name) for each in requires}
    return [name for name in packages if name not in named]


def _in_place(name: str, wheel: Path, requires: Sequence[Requirement]) -> str:
    same = [each for each in requires if canonicalize_name(each.name) == name]
    extras = ",".join(sorted(extra for each in same for extra in each.extras))
    return f"{name}[{extras}] @ {wheel.as_uri()}"


def _reduced(package: Package, urls: bool, report: Callable[[str], None]) -> Package:
    """Only what we use; builds what has to be built, to know that it can be.

    Raises:
        LockError: the package does not run in a browser.
    """
    if package.archive and fits(file_name(package.archive.url or "")):
        archive = dataclasses.replace(package.archive, upload_time=None)
        return dataclasses.replace(package, archive=archive)
    if wheel := fitting_wheel(package):
        wheels = [_located(wheel, urls=urls)]
        return dataclasses.replace(package, index=None, sdist=None, wheels=wheels)
    if package.archive is None and package.sdist is None:
        raise LockError("it has no fitting wheel and no source, or stands in no package index")
    source = dataclasses.replace(locked(package), backend="")
    if cached_build(source) is None:
        report(f"Building {package.name} {package.version} without its native parts")
    backend = build(source).backend
    return dataclasses.replace(
        package,
        index=None,
        archive=package.archive and dataclasses.replace(package.archive, upload_time=None),
        sdist=package.sdist and _located(package.sdist, urls=urls),
        wheels=None,
        tool={TOOL: {BACKEND: backend}} if backend else None,
    )


def _located(file: _File, *, urls: bool) -> _File:
    name = file_name(file.name or file.url or file.path or "")
    parts = urlsplit(file.url or "")
    if urls and parts.scheme in ("http", "https"):
        public = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        return dataclasses.replace(file, name=None, url=public, path=None, upload_time=None)
    return dataclasses.replace(file, name=None, url=None, path=name, upload_time=None)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value


def _write_at_once(path: Path, text: str) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".pylock-")
    os.close(descriptor)
    temporary = Path(name)
    try:
        temporary.write_text(text, "utf-8", newline="\n")
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
