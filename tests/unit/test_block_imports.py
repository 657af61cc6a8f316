from __future__ import annotations

import ast

import pytest

from asgi_docs.block.imports import check_imports, check_relative_imports
from asgi_docs.errors import BlockError


@pytest.mark.parametrize(
    "code",
    [
        "import json, email.message",
        "from js import document",
        "try: import uvloop\nexcept ImportError: ...",
    ],
)
def test_what_a_browser_has_needs_no_package(code: str) -> None:
    check_imports(ast.parse(code))


@pytest.mark.parametrize("code", ["import os, fastapi.responses", "from fastapi import FastAPI"])
def test_an_import_without_a_package_is_told_with_its_line(code: str) -> None:
    with pytest.raises(BlockError, match="imports 'fastapi'") as caught:
        check_imports(ast.parse(f"\n\n{code}\n"))
    assert (caught.value.line, caught.value.subtype) == (3, "app")


def test_a_relative_import_is_told_with_its_line() -> None:
    with pytest.raises(BlockError, match="a relative import finds nothing") as caught:
        check_relative_imports(ast.parse("import os\nfrom .db import items\n"))
    assert caught.value.line == 2
