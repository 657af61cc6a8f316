"""Makes trees and layers. Runs in Pyodide under Node, not in the build's Python.

There it has the reader's own compiler, and one libzstd on all machines: equal input, equal bytes.
"""

from __future__ import annotations

import importlib.util
import json
import marshal
import struct
import sys
import warnings
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

_UNCHECKED_HASH = 0b01
_WASM_HEADER = b"\0asm\1\0\0\0"
_NEEDED = 2
"""The kind of part that lists libraries."""
_LEVEL = 19
# Of what nobody waits for: a small part of the time for one byte in ten more.
_LEVEL_OF_COLD = 9
# As a power of two: of so much, what unpacks a stream holds a copy, and more of it gains little.
_WINDOW = 21


def main(folder: str, jobs: str) -> None:
    """Do what a file in the folder lists."""
    warnings.simplefilter("ignore")
    root = Path(folder)
    for job in json.loads((root / jobs).read_text("utf-8")):
        target = root / job["target"]
        if job["kind"] == "tree":
            sources = {path: (root / file).read_bytes() for path, file in job["files"].items()}
            target.write_bytes(pack_tree(_compiled(sources, job["location"])))
        elif job["kind"] == "stdlib":
            target.write_bytes(pack_tree(_compiled(_standard_library(), job["location"])))
        elif job["kind"] == "layer":
            tree = read_tree((root / job["tree"]).read_bytes())
            target.mkdir()
            for name, content in pack_layer(tree, set(job["hot"])).items():
                level = _LEVEL_OF_COLD if name == "cold" else _LEVEL
                (target / name).write_bytes(_compress(content, level))
        else:
            target.write_bytes(_compress((root / job["file"]).read_bytes(), _LEVEL))


def pack_tree(contents: dict[str, bytes]) -> bytes:
    """One file of many: the length of the index, the index, and the files one after the other."""
    return _join({"files": _sizes(contents, sorted(contents))}, contents, sorted(contents))


def read_tree(packed: bytes) -> dict[str, bytes]:
    """The files by path."""
    (length,) = struct.unpack_from("<I", packed)
    position = 4 + length
    files = {}
    for path, size in json.loads(packed[4:position])["files"]:
        files[path] = packed[position : position + size]
        position += size
    return files


def pack_layer(tree: dict[str, bytes], hot: set[str]) -> dict[str, bytes]:
    """The files of a layer, not compressed yet.

    `hot` begins with an index of all files, as a tree does, and goes on with those that the first
    answer needs. `cold` has the others, without an index. Extension modules among the hot files
    stand by themselves, as `extension-0` and so on: they are compiled while they arrive. Those that
    need a shared library do not: the dynamic loader wants to find that in the file system.
    """
    native = (path for path in hot & tree.keys() if path.endswith(".so"))
    extensions = sorted(path for path in native if not needs_libraries(tree[path]))
    first = sorted(hot & tree.keys() - set(extensions))
    later = sorted(tree.keys() - hot)
    index = {"files": first, "extensions": extensions, "cold": later}
    sized = {kind: _sizes(tree, paths) for kind, paths in index.items()}
    layer = {f"extension-{at}": tree[path] for at, path in enumerate(extensions)}
    layer["hot"] = _join(sized, tree, first)
    if later:
        layer["cold"] = b"".join(tree[path] for path in later)
    return layer


def needs_libraries(module: bytes) -> bool:
    """Whether a module of WebAssembly names others that have to be loaded before it.

    https://github.com/WebAssembly/tool-conventions/blob/main/DynamicLinking.md: the first section
    of such a module consists of parts, each with its kind and its size.
    """
    position = len(_WASM_HEADER) + 1  # the number of the section's kind
    size, position = _number(module, position)
    end = position + size
    length, position = _number(module, position)
    name, position = module[position : position + length], position + length
    if not module.startswith(_WASM_HEADER) or name != b"dylink.0":
        return False
    while position < end:
        kind = module[position]
        size, position = _number(module, position + 1)
        if kind == _NEEDED:
            return _number(module, position)[0] > 0
        position += size
    return False


def _number(module: bytes, position: int) -> tuple[int, int]:
    """A number (LEB128) and the position behind it."""
    number = shift = 0
    while position < len(module):
        byte = module[position]
        position += 1
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    return number, position


def _sizes(contents: dict[str, bytes], paths: list[str]) -> list[tuple[str, int]]:
    return [(path, len(contents[path])) for path in paths]


def _join(index: dict[str, Any], contents: dict[str, bytes], paths: list[str]) -> bytes:
    encoded = json.dumps(index, separators=(",", ":")).encode()
    return b"".join([struct.pack("<I", len(encoded)), encoded, *(contents[path] for path in paths)])


def _compress(content: bytes, level: int) -> bytes:
    zstd = importlib.import_module("compression.zstd")  # the build's own Python may lack it
    parameter = zstd.CompressionParameter
    options = {
        parameter.compression_level: level,
        parameter.window_log: _WINDOW,
        parameter.checksum_flag: True,
    }
    packed: bytes = zstd.compress(content, options=options)
    return packed


def _standard_library() -> dict[str, bytes]:
    """As it comes with Pyodide, in a zip file that this interpreter runs from."""
    (location,) = [path for path in sys.path if path.endswith(".zip")]
    with zipfile.ZipFile(location) as stock:
        return {info.filename: stock.read(info) for info in stock.infolist() if not info.is_dir()}


def _compiled(sources: dict[str, bytes], location: str) -> dict[str, bytes]:
    """The files and their bytecode. The sources stay, for tracebacks and for `inspect`."""
    contents = dict(sources)
    for path, content in sources.items():
        if path.endswith(".py"):
            pyc = _compile(content, f"{location}/{path}")
            if pyc is not None:
                contents[_cached_path(path)] = pyc
    return contents


def _cached_path(path: str) -> str:
    parts = PurePosixPath(path)
    return str(parts.parent / "__pycache__" / f"{parts.stem}.{sys.implementation.cache_tag}.pyc")


def _compile(source: bytes, location: str) -> bytes | None:
    """A .pyc that is never compared with its source (PEP 552); None for what is not Python 3."""
    try:
        code = compile(source, location, "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    magic = importlib.util.MAGIC_NUMBER
    return b"".join(
        [
            magic,
            struct.pack("<I", _UNCHECKED_HASH),
            importlib.util.source_hash(source),
            marshal.dumps(code),
        ]
    )
