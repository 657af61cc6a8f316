"""What source distributions and source trees are built with: wheels for the build's own Python."""

from __future__ import annotations

import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from packaging.pylock import Pylock
from packaging.tags import sys_tags
from packaging.utils import parse_wheel_filename

from asgi_docs.errors import LockError
from asgi_docs.package.locate import files_of_package
from asgi_docs.package.uv import essence, uv_pip

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packaging.pylock import Package

    from asgi_docs.package.locate import Located

_PYPROJECT = "pyproject.toml"
_LEGACY = ("setuptools>=40.8.0",)
"""What PEP 517 has for sources that say nothing."""


def build_requirements(source: Path) -> list[str]:
    """What a source distribution or tree has in its `[build-system]`.

    Raises:
        LockError: it cannot be read.
    """
    try:
        table = tomllib.loads(_pyproject(source)).get("build-system", {})
    except (OSError, tarfile.TarError, zipfile.BadZipFile, ValueError) as error:
        raise LockError(f"{source}: its {_PYPROJECT} cannot be read: {error}.") from None
    return [str(each) for each in table.get("requires", _LEGACY)]


def _pyproject(source: Path) -> str:
    """The text of the file; empty where there is none."""
    if source.is_dir():
        file = source / _PYPROJECT
        return file.read_text("utf-8") if file.is_file() else ""
    if source.suffix == ".zip":
        with zipfile.ZipFile(source) as archive:
            named = next(filter(_is_pyproject, archive.namelist()), None)
            return archive.read(named).decode() if named else ""
    with tarfile.open(source) as tar:
        name = next(filter(_is_pyproject, tar.getnames()), None)
        content = tar.extractfile(name) if name else None
        return content.read().decode() if content else ""


def _is_pyproject(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return len(parts) == 2 and parts[1] == _PYPROJECT


def find_build_wheels(
    requires: Sequence[str], backend: str, options: Sequence[str] = ()
) -> dict[str, Located]:
    """The wheels that meet build requirements on this machine, by their sha256.

    Args:
        requires: what a source says.
        backend: the locked one, such as `setuptools==84.2.1`, or nothing.
        options: for uv.

    Raises:
        LockError: there are none.
    """
    if not requires:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        constraints = Path(folder, "constraints.txt")
        constraints.write_text(backend, "utf-8")
        run = uv_pip(
            [
                *("compile", "-", "--no-header", "--format=pylock.toml", "--only-binary=:all:"),
                *(f"--constraints={constraints}", *options),
            ],
            sys.executable,
            stdin="\n".join(requires),
        )
    if run.returncode:
        raise LockError(f"{', '.join(requires)} cannot be resolved:\n{essence(run.stderr)}")
    found = Pylock.from_dict(tomllib.loads(run.stdout))
    return dict(_best(package) for package in found.packages)


def _best(package: Package) -> tuple[str, Located]:
    """The wheel that an installer takes on this machine."""
    ranks = {tag: rank for rank, tag in enumerate(sys_tags())}

    def rank_of(found: tuple[str, Located]) -> int:
        return min(ranks.get(tag, len(ranks)) for tag in parse_wheel_filename(found[1].name)[3])

    wheels = (each for each in files_of_package(package) if each[1].name.endswith(".whl"))
    return min(wheels, key=rank_of)
