"""`asgi-docs lock`: makes, mends and upgrades lock files, and tells what changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from packaging.utils import canonicalize_name
from packaging.version import Version

from asgi_docs.errors import LockError, PackageError
from asgi_docs.package.checkout import project_of
from asgi_docs.package.docs_sources import CONFIGURATIONS
from asgi_docs.package.lock import make_lock
from asgi_docs.package.lock_check import fits
from asgi_docs.package.lock_file import (
    lock_files,
    lock_path,
    parse_lock,
    requirements_of,
)
from asgi_docs.package.pages import find_live_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from packaging.pylock import Pylock

    from asgi_docs.package.checkout import Checkout

Versions = dict[str, str]
"""By canonical name."""


@dataclass(frozen=True)
class Upgrade:
    """What shall be resolved afresh, although the lock file has it.

    Attributes:
        everything: all packages.
        names: canonical names of packages.
    """

    everything: bool = False
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Change:
    """Another version of a package; an empty string stands for none."""

    package: str
    old: str
    new: str


@dataclass
class Relocked:
    """What `lock_site` or `lock_again` did.

    Attributes:
        made: new lock files.
        changed: those that are not as before.
        unchanged: how many are as before.
        notes: sentences about versions that are not the newest, each once.
        unused: those that no block of the site uses.
        changes: of the packages, sorted, each told once.
    """

    made: list[Path] = field(default_factory=list)
    changed: list[Path] = field(default_factory=list)
    unchanged: int = 0
    notes: list[str] = field(default_factory=list)
    unused: tuple[Path, ...] = ()
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class _Wanted:
    path: Path
    requires: tuple[str, ...]
    asker: str = ""


@dataclass(frozen=True)
class _Plan:
    upgrade: Upgrade
    project: Checkout | None
    urls: bool
    report: Callable[[str], None]


def lock_site(
    site: Path,
    locks: Path,
    upgrade: Upgrade,
    *,
    urls: bool = True,
    project: Path | Literal[False] | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> Relocked:
    """Make what is missing for the blocks of a built site, and mend what does not fit them.

    Args:
        site: the built HTML.
        locks: folder of the lock files.
        upgrade: what shall be resolved afresh.
        urls: whether new lock files say where each package was found.
        project: as in `package_site`.
        report: told what takes time.

    Raises:
        LockError: an environment cannot be resolved.
        PackageError: there is no such site, or it has no live blocks.
    """
    found = find_live_pages(site).blocks
    if not found:
        raise PackageError(
            f"{site} has neither live blocks nor lock files: give the folder of {CONFIGURATIONS}, "
            "or build the documentation and give the folder of its HTML."
        )
    blocks = [block for block in found if block.requires]
    wanted = {
        block.environment: _Wanted(
            lock_path(locks, block.environment), block.requires, block.source
        )
        for block in reversed(blocks)
    }
    used = {each.path for each in wanted.values()}
    ordered = [wanted[name] for name in sorted(wanted)]
    relocked = _relock(ordered, _plan(ordered, locks, upgrade, project, urls, report))
    relocked.unused = tuple(path for path in lock_files(locks) if path not in used)
    return relocked


def lock_again(
    locks: Path,
    upgrade: Upgrade,
    *,
    project: Path | Literal[False] | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> Relocked:
    """Mend or upgrade the lock files that there are, for the requirements that they name.

    Args:
        locks: folder of the lock files.
        upgrade: what shall be resolved afresh.
        project: as in `package_site`.
        report: told what takes time.

    Raises:
        LockError: a file is broken or names no requirements, or an environment cannot be resolved.
    """
    wanted = []
    for path in lock_files(locks):
        requires = requirements_of(parse_lock(path))
        if requires is None:
            raise LockError(
                f"{path}: it does not say what it was made for: give the built site to "
                "asgi-docs lock, or delete the file to have the next build make it afresh."
            )
        wanted.append(_Wanted(path, requires))
    return _relock(wanted, _plan(wanted, locks, upgrade, project, True, report))


def _plan(
    wanted: Sequence[_Wanted],
    locks: Path,
    upgrade: Upgrade,
    project: Path | Literal[False] | None,
    urls: bool,
    report: Callable[[str], None],
) -> _Plan:
    requires = [text for each in wanted for text in each.requires]
    return _Plan(upgrade, project_of(project, locks.absolute().parent, requires), urls, report)


def _relock(wanted: Sequence[_Wanted], plan: _Plan) -> Relocked:
    before = {each.path: _parse_if_there(each.path) for each in wanted}
    texts = {path: path.read_bytes() for path, lock in before.items() if lock}
    _refuse_unknown(plan.upgrade.names, before.values())
    relocked = Relocked()
    changes: set[Change] = set()
    problems: list[str] = []
    for each in wanted:
        old = before[each.path]
        if old and _stays(each, old, plan):
            relocked.unchanged += 1
            continue
        try:
            versions, notes = _lock_one(each, old, plan)
        except LockError as error:
            problems.append(f"{each.asker}: {error}" if each.asker else str(error))
            continue
        relocked.notes += [note for note in notes if note not in relocked.notes]
        if old is None:
            relocked.made.append(each.path)
        elif each.path.read_bytes() != texts[each.path]:
            relocked.changed.append(each.path)
            changes.update(_changes(_versions(old), versions))
        else:
            relocked.unchanged += 1
    if problems:
        raise LockError("\n".join(problems))
    relocked.changes = sorted(changes, key=lambda change: (change.package, change.old, change.new))
    return relocked


def _lock_one(wanted: _Wanted, old: Pylock | None, plan: _Plan) -> tuple[Versions, tuple[str, ...]]:
    plan.report(f"Resolving {', '.join(wanted.requires)}")
    keep = preferences(wanted.path.parent, wanted.path, plan.upgrade.names)
    notes = make_lock(
        wanted.path,
        wanted.requires,
        urls=_names_urls(old) if old else plan.urls,
        prefer={} if plan.upgrade.everything else keep,
        project=plan.project,
        report=plan.report,
    )
    return _versions(parse_lock(wanted.path)), notes


def preferences(locks: Path, path: Path, but_not: Collection[str] = ()) -> Versions:
    """The versions that a lock file should have: its own, else those of the files beside it.

    Environments that agree in a package share its download.

    Args:
        locks: folder of the lock files.
        path: the lock file, which may not exist yet.
        but_not: names that have no say.
    """
    found: Versions = {}
    for neighbour in lock_files(locks):
        for name, version in _versions(_parse_if_usable(neighbour)).items():
            found[name] = max(found.get(name, version), version, key=Version)
    found.update(_versions(_parse_if_usable(path)))
    return {name: version for name, version in found.items() if name not in but_not}


def _parse_if_there(path: Path) -> Pylock | None:
    return parse_lock(path) if path.exists() else None


def _parse_if_usable(path: Path) -> Pylock | None:
    try:
        return _parse_if_there(path)
    except LockError:
        return None


def _refuse_unknown(names: Collection[str], locks: Collection[Pylock | None]) -> None:
    for name in names:
        if not any(name in _versions(lock) for lock in locks):
            raise PackageError(f"No lock file has {name}.")


def _stays(wanted: _Wanted, lock: Pylock, plan: _Plan) -> bool:
    if plan.upgrade.everything or not plan.upgrade.names.isdisjoint(_versions(lock)):
        return False
    return fits(wanted.path, wanted.requires, plan.project)


def _versions(lock: Pylock | None) -> Versions:
    packages = lock.packages if lock else []
    return {canonicalize_name(each.name): str(each.version) for each in packages if each.version}


def _names_urls(lock: Pylock) -> bool:
    files = [file for each in lock.packages for file in (*(each.wheels or ()), each.sdist) if file]
    return any(file.url for file in files)


def _changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    return [
        Change(name, old.get(name, ""), new.get(name, ""))
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]
