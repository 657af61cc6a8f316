"""What the build learns from starting an environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.model import LiveBlock
from asgi_docs.package import recording
from asgi_docs.package.site import package_site

from .site_building import PLAIN, write_page

if TYPE_CHECKING:
    from pathlib import Path

    from asgi_docs.package.tree import Tree


def block(code: str, **files: str) -> LiveBlock:
    return LiveBlock(app="main:app", files={"main.py": code, **files}, source="a.rst:1")


def test_imports_of_a_blocks_files() -> None:
    code = (
        "import json, xml.dom\nfrom fastapi import Query, FastAPI\nfrom . import x\nimport own\n"
        "from own.parts import part\nif True:\n    import optional\n"
    )
    given = block(code, **{"own/parts.py": "import csv\n", "broken.py": "def", "a.txt": "import x"})
    assert sorted(recording._imports(given)) == [
        ("csv", ()),
        ("fastapi", ("FastAPI", "Query")),
        ("json", ()),
        ("xml.dom", ()),
    ]


@pytest.mark.network
@pytest.mark.node
@pytest.mark.usefixtures("built")  # whose cache has what this packaging does not differ in
def test_endless_block_costs_its_own_part_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "_TIME_LIMIT", 15)
    made: list[dict[Tree, frozenset[str]]] = []
    original = recording.hot_paths

    def remembered(*given: object) -> object:
        made.append(original(*given))  # type: ignore[arg-type]
        return made[-1]

    monkeypatch.setattr("asgi_docs.package.environment.hot_paths", remembered)
    endless = block("import colorsys\nimport calendar\nwhile True:\n    pass\n")
    write_page(tmp_path / "site/a.html", endless, PLAIN, base="_static/asgi-docs/")
    package_site(tmp_path / "site", locks=tmp_path)
    (stdlib,) = [paths for tree, paths in made[0].items() if tree.name == "python"]
    assert "__pycache__/colorsys.cpython-314.pyc" in stdlib
    assert "__pycache__/pdb.cpython-314.pyc" not in stdlib
