"""What Pyodide makes of a tree of sources."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from asgi_docs.package.layer import keep_layer, unpack_layer
from asgi_docs.package.recipe import pack_layer
from asgi_docs.package.workshop import LayerJob, run_jobs

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = {
    "pkg/__init__.py": 'NAMES = {"one", "two", "three"}\nTEXT = "a longer text, used twice"\n',
    "pkg/deep.py": (
        '"""Docs."""\n\ndef f(x):\n    "a longer text, used twice"\n'
        '    return x in {"one", "two", "three", 4, 5.5}\n'
    ),
    "pkg/python2.py": "print 'no Python 3'\n",
    "pkg/latin.py": "# -*- coding: latin-1 -*-\nNAME = 'é'\n",
    "pkg/data.bin": "\0",
}


def write_sources(folder: Path) -> dict[str, str]:
    for path, text in SOURCES.items():
        target = folder / "in" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "latin-1")
    return {path: f"in/{path}" for path in SOURCES}


@pytest.mark.network
@pytest.mark.node
def test_same_bytes_alone_and_in_company(tmp_path: Path) -> None:
    alone, company = tmp_path / "alone", tmp_path / "company"
    for folder in (alone, company):
        folder.mkdir()
    run_jobs([LayerJob(write_sources(alone), "a.layer")], alone)
    files = write_sources(company)
    other = {"other/one.py": files["pkg/__init__.py"]}
    run_jobs([LayerJob(other, "b.layer"), LayerJob(files, "a.layer")], company)
    content = (alone / "a.layer").read_bytes()
    assert content == (company / "a.layer").read_bytes()
    layer = unpack_layer(content)
    assert {path for path in layer if path.endswith(".pyc")} == {
        f"pkg/__pycache__/{name}.cpython-314.pyc" for name in ("__init__", "deep", "latin")
    }
    assert all(layer[path] == text.encode("latin-1") for path, text in SOURCES.items())


def test_layer_format() -> None:
    files = {"b/x.py": b"two", "a.py": b"", "b/\N{SNOWMAN}": bytes(range(256))}
    content = pack_layer(files)
    assert content[:10] == pack_layer(dict(reversed(files.items())))[:10]
    assert content[4:8] == bytes(4), "gzip's time"
    assert unpack_layer(content) == files
    assert list(unpack_layer(content)) == sorted(files)


def test_urls_of_front_end_packages_are_noticed(tmp_path: Path) -> None:
    source = tmp_path / "docs.py"
    source.write_text(
        'A = "https://cdn.jsdelivr.net/npm/swagger-ui-dist@5/swagger-ui.css"\n'
        'B = "https://unpkg.com/redoc@next/x.js" # me@example.org/\n'
        'C = "https://example.org/user@1.2.3"\n',
        "utf-8",
    )
    made = tmp_path / "made.layer"
    made.write_bytes(pack_layer({}))
    layer = keep_layer("urls", made, name="a", version="1", sources=[source])
    assert layer.npm_packages == ("redoc", "swagger-ui-dist")
    assert json.loads(layer.file.with_name("about.json").read_text("utf-8"))["name"] == "a"
