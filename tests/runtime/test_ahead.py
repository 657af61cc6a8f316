"""What an interpreter without an app imports, and what it leaves to the app."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from asgi_docs.runtime.ahead import import_ahead, top_level_names

if TYPE_CHECKING:
    from pathlib import Path

LIBRARIES = ("lib_one", "lib_two", "lib_three")


@pytest.fixture(autouse=True)
def _libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(os, "environ", os.environ.copy())
    for name in LIBRARIES:
        monkeypatch.delitem(sys.modules, name, raising=False)
        (tmp_path / f"{name}.py").write_text("thing = 1\n")


def imported(files: dict[str, str], module: str = "main") -> list[str]:
    for name in LIBRARIES:
        sys.modules.pop(name, None)
    import_ahead(module, files)
    return [name for name in LIBRARIES if name in sys.modules]


def test_the_imports_that_the_code_begins_with() -> None:
    main = '"""Docs."""\nfrom __future__ import annotations\nimport lib_one\n'
    main += "from lib_two import thing\napp = thing\nimport lib_three\n"

    assert imported({"main.py": main}) == ["lib_one", "lib_two"]


@pytest.mark.parametrize(
    "first",
    [
        "import os; os.environ['AHEAD_TEST'] = '1'",
        "import models",
        "from models import Item",
        "from . import models",
        "try:\n    import lib_two\nexcept ImportError:\n    pass",
    ],
    ids=["own code", "own module", "from own module", "relative", "a condition"],
)
def test_nothing_after_what_the_app_does_itself(first: str) -> None:
    main = f"import lib_one\n{first}\nimport lib_three\n"

    assert imported({"main.py": main, "models.py": "raise AssertionError"}) == ["lib_one"]
    assert "AHEAD_TEST" not in os.environ


def test_packages_around_the_module_come_first() -> None:
    """And keep back what comes after their own code."""
    files = {"shop/__init__.py": "import lib_one\n", "shop/main.py": "import lib_two\n"}

    assert imported(files, "shop.main") == ["lib_one", "lib_two"]
    files["shop/__init__.py"] += "ready = True\n"
    assert imported(files, "shop.main") == ["lib_one"]


@pytest.mark.parametrize("main", ["import (", "", "\0"])
def test_code_that_does_not_parse_is_left_to_the_app(main: str) -> None:
    assert imported({"main.py": main}) == []


def test_an_import_that_fails_is_an_error() -> None:
    with pytest.raises(ModuleNotFoundError, match="lib_four"):
        imported({"main.py": "import lib_four\n"})


def test_names_of_the_apps_own_modules() -> None:
    files = {"main.py": "", "shop/__init__.py": "", "shop/models.py": "", "notes.txt": ""}

    assert top_level_names(files) >= {"main", "shop"}
