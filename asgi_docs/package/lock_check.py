"""Whether a lock file still has what a block requires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from asgi_docs.package import pyodide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asgi_docs.package.lock_file import LockedPackage


def unmet(requires: Sequence[str], packages: Sequence[LockedPackage]) -> str:
    """What is wrong, such as `it has starlette==1.0 in place of starlette>=1.1`; else nothing."""
    by_name = {package.name: package for package in packages}
    for requirement in map(Requirement, requires):
        if requirement.marker and not requirement.marker.evaluate(pyodide.marker_environment()):
            continue
        package = by_name.get(canonicalize_name(requirement.name))
        if package is None:
            return f"it has no {requirement.name}"
        if not _meets(package, requirement):
            return f"it has {package.pin} in place of {requirement}"
    return ""


def _meets(package: LockedPackage, requirement: Requirement) -> bool:
    if requirement.url:
        return package.url == requirement.url.partition("#")[0]
    return requirement.specifier.contains(package.version, prereleases=True)
