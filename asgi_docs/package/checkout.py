"""Source trees on this machine: the documented project itself, and local packages of the author.

Their wheels are built when the tree has changed, and used in place of published ones.
"""

from __future__ import annotations

import dataclasses
import json
import re
import sys
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from packaging.metadata import Metadata
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from asgi_docs.block.requirements import required_name
from asgi_docs.errors import LockError, OutdatedLockError
from asgi_docs.package import cache
from asgi_docs.package.installed import files_of_distributions
from asgi_docs.package.pure_build import (
    build_recipe,
    native_file,
    normalise_build,
    without_compilers,
)
from asgi_docs.package.source_tree import digest_of_tree
from asgi_docs.package.uv import essence, run_plain_uv, uv_pip
from asgi_docs.package.vendored import build_options

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from asgi_docs.package.lock_file import LockedPackage

_FILES, _ABOUT = "files", "about.json"


@dataclass(frozen=True)
class Checkout:
    """A source tree.

    Attributes:
        name: canonical name of its distribution.
    """

    folder: Path
    name: str


@dataclass(frozen=True)
class BuiltCheckout:
    """Its wheel, unpacked.

    Attributes:
        files: as an installer puts them into site-packages.
        version: of the distribution.
        sha256: of all that readers get of it.
        backend: what built it, such as `hatchling==1.27.0`; empty when that is not known.
        requires: its own requirements, normalised and sorted.
    """

    files: Path
    version: str
    sha256: str
    backend: str
    requires: tuple[str, ...]


def checkout_in(folder: Path) -> Checkout:
    """The project in a folder.

    Raises:
        LockError: there is none, or it does not tell its name.
    """
    file = folder / "pyproject.toml"
    try:
        name = tomllib.loads(file.read_text("utf-8"))["project"]["name"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LockError(f"{file} cannot be read: {error}.") from None
    except KeyError:
        raise LockError(f"{file} has no [project] with a name.") from None
    return Checkout(folder.resolve(), canonicalize_name(str(name)))


def project_above(folder: Path) -> Checkout | None:
    """The nearest project that a folder belongs to."""
    for parent in [folder.resolve(), *folder.resolve().parents]:
        if (parent / "pyproject.toml").is_file():
            try:
                return checkout_in(parent)
            except LockError:
                return None  # settings of tools, of no project
    return None


def project_setting(value: str | bool | None, docs: Path) -> Path | Literal[False] | None:
    """What an author wrote in the settings of a docs tool, as `project_of` takes it.

    Args:
        value: a folder, relative to that of the documentation; False: none; else: to be found.
        docs: the documentation's folder.
    """
    if isinstance(value, str):
        return docs / value
    return False if value is False else None


def project_of(
    setting: Path | Literal[False] | None, docs: Path, requires: Iterable[str]
) -> Checkout | None:
    """The project that a documentation is about.

    Args:
        setting: its folder; False: none; None: the nearest one above, if a requirement names it.
        docs: the documentation's folder.
        requires: of all blocks.

    Raises:
        LockError: there is no project in the folder.
    """
    if setting is False:
        return None
    if setting is not None:
        return checkout_in(setting)
    found = project_above(docs)
    named = set(map(required_name, requires))
    return found if found and found.name in named else None


def local_requirements(requires: Iterable[str], docs: Path) -> list[Checkout]:
    """The trees of requirements such as `shop @ ../shop`, whose path starts from the docs folder.

    Raises:
        LockError: there is no such project.
    """
    found = []
    for requirement in map(Requirement, requires):
        if requirement.url and is_local(requirement.url):
            checkout = checkout_in((docs / requirement.url).resolve())
            if checkout.name != canonicalize_name(requirement.name):
                raise LockError(f"{requirement}: the project there is {checkout.name}.")
            found.append(checkout)
    return found


def is_local(url: str) -> bool:
    """Whether what stands behind the `@` of a requirement is a path."""
    return not re.match(r"[a-z][a-z0-9+.-]+:", url)


def build_checkout(
    checkout: Checkout, backend: str = "", *, report: Callable[[str], None] = lambda _: None
) -> BuiltCheckout:
    """Build the wheel of a source tree, unless it was built from the same files before.

    Args:
        checkout: the tree.
        backend: what to build it with, such as `hatchling==1.27.0`; empty: the newest.
        report: told what takes time.

    Raises:
        LockError: it cannot be built, or not without native code.
    """
    digest = digest_of_tree(checkout.folder)
    for known in dict.fromkeys((backend, "")):
        built = _cached(_entry(checkout, digest, known))
        if built and backend in ("", built.backend):
            return built
    entry = _entry(checkout, digest, backend)
    report(f"Building {checkout.name} from {checkout.folder}")
    with cache.scratch_folder() as scratch:
        _build(checkout, backend, scratch)
        cache.publish(scratch / "entry", entry)
    built = _cached(entry)
    assert built is not None
    return built


def built_packages(
    packages: Sequence[LockedPackage], report: Callable[[str], None]
) -> list[LockedPackage]:
    """The same, source trees being built: content, not place, tells what they are.

    Raises:
        LockError: one of them cannot be built, or has other requirements than when it was locked.
    """
    return [_built(package, report) if package.folder else package for package in packages]


def _built(package: LockedPackage, report: Callable[[str], None]) -> LockedPackage:
    assert package.folder is not None
    checkout = Checkout(package.folder, package.name)
    built = build_checkout(checkout, package.backend, report=report)
    if built.requires != package.built_for:
        raise OutdatedLockError(f"it was made when {package.name} had other requirements")
    return dataclasses.replace(
        package,
        version=built.version,
        sha256=built.sha256,
        files=built.files,
    )


def write_metadata_wheel(name: str, built: BuiltCheckout, folder: Path) -> Path:
    """A wheel that tells a resolver all that it asks."""
    (about,) = built.files.glob("*.dist-info")
    wheel = folder / f"{about.name.removesuffix('.dist-info')}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for file in ("METADATA", "WHEEL"):
            archive.write(about / file, f"{about.name}/{file}")
        archive.writestr(f"{about.name}/RECORD", "")
    return wheel


def _entry(checkout: Checkout, digest: str, backend: str) -> Path:
    key = cache.key_of(checkout.name, digest, backend, build_recipe())
    return cache.entry("checkouts", f"{checkout.name}-{key}")


def _cached(entry: Path) -> BuiltCheckout | None:
    if not entry.is_dir():
        return None
    about = json.loads((entry / _ABOUT).read_text("utf-8"))
    return BuiltCheckout(entry / _FILES, **{**about, "requires": tuple(about["requires"])})


def _build(checkout: Checkout, backend: str, scratch: Path) -> None:
    constraints = scratch / "constraints.txt"
    constraints.write_text(backend, "utf-8")
    # By way of a source distribution, as it is published: what earlier builds left in the tree
    # does not get in.
    run = run_plain_uv(
        [
            *("build", str(checkout.folder), "--out-dir", str(scratch / "dist")),
            *("--build-constraints", str(constraints), "--python", sys.executable),
            *build_options(),
        ],
        variables=without_compilers(),
    )
    if run.returncode:
        raise LockError(f"{checkout.folder}: its wheel cannot be built:\n{essence(run.stderr)}")
    (wheel,) = (scratch / "dist").glob("*.whl")
    files = scratch / "entry" / _FILES
    run = uv_pip(
        [
            *("install", "--target", str(files), "--no-deps", str(wheel)),
            *("--cache-dir", str(scratch / "uv"), "--link-mode=copy"),
        ],
        sys.executable,
    )
    if run.returncode:
        raise LockError(f"{checkout.folder}: its wheel cannot be used:\n{essence(run.stderr)}")
    if native := native_file(files):
        raise LockError(
            f"{checkout.folder}: its wheel has native code ({native.name}), which readers' "
            "browsers cannot run; a package can be documented that does without."
        )
    try:
        used = normalise_build(checkout.name, files)
    except LockError as error:
        raise LockError(f"{checkout.folder}: {error}.") from None
    shipped = files_of_distributions(files)[checkout.name]
    metadata = Metadata.from_email(
        next(files.glob("*.dist-info/METADATA")).read_bytes(), validate=False
    )
    about = {
        "version": str(metadata.version),
        "sha256": cache.sha256_of_files((path, file) for path, file in shipped.items()),
        "backend": used,
        "requires": sorted(map(str, metadata.requires_dist or ())),
    }
    (scratch / "entry" / _ABOUT).write_text(json.dumps(about, sort_keys=True), "utf-8")
