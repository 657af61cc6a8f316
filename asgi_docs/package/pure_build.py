"""Builds a package that has no wheel for readers from its source distribution, as pure Python.

Many packages have a native part for speed alone and leave it out where nothing can be compiled.
So the build's own Python builds them, without compilers: a result without any native file runs
everywhere, whatever platform the build backend writes on it.
"""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import sys
import time
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from asgi_docs.errors import LockError
from asgi_docs.package import cache
from asgi_docs.package.uv import changed_file, essence, uv_pip
from asgi_docs.package.vendored import build_options, vendored_package

if TYPE_CHECKING:
    from pathlib import Path

    from asgi_docs.package.lock_file import LockedPackage

_FILES = "files"
_ABOUT = "about.json"
_REASON = "reason.txt"
_TRY_AGAIN = 24 * 60 * 60  # seconds
_NATIVE = {".so", ".pyd", ".dylib", ".dll"}
# The name that a wheel's `Generator` line has for the distribution of the build backend.
_GENERATORS = {"bdist-wheel": "wheel", "flit": "flit-core", "uv": "uv-build"}
# The backend writes its own version and the platform of the build, which are not true here.
_WHEEL = "Wheel-Version: 1.0\nGenerator: asgi-docs\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


class NoPureBuildError(LockError):
    """Nothing that readers can run is made of a package here, whatever the network does."""


class NativeBuildError(NoPureBuildError):
    """A package wants a compiler: the same source will want one tomorrow, too."""


@dataclass(frozen=True)
class PureBuild:
    """A package as it was built.

    Attributes:
        files: its files, as an installer puts them into site-packages.
        backend: what built it, such as `setuptools==84.2.1`; empty when that is not known.
    """

    files: Path
    backend: str


def cached_build(package: LockedPackage) -> PureBuild | None:
    """The build of an earlier time."""
    if package.files:
        return PureBuild(package.files, package.backend)
    keys = [_key(package, package.backend), _key(package, "")]
    for folder in (cache.entry("built", key) for key in keys):
        if folder.is_dir():
            backend = json.loads((folder / _ABOUT).read_text("utf-8"))["backend"]
            if package.backend in ("", backend):
                return PureBuild(folder / _FILES, backend)
    return None


def build(package: LockedPackage) -> PureBuild:
    """Build a source distribution, unless the cache holds the result.

    Raises:
        LockError: it cannot be had, or not be built as pure Python; the reason, in a few words.
    """
    if found := cached_build(package):
        return found
    failed = _failed_entry(package)
    if failed.is_dir() and time.time() - (failed / _REASON).stat().st_mtime < _TRY_AGAIN:
        raise NativeBuildError((failed / _REASON).read_text("utf-8"))
    try:
        return _build(package)
    except NativeBuildError as error:
        _note_failure(failed, str(error))
        raise


def _note_failure(entry: Path, reason: str) -> None:
    shutil.rmtree(entry, ignore_errors=True)
    with cache.scratch_folder() as scratch:
        noted = scratch / "entry"
        noted.mkdir()
        (noted / _REASON).write_text(reason, "utf-8")
        cache.publish(noted, entry)


def _failed_entry(package: LockedPackage) -> Path:
    # Another Python, or compilers that are there now, may do better.
    machine = cache.key_of(sys.version, os.environ.get("PATH", ""))
    return cache.entry("failed", f"{_key(package, package.backend)}-{machine}")


def _build(package: LockedPackage) -> PureBuild:
    with cache.scratch_folder() as scratch:
        entry = scratch / "entry"
        files = entry / _FILES
        _install(package, files, scratch)
        if native := native_file(files):
            raise NativeBuildError(f"its source makes native code ({native.name})")
        backend = normalise_build(package.name, files)
        if package.backend not in ("", backend):
            raise LockError(f"its source was built by {backend}, not by {package.backend}")
        (entry / _ABOUT).write_text(json.dumps({"backend": backend}), "utf-8")
        folder = cache.publish(entry, cache.entry("built", _key(package, package.backend)))
    return PureBuild(folder / _FILES, backend)


def without_compilers() -> dict[str, str]:
    """Environment variables for builds that shall do without native code."""
    nothing = shutil.which("false") or "false"
    return {
        **dict.fromkeys(("CC", "CXX", "LD", "CARGO", "RUSTC"), nothing),
        "CARGO_NET_OFFLINE": "true",
        "DISTUTILS_USE_SDK": "1",  # setuptools then does not search for Visual Studio
        "PURE_PYTHON": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONHOME": "",
        "PYTHONPATH": "",
        "SOURCE_DATE_EPOCH": "315532800",  # 1980, where the times of zip files begin
    }


def _variables(name: str) -> dict[str, str]:
    """There is no standard way to ask a package for its pure form; these are in wide use."""
    prefix = re.sub(r"\W", "_", name).upper()
    switches = ("NO_EXTENSIONS", "DISABLE_EXTENSIONS", "PUREPYTHON", "PURE_PYTHON")
    return {**without_compilers(), **{f"{prefix}_{switch}": "1" for switch in switches}}


def _install(package: LockedPackage, files: Path, scratch: Path) -> None:
    """Have uv find, check, build and unpack it: only uv knows the user's indexes and keys."""
    requirements, constraints = scratch / "requirements.txt", scratch / "constraints.txt"
    vendored = vendored_package(package.sha256)
    requirement = package.requirement_of(vendored) if vendored else package.requirement
    requirements.write_text(requirement, "utf-8")
    constraints.write_text(package.backend, "utf-8")
    run = uv_pip(
        [
            *("install", "--target", str(files), "-r", str(requirements)),
            *("--no-deps", "--require-hashes", "--build-constraints", str(constraints)),
            # Backends may come as wheels only: nothing of them could be compiled either.
            *("--only-binary=:all:", f"--no-binary={package.name}"),
            # uv's own cache does not tell our builds from those with compilers.
            *("--cache-dir", str(scratch / "uv"), "--link-mode=copy"),
            *(build_options() if vendored else ()),
        ],
        sys.executable,
        variables=_variables(package.name),
    )
    if run.returncode:
        if host := re.search(r"Python version \((\S+)\) does not satisfy Python(\S+)", run.stderr):
            raise NoPureBuildError(
                f"its source is built by Python {host[2]}, and this is {host[1]}"
            )
        if changed_file(run.stderr):
            raise LockError("its source is not the file that is locked, for its sha256 differs")
        if "The build backend returned an error" in run.stderr:
            raise NativeBuildError("its source cannot be built without a compiler")
        raise LockError(f"its source cannot be built:\n{essence(run.stderr)}")


def native_file(files: Path) -> Path | None:
    """A file that only some other platform can load."""
    found = (file for file in sorted(files.rglob("*")) if _NATIVE.intersection(file.suffixes))
    return next(found, None)


def normalise_build(expected: str, files: Path) -> str:
    """Take out what differs between machines; returns the backend.

    Args:
        expected: canonical name of the distribution.
        files: of its wheel.

    Raises:
        LockError: it is another distribution.
    """
    (metadata,) = files.glob("*.dist-info")
    name, _, version = metadata.name.removesuffix(".dist-info").rpartition("-")
    if canonicalize_name(name) != expected:
        raise LockError(f"its source makes {name} {version} instead")
    about = metadata / "WHEEL"
    generator = re.search(
        r"^Generator: ([\w.-]+) \(?(\d[\w.]*)", about.read_text("utf-8"), re.MULTILINE
    )
    about.write_text(_WHEEL, "utf-8", newline="\n")
    if generator is None:
        return ""
    backend = canonicalize_name(generator[1])
    return f"{_GENERATORS.get(backend, backend)}=={generator[2]}"


def _key(package: LockedPackage, backend: str) -> str:
    return cache.key_of(
        package.name, package.version, package.url, package.sha256, backend, build_recipe()
    )


@functools.cache
def build_recipe() -> str:
    """In every cache key of something that comes from a build."""
    return (resources.files("asgi_docs.package") / "pure_build.py").read_text("utf-8")
