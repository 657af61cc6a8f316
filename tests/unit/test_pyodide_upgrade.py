"""The command that maintainers upgrade Pyodide with: tests/pyodide_upgrade.py."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from asgi_docs.package import pyodide

from .. import pyodide_upgrade as upgrade

if TYPE_CHECKING:
    from pathlib import Path

    from asgi_docs.package.npm import NpmPackage

NEWER = {
    "VERSION": "315.0.1",
    "INTEGRITY": "sha512-bmV3",
    "PYTHON": "3.15.0",
    "ABI": "2027_0",
    "EMSCRIPTEN": "6.0.1",
}


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[NpmPackage]:
    """What was fetched from a registry that has one release."""
    info = {"python": "3.15.0", "abi_version": "2027_0", "platform": "emscripten_6_0_1"}
    (tmp_path / "pyodide-lock.json").write_text(json.dumps({"info": info}), "utf-8")
    fetched: list[NpmPackage] = []

    def fetch(package: NpmPackage) -> Path:
        fetched.append(package)
        return tmp_path

    monkeypatch.setattr(upgrade, "npm_command", lambda: ("npm",))
    monkeypatch.setattr(upgrade, "run_tool", lambda *_: "sha512-bmV3\n")
    monkeypatch.setattr(upgrade, "fetch_npm_package", fetch)
    return fetched


def test_pins_are_those_of_the_release(npm: list[NpmPackage]) -> None:
    assert upgrade.pins_of("315.0.1") == NEWER
    assert [(each.spec, each.integrity) for each in npm] == [("pyodide@315.0.1", "sha512-bmV3")]


def test_each_pin_stands_in_one_place() -> None:
    text = upgrade.PINS.read_text("utf-8")
    pins = upgrade.read_pins(text)
    assert pins["VERSION"] == pyodide.VERSION
    assert pins["INTEGRITY"] == pyodide.NPM_PACKAGE.integrity
    assert upgrade.repin(text, {name: pins[name] for name in NEWER}) == text
    assert upgrade.read_pins(upgrade.repin(text, NEWER)).items() >= NEWER.items()


def test_texts_that_name_the_platform(tmp_path: Path) -> None:
    file = tmp_path / "test.py"
    file.write_text(
        "cp314-cp314-pyemscripten_2026_0 cp314t __pycache__/a.cpython-314.pyc /lib/python3.14/a"
    )
    old = {"PYTHON": "3.14.2", "ABI": "2026_0"}
    upgrade.respell(file, upgrade.spellings(old), upgrade.spellings(NEWER))
    assert file.read_text() == (
        "cp315-cp315-pyemscripten_2027_0 cp315t __pycache__/a.cpython-315.pyc /lib/python3.15/a"
    )


def test_files_that_it_changes_are_there() -> None:
    known = upgrade.spellings(upgrade.read_pins(upgrade.PINS.read_text("utf-8")))
    for place in upgrade.SPELLED_OUT:
        text = (upgrade.ROOT / place).read_text("utf-8")
        assert any(each in text for each in known), f"{place} names no platform"
    assert "tests/replay/locks" in upgrade.lock_folders()
