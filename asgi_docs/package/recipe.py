"""Makes layers and the standard library. Runs in Pyodide under Node, not in the build's Python.

There it has the reader's own compiler, and one zlib on all machines: equal input, equal bytes.
"""

from __future__ import annotations

import gzip
import importlib.util
import io
import json
import marshal
import struct
import sys
import warnings
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

_UNCHECKED_HASH = 0b01
_COMPRESSION = 9


def main(folder: str) -> None:
    """Do the work of `folder/jobs.json`."""
    warnings.simplefilter("ignore")
    root = Path(folder)
    for job in json.loads((root / "jobs.json").read_text("utf-8")):
        target = root / job["target"]
        if job["kind"] == "stdlib":
            target.write_bytes(_standard_library(job["location"]))
        else:
            target.write_bytes(_layer(root, job))


def _layer(root: Path, job: dict[str, Any]) -> bytes:
    contents: dict[str, bytes] = {}
    for path, file in job["files"].items():
        content = (root / file).read_bytes()
        contents[path] = content
        if path.endswith(".py"):
            pyc = _compile(content, f"{job['location']}/{path}")
            if pyc is not None:
                contents[_cached_path(path)] = pyc
    return pack_layer(contents)


def pack_layer(contents: dict[str, bytes]) -> bytes:
    """The layer format: gzip of index length, index, and the files' bytes one after the other."""
    paths = sorted(contents)
    index = json.dumps([[path, len(contents[path])] for path in paths], separators=(",", ":"))
    encoded = index.encode()
    body = b"".join([struct.pack("<I", len(encoded)), encoded, *(contents[path] for path in paths)])
    return gzip.compress(body, _COMPRESSION, mtime=0)


def _standard_library(location: str) -> bytes:
    """The standard library's zip with bytecode. The sources stay, for tracebacks and `inspect`."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(location) as stock,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as target,
    ):
        for path in sorted(info.filename for info in stock.infolist() if not info.is_dir()):
            content = stock.read(path)
            target.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
            pyc = _compile(content, f"{location}/{path}") if path.endswith(".py") else None
            if pyc is not None:
                # zipimport does not look into __pycache__.
                target.writestr(zipfile.ZipInfo(f"{path}c"), pyc, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


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
