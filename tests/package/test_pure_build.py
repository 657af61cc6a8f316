"""Packages that have only a source distribution. All of it runs without a network."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from packaging.pylock import Pylock

from asgi_docs.errors import LockError
from asgi_docs.package import environment
from asgi_docs.package.cache import FOLDER_VARIABLE
from asgi_docs.package.installed import files_of_distributions
from asgi_docs.package.lock import make_lock
from asgi_docs.package.lock_file import read_lock
from asgi_docs.package.pure_build import build
from asgi_docs.serve import listen

from .sdists import write_sdist
from .site_building import contents

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from pathlib import Path

NATIVE = 'files["speedy/_speedups.cpython-311-x86_64-linux-gnu.so"] = "ELF"'


@pytest.fixture(autouse=True)
def no_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asgi_docs.package.runnable.ports", dict)


def test_lock_holds_the_source_and_what_builds_it(index: Path, tmp_path: Path) -> None:
    source = write_sdist(index, "speedy", generator="setuptools (84.2.1)")
    write_sdist(index, "web", dependencies=("speedy",), generator="flit 3.12.0")
    path = tmp_path / "pylock.toml"
    reports: list[str] = []
    make_lock(path, ["web"], report=reports.append)
    assert reports == [
        "Building speedy 1.0 without its native parts",
        "Building web 1.0 without its native parts",
    ]
    locked = read_lock(path)
    assert locked[0] == dataclasses.replace(source, backend="setuptools==84.2.1")
    assert locked[1].backend == "flit-core==3.12.0"
    lock = Pylock.from_dict(tomllib.loads(path.read_text("utf-8")))
    assert [package.wheels for package in lock.packages] == [None, None]
    assert str(tmp_path) not in path.read_text("utf-8")


def test_build_is_kept(index: Path, tmp_path: Path) -> None:
    source = write_sdist(index, "speedy", generator="setuptools (84.2.1)")
    first = build(source)
    (index / "speedy-1.0.tar.gz").unlink()
    make_again = [source, dataclasses.replace(source, backend="setuptools==84.2.1")]
    assert [build(each) for each in make_again] == [first, first]
    other = dataclasses.replace(source, backend="setuptools==83.0.0")
    with pytest.raises(LockError, match="its source cannot be built"):
        build(other)


def test_builds_on_two_machines_are_equal(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_sdist(
        index, "speedy", step='files["speedy/time.txt"] = os.environ["SOURCE_DATE_EPOCH"]'
    )
    first = build(source).files
    assert b"Tag: py3-none-any\n" in contents(first)["speedy-1.0.dist-info/WHEEL"]
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "second"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    second = build(source).files
    assert first != second
    built = contents(first)
    # The installer's own file, which is not packed.
    assert built.pop("speedy-1.0.dist-info/RECORD")
    assert built.items() <= contents(second).items()


def test_native_part_that_can_be_left_out(index: Path) -> None:
    """By the package's own switch, or since no compiler is there."""
    switched = f'if not os.environ.get("SPEEDY_NO_EXTENSIONS"): {NATIVE}'
    assert build(write_sdist(index, "speedy", step=switched))
    compiled = (
        "import subprocess\n"
        "    try: subprocess.run([os.environ['CC'], '--version'], check=True)\n"
        "    except (OSError, subprocess.CalledProcessError): pass\n"
        f"    else: {NATIVE.replace('speedy', 'optional')}"
    )
    assert build(write_sdist(index, "optional", step=compiled))


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (NATIVE, r"its source makes native code \(_speedups\.cpython-311-x86_64-linux-gnu\.so\)"),
        ("raise SystemExit('no compiler')", "its source cannot be built without a compiler"),
    ],
)
def test_package_that_cannot_be_pure(step: str, reason: str, index: Path, tmp_path: Path) -> None:
    write_sdist(index, "speedy", step=step)
    write_sdist(index, "other", step=NATIVE)
    write_sdist(index, "middle", dependencies=("speedy", "other"))
    write_sdist(index, "web", dependencies=("middle",))
    with pytest.raises(LockError) as error:
        make_lock(tmp_path / "pylock.toml", ["web"])
    lines = str(error.value).splitlines()
    assert lines[0].startswith("web: these packages have nothing that runs on Pyodide")
    assert lines[1].startswith("  other 1.0 (needed by middle, needed by web): ")
    assert re.fullmatch(rf"  speedy 1\.0 \(needed by middle, needed by web\): {reason}", lines[2])
    assert len(lines) == 4
    assert not (tmp_path / "pylock.toml").exists()


@pytest.mark.parametrize("step", [NATIVE, "raise SystemExit('no compiler')"])
def test_build_that_failed_is_not_tried_again_the_same_day(
    step: str, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_sdist(index, "speedy", step=step)
    with pytest.raises(LockError) as first:
        build(source)
    with monkeypatch.context() as nothing_runs:
        nothing_runs.setattr("asgi_docs.package.pure_build.uv_pip", None)
        with pytest.raises(LockError) as second:
            build(source)
    assert str(second.value) == str(first.value)
    monkeypatch.setattr("asgi_docs.package.pure_build._TRY_AGAIN", 0)
    monkeypatch.setattr("asgi_docs.package.pure_build.native_file", lambda _: None)
    if step == NATIVE:
        assert build(source)


def test_what_no_app_imports_is_left_out(index: Path, tmp_path: Path) -> None:
    left_out = ["_speedups.c", "_speedups.pyx", "_speedups.pyi", "locale/de.po", "launcher.exe"]
    left_out += ["tests/__init__.py", "tests/data/a.txt", "tests/unit/test_a.py"]
    kept = ["__init__.py", "__init__.pyi", "api/tests/__init__.py", "locale/de.mo", "py.typed"]
    step = f"files.update({{'speedy/' + name: '' for name in {left_out + kept}}})"
    folder = tmp_path / "site-packages"
    shutil.copytree(build(write_sdist(index, "speedy", step=step)).files, folder)
    files = files_of_distributions(folder)["speedy"]
    assert [name for name in files if name.startswith("speedy/")] == [
        f"speedy/{name}" for name in kept
    ]


def test_source_from_a_url(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_sdist(index, "speedy", generator="setuptools (84.2.1)")
    monkeypatch.delenv("UV_OFFLINE")
    path = tmp_path / "pylock.toml"
    with listen(index, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            url = f"{server.url}speedy-1.0.tar.gz"
            make_lock(path, [f"speedy @ {url}"])
        finally:
            server.shutdown()
            thread.join()
    (locked,) = read_lock(path)
    assert (locked.url, locked.backend) == (url, "setuptools==84.2.1")
    assert locked.from_source
    assert build(locked)


def test_source_that_is_not_the_locked_one(index: Path) -> None:
    source = write_sdist(index, "speedy")
    with pytest.raises(LockError, match=r"^its source is not the file that is locked"):
        build(dataclasses.replace(source, sha256="0" * 64))


def test_source_that_wants_another_python_than_the_build_has(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As uv 0.13 says it of what an index has; a folder does not tell beforehand."""
    said = (
        "error: No solution found when resolving dependencies\n"
        "  cause: Because the current Python version (3.11.7) does not satisfy Python>=3.12 and "
        "speedy==1.0 depends on Python>=3.12, we can conclude that speedy==1.0 cannot be used.\n"
    )
    failed = subprocess.CompletedProcess([], 1, "", said)
    monkeypatch.setattr("asgi_docs.package.pure_build.uv_pip", lambda *_, **__: failed)
    with pytest.raises(LockError, match=r"^its source is built by Python >=3\.12, and this is 3\."):
        build(write_sdist(index, "speedy"))


def test_source_of_another_package(index: Path) -> None:
    source = write_sdist(
        index, "speedy", step="files = {k.replace('speedy', 'other'): files[k] for k in files}"
    )
    with pytest.raises(LockError, match="its source cannot be built"):
        build(source)


def test_error_while_packing_names_package_and_environment(index: Path) -> None:
    gone = dataclasses.replace(write_sdist(index, "speedy"), version="1.1")
    with pytest.raises(LockError, match=r"^speedy 1\.1, locked for web-1a2b: its source cannot"):
        environment.prepare({"web-1a2b": [gone]}, [], lambda _: None)
