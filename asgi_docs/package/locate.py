"""Where the files of locked packages are: the lock file says so, else uv finds them anew."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.pylock import Pylock

from asgi_docs.package.lock_file import file_name, parse_lock
from asgi_docs.package.uv import run_uv

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from packaging.pylock import Package

    from asgi_docs.package.lock_file import LockedPackage


@dataclass(frozen=True)
class Located:
    """One file of a package.

    Attributes:
        name: of the file.
        url: where it is; `file:` ones, too.
    """

    name: str
    url: str


def locate(packages: Sequence[LockedPackage], lock: Path) -> Mapping[str, Located]:
    """The locked files of these packages by their sha256; what cannot be found is missing.

    Args:
        packages: of one lock file, and from an index or a URL.
        lock: the lock file.

    Raises:
        LockError: the lock file is broken, or the index cannot be asked.
    """
    found = files_of(parse_lock(lock))
    lost = [each for each in packages if each.sha256 not in found]
    if lost:
        answer = run_uv(
            ["compile", "-", "--no-header", "--no-deps", "--format=pylock.toml"],
            f"The packages of {lock.name} cannot be found",
            stdin="\n".join(each.pin for each in lost),
        )
        found |= files_of(Pylock.from_dict(tomllib.loads(answer)))
    return found


def files_of(lock: Pylock) -> dict[str, Located]:
    """All files of a lock file of which it tells the URL, by their sha256."""
    return {sha256: file for package in lock.packages for sha256, file in files_of_package(package)}


def files_of_package(package: Package) -> Iterator[tuple[str, Located]]:
    """The same for one package."""
    for file in (*(package.wheels or ()), package.sdist, package.archive):
        if file and file.url:
            yield file.hashes.get("sha256", ""), Located(file_name(file.url), file.url)
