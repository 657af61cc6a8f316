"""`asgi-docs lock`. All of it runs without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.model import LiveBlock
from asgi_docs.cli import main
from asgi_docs.errors import LockError
from asgi_docs.package.lock import make_lock
from asgi_docs.package.lock_file import lock_path, read_lock
from asgi_docs.package.relock import Change, Upgrade, lock_again, lock_site
from asgi_docs.package.site import package_site

from .site_building import write_page
from .wheels import write_wheel

if TYPE_CHECKING:
    from pathlib import Path

CODE = {"main.py": "async def app(scope, receive, send): ...\n"}
WEB = LiveBlock(app="main:app", files=CODE, requires=("web",), source="first.rst:3")
SHOP = LiveBlock(app="main:app", files=CODE, requires=("shop", "web>=1"), source="second.rst:5")


@pytest.fixture
def locks(tmp_path: Path) -> Path:
    return tmp_path / "docs/asgi-docs"


@pytest.fixture
def site(tmp_path: Path, index: Path) -> Path:
    """Two environments; packages of version 1."""
    write_wheel(index, "base")
    write_wheel(index, "web", dependencies=("base",))
    write_wheel(index, "shop")
    site = tmp_path / "site"
    write_page(site / "a.html", WEB, SHOP, base="_static/asgi-docs/")
    return site


def versions(locks: Path, block: LiveBlock) -> dict[str, str]:
    return {each.name: each.version for each in read_lock(lock_path(locks, block.environment))}


def test_missing_lock_files_are_made_and_good_ones_stay(
    site: Path, locks: Path, index: Path
) -> None:
    web, shop = (lock_path(locks, each.environment) for each in (WEB, SHOP))
    first = lock_site(site, locks, Upgrade())
    assert (first.made, first.changed, first.changes) == ([shop, web], [], [])
    write_wheel(index, "base", "2.0")
    text = web.read_text("utf-8")
    shop.unlink()
    second = lock_site(site, locks, Upgrade())
    assert (second.made, second.unchanged) == ([shop], 1)
    assert web.read_text("utf-8") == text
    # Environments that agree share what the reader downloads.
    assert versions(locks, SHOP) == {"base": "1.0", "shop": "1.0", "web": "1.0"}


def test_upgrades(site: Path, locks: Path, index: Path) -> None:
    lock_site(site, locks, Upgrade())
    write_wheel(index, "base", "2.0")
    write_wheel(index, "web", "2.0", dependencies=("base",))
    one = lock_again(locks, Upgrade(names=frozenset(["base"])))
    assert one.changes == [Change("base", "1.0", "2.0")]
    assert len(one.changed) == 2
    assert versions(locks, WEB) == {"base": "2.0", "web": "1.0"}
    write_wheel(index, "shop", "2.0", dependencies=("extra",))
    write_wheel(index, "extra", "0.1")
    everything = lock_site(site, locks, Upgrade(everything=True))
    assert everything.changes == [
        Change("extra", "", "0.1"),
        Change("shop", "1.0", "2.0"),
        Change("web", "1.0", "2.0"),
    ]


def test_command_tells_what_changed(
    site: Path, locks: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    web, shop = (lock_path(locks, each.environment) for each in (WEB, SHOP))
    arguments = ["lock", str(site), "--locks", str(locks)]
    assert main(arguments) == 0
    told = capsys.readouterr()
    assert told.out == "".join(f"New lock file, to be committed: {path}\n" for path in (shop, web))
    assert told.err == "", "in a log, nothing but what was done"
    write_wheel(index, "shop", "10.0")
    assert main(["lock", str(locks.parent), "--upgrade-package", "Shop"]) == 0
    assert capsys.readouterr().out == (
        "Package  Old  New\n"
        "shop     1.0  10.0\n"
        f"Changed lock file, to be committed: {shop}\n"
        "Unchanged: 1 lock file.\n"
    )
    assert main(["lock", str(locks), "--upgrade-package", "nothing"]) == 1
    assert capsys.readouterr().err == "asgi-docs: No lock file has nothing.\n"


def test_lock_files_that_no_block_uses_are_named(site: Path, locks: Path) -> None:
    make_lock(lock_path(locks, "old-1234"), ["base"])
    assert lock_site(site, locks, Upgrade()).unused == (lock_path(locks, "old-1234"),)
    assert lock_path(locks, "old-1234").exists()


# Edits keep the names of the wheels' files true, as the form of lock files wants it.
WEB_1, WEB_0 = 'name = "web"\nversion = "1.0"', 'name = "web"\nversion = "0.9"'


@pytest.mark.parametrize(
    ("edits", "problem"),
    [
        (
            {'"web"': '"wob"', "web-1.0-": "wob-1.0-"},
            r"it has no web, which second\.rst:5 requires",
        ),
        ({WEB_1: WEB_0, "web-1.0-": "web-0.9-"}, r"it has web==0\.9 in place of web>=1, which"),
        ({'name = "base"\n': 'name = "bass"\n', "base-": "bass-"}, "no base, which web needs"),
        ({'"2026_0"': '"2031_0"'}, r"\(ABI 2031_0\), and readers get .*\(ABI 2026_0\)"),
    ],
)
def test_build_refuses_a_lock_file_that_no_longer_fits(
    edits: dict[str, str],
    problem: str,
    site: Path,
    locks: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(locks.parents[1])
    path = lock_path(locks, SHOP.environment)
    lock_site(site, locks, Upgrade())
    good = bad = path.read_text("utf-8")
    for old, new in edits.items():
        bad = bad.replace(old, new)
    path.write_text(bad, "utf-8")
    with pytest.raises(LockError, match=problem) as error:
        package_site(site, locks=locks)
    assert str(error.value).startswith(f"{path}: it ")
    assert str(error.value).endswith(": run asgi-docs lock docs/asgi-docs.")
    assert path.read_text("utf-8") == bad
    assert main(["lock", "docs/asgi-docs"]) == 0
    assert path.read_text("utf-8") == good


def test_lock_file_that_does_not_tell_its_requirements(
    site: Path, locks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock_site(site, locks, Upgrade())
    path = lock_path(locks, WEB.environment)
    path.write_text(path.read_text("utf-8").partition("[tool.asgi-docs]")[0], "utf-8")
    assert main(["lock", str(locks)]) == 1
    assert capsys.readouterr().err.startswith(f"asgi-docs: {path}: it does not say what")
    assert lock_site(site, locks, Upgrade()).unchanged == 2


def test_folder_that_is_no_documentation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lock", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"asgi-docs: {tmp_path} has neither live blocks nor lock files: give")


def test_all_environments_that_cannot_be_locked_are_told(
    site: Path, locks: Path, index: Path
) -> None:
    next(index.glob("web-*")).unlink()
    with pytest.raises(LockError) as error:
        lock_site(site, locks, Upgrade())
    told = [line for line in str(error.value).splitlines() if not line.startswith(" ")]
    assert [line.partition(" ")[0] for line in told] == ["second.rst:5:", "first.rst:3:"]
