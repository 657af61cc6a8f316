"""What Pyodide makes of a tree of sources."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING

import pytest
import zstandard

from asgi_docs.package.recipe import needs_libraries, pack_layer, pack_tree, read_tree
from asgi_docs.package.tree import cached_tree, keep_tree
from asgi_docs.package.workshop import LayerJob, TreeJob, run_jobs

from .extension import EXTENSION, LIBRARY

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
    run_jobs([TreeJob(write_sources(alone), "a.tree")], alone)
    files = write_sources(company)
    other = {"other/one.py": files["pkg/__init__.py"]}
    run_jobs([TreeJob(other, "b.tree"), TreeJob(files, "a.tree")], company)
    content = (alone / "a.tree").read_bytes()
    assert content == (company / "a.tree").read_bytes()
    tree = read_tree(content)
    assert {path for path in tree if path.endswith(".pyc")} == {
        f"pkg/__pycache__/{name}.cpython-314.pyc" for name in ("__init__", "deep", "latin")
    }
    assert all(tree[path] == text.encode("latin-1") for path, text in SOURCES.items())


@pytest.mark.network
@pytest.mark.node
def test_layers_are_packed_as_the_builds_own_python_would(tmp_path: Path) -> None:
    files = {"a.py": b"one", "b/c.py": b"two"}
    (tmp_path / "x.tree").write_bytes(pack_tree(files))
    run_jobs([LayerJob("x.tree", ["a.py"], "x")], tmp_path)
    packed = {path.name: path.read_bytes() for path in (tmp_path / "x").iterdir()}
    made = {name: zstandard.decompress(content) for name, content in packed.items()}
    assert made == pack_layer(files, {"a.py"})
    frames = [zstandard.get_frame_parameters(content) for content in packed.values()]
    assert all(frame.has_checksum for frame in frames)


def test_tree_format() -> None:
    files = {"b/x.py": b"two", "a.py": b"", "b/\N{SNOWMAN}": bytes(range(256))}
    content = pack_tree(files)
    assert content == pack_tree(dict(reversed(files.items())))
    assert read_tree(content) == files
    assert list(read_tree(content)) == sorted(files)


def test_layer_format() -> None:
    tree = {"b.so": b"wasm", "c.so": b"more", "a.py": b"source", "a.pyc": b"code", "d.pyc": b"rest"}
    parts = pack_layer(tree, {"a.pyc", "b.so", "of an older version"})
    (length,) = struct.unpack_from("<I", parts["hot"])
    assert json.loads(parts["hot"][4 : 4 + length]) == {
        "files": [["a.pyc", 4]],
        "extensions": [["b.so", 4]],
        "cold": [["a.py", 6], ["c.so", 4], ["d.pyc", 4]],
    }
    assert parts["hot"][4 + length :] == b"code"
    assert parts["extension-0"] == b"wasm"
    assert parts["cold"] == b"sourcemorerest"


def test_layer_of_hot_files_only() -> None:
    assert list(pack_layer({"a.py": b""}, {"a.py"})) == ["hot"]


def test_urls_of_front_end_packages_are_noticed(tmp_path: Path) -> None:
    source = tmp_path / "docs.py"
    source.write_text(
        'A = "https://cdn.jsdelivr.net/npm/swagger-ui-dist@5/swagger-ui.css"\n'
        'B = "https://unpkg.com/redoc@next/x.js" # me@example.org/\n'
        'C = "https://example.org/user@1.2.3"\n',
        "utf-8",
    )
    made = tmp_path / "made.tree"
    made.write_bytes(pack_tree({}))
    keep_tree("urls", made, name="a", version="1", sources=[source])
    tree = cached_tree("urls")
    assert tree
    assert tree.npm_packages == ("redoc", "swagger-ui-dist")
    assert tree.files() == {}


def test_extension_that_needs_a_library_is_no_separate_file() -> None:
    tree = {"a.libs/lib.so": LIBRARY, "a/ext.so": EXTENSION, "b.so": b"\0asm", "c.so": b""}
    assert [path for path, content in tree.items() if needs_libraries(content)] == ["a/ext.so"]
    layer = pack_layer(tree, set(tree))
    (length,) = struct.unpack_from("<I", layer["hot"])
    index = json.loads(layer["hot"][4 : 4 + length])
    assert index["files"] == [["a/ext.so", len(EXTENSION)]]
    assert [path for path, _ in index["extensions"]] == ["a.libs/lib.so", "b.so", "c.so"]
