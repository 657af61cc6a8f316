from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.files import AppFolder
from asgi_docs.block.imports import check_body_imports, check_imports
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> AppFolder:
    (tmp_path / "shop").mkdir()
    for name in ("models.py", "shop/__init__.py", "shop/db.py", "shop/main.py"):
        (tmp_path / name).touch()
    return AppFolder(lambda: tmp_path)


def problem(code: str, folder: AppFolder, *files: str, requires: tuple[str, ...] = ()) -> str:
    with pytest.raises(BlockError) as caught:
        check_imports(ast.parse(f"\n\n{code}\n"), folder, files, requires)
    assert (caught.value.line, caught.value.subtype) == (3, "app")
    return str(caught.value)


@pytest.mark.parametrize(
    "code",
    [
        "import json, email.message",
        "from js import document",
        "try: import uvloop\nexcept ImportError: ...",
    ],
)
def test_what_a_browser_has_needs_no_package(folder: AppFolder, code: str) -> None:
    check_imports(ast.parse(code), folder, [], [])


@pytest.mark.parametrize("code", ["import os, fastapi.responses", "from fastapi import FastAPI"])
def test_an_import_without_a_package_is_told_with_its_line(folder: AppFolder, code: str) -> None:
    assert "imports 'fastapi', but the block requires no packages" in problem(code, folder)


def test_files_of_the_block_need_no_package(folder: AppFolder) -> None:
    code = ast.parse("import models, shop.db\nfrom shop import db\n")
    check_imports(code, folder, ["models.py", "shop/__init__.py", "shop/db.py"], [])


@pytest.mark.parametrize(
    ("code", "file"),
    [("import models", "models.py"), ("from shop.db import items", "shop/__init__.py")],
)
def test_a_file_beside_the_code_is_to_be_named(folder: AppFolder, code: str, file: str) -> None:
    sentence = f"imports {file!r}, which is no file of the block; name it with the option 'files'."
    assert sentence in problem(code, folder)
    assert sentence in problem(code, folder, requires=("fastapi",))


def test_a_package_may_have_the_name_of_a_file(folder: AppFolder) -> None:
    check_imports(ast.parse("import models"), folder, [], ["Models>=2"])


def test_relative_imports_in_a_package(folder: AppFolder) -> None:
    package = AppFolder(folder.find, ("shop",))
    relative = "from .db import items"
    check_imports(ast.parse(relative), package, ["shop/db.py"], [])
    check_imports(ast.parse("from . import db"), package, ["shop/db.py"], [])
    check_imports(ast.parse("from . import defined_in_the_package"), package, [], [])
    assert "imports 'shop/db.py'" in problem("from . import db", package)
    assert "imports 'shop/db.py'" in problem(relative, package)
    assert "finds no file 'shop/nowhere.py'" in problem("from .nowhere import x", package)


def test_a_relative_import_in_a_page_is_told_with_its_line() -> None:
    with pytest.raises(BlockError, match="a relative import finds nothing") as caught:
        check_body_imports(ast.parse("import os\nfrom .db import items\n"))
    assert caught.value.line == 2
