"""Packages of Pyodide's own distribution, for what the index has nothing of that readers could run.

Pyodide's maintainers build them for each release; pyodide-lock.json, a file of the pinned npm
package, has their hashes. A lock file says from which release a wheel is, so that later builds
fetch the same file when asgi-docs has moved on to another Pyodide.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from asgi_docs.errors import LockError
from asgi_docs.package import cache as build_cache
from asgi_docs.package import pyodide
from asgi_docs.package.download import download

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE_VARIABLE = "ASGI_DOCS_PYODIDE_PACKAGES"
_SERVER = "https://cdn.jsdelivr.net/pyodide/v{release}/full/"
_KIND = "ports"


@dataclass(frozen=True)
class Port:
    """One wheel of one release.

    Attributes:
        name: canonical.
        file_name: of the wheel.
        release: version of Pyodide.
    """

    name: str
    version: str
    file_name: str
    sha256: str
    release: str

    @property
    def url(self) -> str:
        """Where Pyodide's maintainers publish it."""
        return _SERVER.format(release=self.release) + self.file_name


def ports() -> Mapping[str, Port]:
    """Those of the pinned release, by canonical name.

    Raises:
        PackageError: Pyodide cannot be had.
    """
    return _read(pyodide.distribution() / pyodide.PORTS)


@cache
def _read(file: Path) -> Mapping[str, Port]:
    listed = json.loads(file.read_text("utf-8"))["packages"].values()
    libraries = {each["name"] for each in listed if each["package_type"] == "shared_library"}
    found = [
        Port(
            canonicalize_name(each["name"]),
            each["version"],
            each["file_name"],
            each["sha256"],
            pyodide.VERSION,
        )
        for each in listed
        # The rest are tests, and libraries outside of wheels with the one package that wants such.
        if each["file_name"].endswith(".whl") and libraries.isdisjoint(each["depends"])
    ]
    return {port.name: port for port in found}


def fetch_port(port: Port) -> Path:
    """The wheel, from the cache when it is there.

    Raises:
        LockError: it cannot be had, or is not the locked file; the reason, for the middle of a
            sentence.
    """
    entry = build_cache.entry(_KIND, port.sha256)
    if not entry.is_dir():
        content = _content(port)
        if hashlib.sha256(content).hexdigest() != port.sha256:
            raise LockError("is not the file that is locked, for its sha256 differs")
        with build_cache.scratch_folder() as scratch:
            made = scratch / "entry"
            made.mkdir()
            (made / port.file_name).write_bytes(content)
            build_cache.publish(made, entry)
    return entry / port.file_name


def _content(port: Port) -> bytes:
    place = os.environ.get(PLACE_VARIABLE, "")
    if place and "://" not in place:
        try:
            return Path(place, port.file_name).read_bytes()
        except OSError as error:
            raise LockError(f"cannot be read from {place} ({error.strerror})") from None
    return download(f"{place.rstrip('/')}/{port.file_name}" if place else port.url)


def where_else(release: str) -> str:
    """What an author can do when ports of a release cannot be had, as a sentence."""
    server = _SERVER.format(release=release)
    return (
        f"It is published at {server}: copy such files from there into a folder, and name that, "
        f"or the URL of a mirror, in {PLACE_VARIABLE}."
    )
