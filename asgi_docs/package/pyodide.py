"""The Pyodide distribution that the readers get: its pins, its files, and what fits on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging import tags

from asgi_docs.package.npm import NpmPackage, fetch_npm_package

if TYPE_CHECKING:
    from pathlib import Path

    from packaging.tags import Tag

# The pins; tests/pyodide_upgrade.py changes them.
VERSION = "314.0.7"
INTEGRITY = "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="  # noqa: E501
PYTHON = "3.14.2"
ABI = "2026_0"
EMSCRIPTEN = "5.0.3"

NPM_PACKAGE = NpmPackage("pyodide", VERSION, INTEGRITY)

CDN = f"https://cdn.jsdelivr.net/npm/{NPM_PACKAGE.spec}/"
"""Has the files of the npm package, byte for byte."""

MODULE, ASM, WASM = "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"
PORTS = "pyodide-lock.json"
"""Lists the packages of Pyodide's own distribution; see ports.py."""
# Stock servers know no MIME type for .mjs, and browsers run no module without one.
SHIPPED = {MODULE: "pyodide.js", ASM: "pyodide.asm.js"}
"""Files that go to the site as they are: name in the npm package, name in the site."""

PYTHON_SERIES = ".".join(PYTHON.split(".")[:2])
LIBRARY = f"/lib/python{PYTHON_SERIES}"
SITE_PACKAGES = f"{LIBRARY}/site-packages"
"""Where the files stand in the reader's browser."""

TARGET = f"Pyodide {VERSION} (Python {PYTHON}, WebAssembly)"
"""For error messages."""

PINS = f"pyodide {VERSION} python {PYTHON} abi {ABI} emscripten {EMSCRIPTEN}"
"""In every cache key of something that depends on this distribution."""


def distribution() -> Path:
    """The folder of the unpacked npm package."""
    return fetch_npm_package(NPM_PACKAGE)


def supported_tags() -> list[Tag]:
    """The wheel tags that fit, best first."""
    major, minor = (int(part) for part in PYTHON_SERIES.split("."))
    # PEP 783 has the first name; Pyodide's own builds carry the second.
    platforms = [f"pyemscripten_{ABI}_wasm32", f"pyodide_{ABI}_wasm32"]
    interpreter = f"cp{major}{minor}"
    return [
        *tags.cpython_tags((major, minor), [interpreter], platforms),
        *tags.compatible_tags((major, minor), interpreter, platforms),
    ]


def marker_environment() -> dict[str, str]:
    """The values of PEP 508 markers there."""
    return {
        "implementation_name": "cpython",
        "implementation_version": PYTHON,
        "os_name": "posix",
        "platform_machine": "wasm32",
        "platform_python_implementation": "CPython",
        "platform_release": EMSCRIPTEN,
        "platform_system": "Emscripten",
        "platform_version": "#1",
        "python_full_version": PYTHON,
        "python_version": PYTHON_SERIES,
        "sys_platform": "emscripten",
        "extra": "",
    }
