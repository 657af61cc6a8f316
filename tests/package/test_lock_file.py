from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from asgi_docs.errors import LockError
from asgi_docs.package.lock_file import LockedPackage, fits, read_lock

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 'lock-version = "1.0"\ncreated-by = "somebody"\n'
SHA = "ab" * 32
NATIVE_SHA = "cd" * 32


def lock_file(folder: Path, text: str) -> Path:
    path = folder / "pylock.x.toml"
    path.write_text(text, "utf-8")
    return path


def package(name: str, *wheels: str, more: str = "") -> str:
    hashes = {wheel: NATIVE_SHA if "pyemscripten" in wheel else SHA for wheel in wheels}
    listed = ", ".join(
        f'{{ path = "{wheel}", hashes = {{ sha256 = "{sha256}" }} }}'
        for wheel, sha256 in hashes.items()
    )
    return f'[[packages]]\nname = "{name}"\nversion = "1.2"\n{more}wheels = [{listed}]\n'


@pytest.mark.parametrize(
    ("wheel", "fitting"),
    [
        ("a-1-py3-none-any.whl", True),
        ("a-1-py2.py3-none-any.whl", True),
        ("a-1-py2-none-any.whl", False),
        ("a-1-py315-none-any.whl", False),
        ("a-1-cp314-cp314-pyemscripten_2026_0_wasm32.whl", True),
        ("a-1-cp311-abi3-pyemscripten_2026_0_wasm32.whl", True),
        ("a-1-cp314-cp314-pyodide_2026_0_wasm32.whl", True),
        ("a-1-cp314-cp314-pyodide_2025_0_wasm32.whl", False),
        ("a-1-cp313-cp313-pyemscripten_2026_0_wasm32.whl", False),
        ("a-1-cp314-cp314t-pyemscripten_2026_0_wasm32.whl", False),
        ("a-1-cp314-cp314-manylinux_2_28_x86_64.whl", False),
        ("a-1.tar.gz", False),
    ],
)
def test_fitting_wheels(wheel: str, fitting: bool) -> None:
    assert fits(wheel) is fitting


def test_universal_lock_of_another_tool(tmp_path: Path) -> None:
    """Markers of other platforms do not count, the native wheel is preferred."""
    text = (
        HEAD
        + package(
            "b",
            "b-1.2-py3-none-any.whl",
            "b-1.2-cp314-cp314-manylinux_2_28_x86_64.whl",
            "b-1.2-cp314-cp314-pyemscripten_2026_0_wasm32.whl",
        )
        + package(
            "colorama",
            "colorama-1.2-cp314-cp314-win_amd64.whl",
            more="marker = \"sys_platform == 'win32'\"\n",
        )
        + package("a", "a-1.2-py3-none-any.whl")
    )
    assert read_lock(lock_file(tmp_path, text)) == [
        LockedPackage("a", "1.2", SHA),
        LockedPackage("b", "1.2", NATIVE_SHA),
    ]


def test_wheel_from_a_url(tmp_path: Path) -> None:
    url = "https://example.org/a/a-1.2-py3-none-any.whl"
    text = (
        f'{HEAD}[[packages]]\nname = "a"\n'
        f'archive = {{ url = "{url}", hashes = {{ sha256 = "{SHA}" }} }}\n'
    )
    (wheel,) = read_lock(lock_file(tmp_path, text))
    assert wheel.requirement == f"a @ {url} --hash=sha256:{SHA}"


@pytest.mark.parametrize(
    ("tool", "backend"),
    [
        ("", ""),
        ('tool = { other = { build-backend = "x" } }\n', ""),
        ('tool = { asgi-docs = { build-backend = "setuptools==84.2.1" } }\n', "setuptools==84.2.1"),
    ],
)
def test_source_where_no_wheel_fits(tool: str, backend: str, tmp_path: Path) -> None:
    sdist = f'sdist = {{ path = "a-1.2.tar.gz", hashes = {{ sha256 = "{SHA}" }} }}\n'
    more = tool + sdist
    text = (
        HEAD
        + package("a", "a-1.2-cp314-cp314-win_amd64.whl", more=more)
        + package("b", "b-1.2-py3-none-any.whl", more=more.replace("a-1.2", "b-1.2"))
    )
    assert read_lock(lock_file(tmp_path, text)) == [
        LockedPackage("a", "1.2", SHA, from_source=True, backend=backend),
        LockedPackage("b", "1.2", SHA),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("lock-version = ", "Invalid value"),
        ('created-by = "x"\npackages = []\n', "lock-version"),
        ('lock-version = "2.0"\ncreated-by = "x"\npackages = []\n', "2.0"),
        (HEAD + '[[packages]]\nname = "a"\nversion = "1"\nwheels = 3\n', r"packages\[0\]\.wheels"),
        (HEAD + package("a", "a-1.2-cp314-cp314-win_amd64.whl"), "a has no wheel"),
        (HEAD + package("a", "a-1.2-py3-none-any.whl").replace("sha256", "md5"), "a has no sha256"),
        (HEAD + 'requires-python = "<3.14"\npackages = []\n', "for Python <3.14"),
    ],
)
def test_broken_lock_is_reported_with_file_and_reason(
    text: str, reason: str, tmp_path: Path
) -> None:
    path = lock_file(tmp_path, text)
    with pytest.raises(LockError, match=reason) as error:
        read_lock(path)
    assert str(error.value).startswith(f"{path}: ")
    assert re.search(r"delete it|run asgi-docs lock ", str(error.value))
