from __future__ import annotations

from pathlib import Path

import pytest

from asgi_docs.block.patterns import is_example

DOCS = Path("/project/docs [old]")


@pytest.mark.parametrize(
    ("pattern", "file"),
    [
        ("examples/*.py", "examples/shop.py"),
        ("examples/**/*.py", "examples/shop.py"),
        ("examples/**/*.py", "examples/a/b/shop.py"),
        ("examples", "examples/a/shop.py"),
        ("examples/**", "examples/a/shop.py"),
        ("**/tutorial[0-9].py", "a/tutorial1.py"),
        ("../src/*", "../src/a/shop.py"),
        ("..", "../src/shop.py"),
        ("shop.py", "shop.py"),
        ("shop.py", "a/../shop.py"),
    ],
)
def test_a_pattern_names_python_files(pattern: str, file: str) -> None:
    assert is_example(DOCS / file, [pattern], DOCS)


@pytest.mark.parametrize(
    ("pattern", "file"),
    [
        ("examples/*.py", "examples/a/shop.py"),
        ("examples/*.py", "shop.py"),
        ("examples", "examples.py"),
        ("examples/**", "examples/a.toml"),
        ("*.py", "../shop.py"),
        ("src/**/*.py", "../src/shop.py"),
    ],
)
def test_a_pattern_names_nothing_else(pattern: str, file: str) -> None:
    assert not is_example(DOCS / file, [pattern], DOCS)
    assert not is_example(DOCS / file, [], DOCS)
