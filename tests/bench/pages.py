"""The sites that are measured: the frameworks' live apps, and the same apps the classic way."""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import zstandard

from asgi_docs.package import pyodide

from ..browser import sites
from ..browser.outside import Outside
from ..browser.static_server import StaticServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HERE = Path(__file__).parent
SOURCE = HERE / "frameworks"
FRAMEWORKS = ("raw", "starlette", "fastapi", "litestar", "django", "datasette")

# What an app needs the classic way, where nobody sees to its threads.
WITHOUT_THREADS = {
    "litestar": "import logging.handlers\n"
    "logging.handlers.QueueListener.start = lambda self: None\n",
    "django": "import threading\nthreading.Thread.start = threading.Thread.run\n",
    "datasette": "import datasette.app\ndatasette.app.DEFAULT_SETTINGS['num_sql_threads'] = 0\n",
}


class Sites(NamedTuple):
    """Both sites being served.

    Attributes:
        live: URL of the live site; each framework has a page.
        classic: URL of the other one; the page takes a framework's name.
        folder: of the live site.
    """

    live: str
    classic: str
    folder: Path
    server: StaticServer
    outside: Outside


@contextmanager
def served(server: StaticServer | None = None) -> Iterator[Sites]:
    """Build and serve both sites, by a fast server if none is given."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        site = sites.build_sphinx(SOURCE, work / "live", work / "doctrees")
        write_classic_site(site, work / "classic")
        server, outside = server or StaticServer(), Outside()
        live, classic = server.mount("/live/", site), server.mount("/classic/", work / "classic")
        yield Sites(live, f"{classic}index.html", site, server, outside)
        server.shutdown()
        outside.shutdown()


def manifest_of(site: Path, framework: str) -> Path:
    """The manifest of a framework's environment."""
    name = "python" if framework == "raw" else f"{framework}-*"
    (manifest,) = (site / "_static" / "asgi-docs" / "environments").glob(f"{name}.json")
    return manifest


def write_classic_site(live: Path, folder: Path) -> None:
    """Write a page that runs the live site's apps by Pyodide and micropip alone.

    Its wheels hold what the live site's layers hold, without bytecode: tests and the like are
    left out of them, too, and it is the faster for it.
    """
    shutil.copytree(HERE / "classic", folder)
    shutil.copytree(pyodide.distribution(), folder / "pyodide")
    installer = _micropip(folder)
    for framework in FRAMEWORKS:
        manifest = manifest_of(live, framework)
        layers = json.loads(manifest.read_text())["layers"]
        wheels = [_write_wheel(files_of_layer(manifest.parent, layer), folder) for layer in layers]
        main = (SOURCE / "apps" / f"{framework}_app.py").read_text()
        main = WITHOUT_THREADS.get(framework, "") + main
        content = {"micropip": installer, "wheels": wheels, "main": main}
        (folder / f"{framework}.json").write_text(json.dumps(content))


def _micropip(folder: Path) -> list[str]:
    """What `loadPackage("micropip")` would load, in the versions of Pyodide's own lock file."""
    lock = json.loads((folder / "pyodide" / "pyodide-lock.json").read_text())
    version, python = lock["packages"]["micropip"]["version"], lock["info"]["python"]
    with tempfile.TemporaryDirectory() as target:
        uv = [sys.executable, "-m", "uv", "--quiet", "pip", "install", "--no-deps"]
        what = ["--python-version", python, "--target", target, f"micropip=={version}", "packaging"]
        subprocess.run([*uv, *what], check=True)
        files: dict[str, dict[str, bytes]] = {}
        for path in Path(target).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                name = path.relative_to(target)
                owner = name.parts[0].partition("-")[0]
                files.setdefault(owner, {})[name.as_posix()] = path.read_bytes()
        return [_write_wheel(files[name], folder) for name in ("micropip", "packaging")]


def _write_wheel(files: Mapping[str, bytes], folder: Path) -> str:
    # Some packages bring others along, with their metadata.
    (metadata,) = (path for path in files if re.fullmatch(r"[^/]+\.dist-info/WHEEL", path))
    tags = [
        line.removeprefix("Tag:").strip()
        for line in files[metadata].decode().splitlines()
        if line.startswith("Tag:")
    ]
    stem = metadata.removesuffix(".dist-info/WHEEL")
    name = f"{stem}-{next((tag for tag in tags if tag.startswith('py3-')), tags[0])}.whl"
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            if not path.endswith(".pyc"):
                archive.writestr(path, content)
    return name


def files_of_layer(folder: Path, layer: dict[str, Any]) -> dict[str, bytes]:
    """Contents of the files of a layer, by path; `folder` holds the manifest."""

    def unpacked(part: dict[str, Any]) -> bytes:
        return zstandard.decompress((folder / part["url"]).read_bytes())

    hot = unpacked(layer["hot"])
    (length,) = struct.unpack_from("<I", hot)
    index = json.loads(hot[4 : 4 + length])
    contents = {
        "files": hot[4 + length :],
        "extensions": b"".join(unpacked(part) for part in layer["extensions"]),
        "cold": unpacked(layer["cold"]) if "cold" in layer else b"",
    }
    files = {}
    for kind, content in contents.items():
        position = 0
        for path, size in index[kind]:
            files[path] = content[position : position + size]
            position += size
    return files
