"""What is kept between builds."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from asgi_docs.cli import main
from asgi_docs.errors import LockError
from asgi_docs.package import cache
from asgi_docs.package.installed import install
from asgi_docs.package.lock_file import LockedPackage
from asgi_docs.package.site import package_site

from .site_building import contents
from .wheels import write_wheel

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Built

DAY = 24 * 60 * 60


def publish(kind: str, key: str, text: str) -> Path:
    with cache.scratch_folder() as scratch:
        made = scratch / "made"
        (made / "sub").mkdir(parents=True)
        (made / "sub/file").write_text(text, "utf-8")
        return cache.publish(made, cache.entry(kind, key))


def test_damaged_entry_is_not_there(empty_cache: Path) -> None:
    for damage in (
        lambda file: file.write_text("sho"),  # half of it
        lambda file: file.write_text("wrong"),
        lambda file: file.unlink(),
        lambda file: (file.parents[1] / ".sealed.json").write_text("{"),
    ):
        entry = publish("layers", "key", "right")
        assert cache.entry("layers", "key").is_dir()
        damage(entry / "sub/file")
        assert not cache.entry("layers", "key").exists()
    assert not any((empty_cache / "tmp").iterdir())


def test_copied_cache_is_as_good(
    empty_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("layers", "key", "right")
    shutil.copytree(empty_cache, tmp_path / "copy", copy_function=shutil.copyfile)
    monkeypatch.setenv(cache.FOLDER_VARIABLE, str(tmp_path / "copy"))
    assert cache.entry("layers", "key").is_dir()


def test_what_was_not_used_for_long_is_deleted(
    empty_cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, used, new = (publish("layers", key, "x" * 1000) for key in ("old", "used", "new"))
    left = empty_cache / "tmp/killed"
    left.mkdir()
    for folder in (old, used, left):
        os.utime(folder, (time.time() - 40 * DAY,) * 2)
    cache.entry("layers", "used")
    assert main(["cache", "--prune", "30"]) == 0
    assert [each.exists() for each in (old, used, new, left)] == [False, True, True, False]
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Deleted 0.0 MB in 2 entries."
    assert told[1] == str(empty_cache)
    assert told[2].split() == ["layers", "0.0", "MB", "in", "2", "entries"]
    assert main(["cache", "--prune", "0"]) == 0
    assert cache.usage() == {}


@pytest.mark.node
@pytest.mark.network
def test_damaged_files_of_every_kind_are_made_again(built: Built, tmp_path: Path) -> None:
    """Half of the largest file of each entry: layers, runtime, Pyodide, standard library."""
    shutil.copytree(built.cache, tmp_path / "cache", symlinks=True)
    site = tmp_path / "site"
    shutil.copytree(built.site, site, ignore=shutil.ignore_patterns("asgi-docs"))
    for kind in (tmp_path / "cache").iterdir():
        for entry in kind.iterdir() if kind.name not in ("interpreter", "tmp") else ():
            files = [file for file in entry.rglob("*") if file.is_file()]
            largest = max(files, key=lambda file: file.stat().st_size)
            os.truncate(largest, largest.stat().st_size // 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASGI_DOCS_CACHE", str(tmp_path / "cache"))
        package_site(site, locks=built.locks)
    assert contents(site) == contents(built.site)


def start(site: Path, locks: Path, folder: Path) -> subprocess.Popen[str]:
    variables = {"ASGI_DOCS_CACHE": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(
        [sys.executable, "-m", "asgi_docs", "package", str(site), "--locks", str(locks)],
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.node
@pytest.mark.network
@pytest.mark.further
def test_two_builds_at_once_share_an_empty_cache(built: Built, tmp_path: Path) -> None:
    sites = [tmp_path / name for name in ("first", "second")]
    for site in sites:
        shutil.copytree(built.site, site, ignore=shutil.ignore_patterns("asgi-docs"))
    builds = [start(site, built.locks, tmp_path / "cache") for site in sites]
    for build in builds:
        _, errors = build.communicate(timeout=240)
        assert build.returncode == 0, errors
    assert all(contents(site) == contents(built.site) for site in sites)
    assert not any((tmp_path / "cache/tmp").iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit for a file's size there")
@pytest.mark.node
@pytest.mark.network
@pytest.mark.parametrize(
    ("gone", "problem"),
    [
        ("recordings", r"\S*(/tmp/\S*|_static/asgi-docs/\S*) cannot be written"),
        ("npm", "npm has no room for its files"),
        ("trees", "(uv|node) has no room for its files"),
    ],
)
def test_disk_that_is_full(gone: str, problem: str, built: Built, tmp_path: Path) -> None:
    """The system refuses every file above 100 kB."""
    shutil.copytree(built.cache, tmp_path / "cache", symlinks=True)
    shutil.rmtree(tmp_path / "cache" / gone)
    site = tmp_path / "site"
    shutil.copytree(built.site, site, ignore=shutil.ignore_patterns("asgi-docs"))
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "from asgi_docs.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "package", str(site), "--locks", str(built.locks)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            cache.FOLDER_VARIABLE: str(tmp_path / "cache"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert re.match(rf"asgi-docs: The disk is full: {problem}\. Make room, or .*\n$", run.stderr)
    assert not any((tmp_path / "cache/tmp").iterdir())
    written = contents(site / "_static/asgi-docs")
    assert not [path for path in written if path.endswith(".part")]
    finished = contents(built.folder)
    assert all(finished[path] == content for path, content in written.items())


def test_wheel_that_is_damaged_in_the_cache_of_uv(index: Path, tmp_path: Path) -> None:
    wheel = write_wheel(index, "web", files={"web.py": "VERSION = 1\n"})
    sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()
    packages = [LockedPackage("web", "1.0", sha256)]
    install(packages, tmp_path / "first", "web")
    (unpacked,) = (tmp_path / "uv-cache").rglob("web.py")
    unpacked.unlink()  # which may be the same file as the installed one
    unpacked.write_text("VERS")
    install(packages, tmp_path / "second", "web")
    assert (tmp_path / "second/web.py").read_text() == "VERSION = 1\n"


def test_wheel_that_is_damaged_wherever_it_comes_from(index: Path, tmp_path: Path) -> None:
    wheel = write_wheel(index, "web", files={"web.py": "VERSION = 1\n"})
    wheel.write_bytes(wheel.read_bytes().replace(b"VERSION = 1", b"VERSION = 2"))
    sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()
    with pytest.raises(LockError, match=r"pylock\.web\.toml cannot be fetched|web\.py is not as"):
        install([LockedPackage("web", "1.0", sha256)], tmp_path / "files", "web")
