"""Whether a lock file still has what a block requires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from asgi_docs.errors import LockError, OutdatedLockError
from asgi_docs.package import pyodide
from asgi_docs.package.checkout import built_packages, is_local
from asgi_docs.package.lock_file import how_to_renew, read_lock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from asgi_docs.package.checkout import Checkout
    from asgi_docs.package.lock_file import LockedPackage


def fitting_packages(
    path: Path,
    requires: Sequence[str],
    project: Checkout | None,
    *,
    asker: str = "",
    report: Callable[[str], None] = lambda _: None,
) -> list[LockedPackage]:
    """The packages of a lock file, local source trees being built.

    Args:
        path: the lock file.
        requires: what it must have.
        project: the documented project, whose published form will not do.
        asker: who requires that, such as `tutorial/first.rst:12`.
        report: told what takes time.

    Raises:
        OutdatedLockError: it has something else.
        LockError: it is broken, or a source tree cannot be built.
    """
    packages = read_lock(path)
    try:
        if problem := _unmet(requires, packages, path.parent.parent):
            raise OutdatedLockError(f"{problem}, which {asker or 'a block'} requires")
        if project and any(each.name == project.name and not each.folder for each in packages):
            raise OutdatedLockError(
                f"it has the published {project.name} in place of {project.folder}"
            )
        return built_packages(packages, report)
    except OutdatedLockError as error:
        raise OutdatedLockError(f"{path}: {error}: {how_to_renew(path)}.") from None


def _unmet(requires: Sequence[str], packages: Sequence[LockedPackage], docs: Path) -> str:
    """What is wrong, such as `it has starlette==1.0 in place of starlette>=1.1`; else nothing."""
    by_name = {package.name: package for package in packages}
    for requirement in map(Requirement, requires):
        if requirement.marker and not requirement.marker.evaluate(pyodide.marker_environment()):
            continue
        package = by_name.get(canonicalize_name(requirement.name))
        if package is None:
            return f"it has no {requirement.name}"
        if not _meets(package, requirement, docs):
            return f"it has {package.folder or package.pin} in place of {requirement}"
    return ""


def _meets(package: LockedPackage, requirement: Requirement, docs: Path) -> bool:
    if requirement.url and is_local(requirement.url):
        return package.folder == (docs / requirement.url).resolve()
    if package.folder:
        return True  # in place of whatever is published
    if requirement.url:
        return package.url == requirement.url.partition("#")[0]
    return requirement.specifier.contains(package.version, prereleases=True)


def fits(path: Path, requires: Sequence[str], project: Checkout | None) -> bool:
    """Whether a lock file can be used as it is."""
    try:
        fitting_packages(path, requires, project)
    except LockError:
        return False
    return True
