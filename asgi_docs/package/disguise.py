"""Lives in the site-packages of a virtual environment and makes its Python look like the target.

interpreter.py puts the line `TARGET = {...}` before this text. uv asks an interpreter who it is by
running code in it with -I; .pth files run even then.
"""

# ruff: noqa: F821  TARGET comes from that line
# mypy: ignore-errors
import importlib.machinery
import platform
import sys
import sysconfig

sysconfig.get_config_vars()  # caches what it knows of the true host, before the change
_version = tuple(TARGET["python"])
_version_text = ".".join(map(str, _version))


class _VersionInfo(tuple):
    major, minor, micro, releaselevel, serial = *_version, "final", 0


sys.version_info = _VersionInfo((*_version, "final", 0))
sys.implementation.version = sys.version_info
sys.platform = "emscripten"
sys.maxsize = 2**31 - 1
platform.python_version = lambda: _version_text
platform.python_version_tuple = lambda: tuple(_version_text.split("."))
platform.system = lambda: "Emscripten"
platform.machine = lambda: "wasm32"
platform.release = lambda: TARGET["emscripten"]
platform.version = lambda: "#1"
sysconfig.get_platform = lambda: f"emscripten-{TARGET['emscripten']}-wasm32"

_config_var = sysconfig.get_config_var
_overrides = {
    "PYEMSCRIPTEN_PLATFORM_VERSION": TARGET["abi"],
    "PYODIDE_ABI_VERSION": TARGET["abi"],
    "Py_GIL_DISABLED": 0,
    "Py_DEBUG": 0,
}
sysconfig.get_config_var = lambda key: _overrides[key] if key in _overrides else _config_var(key)
_cpython = f"cpython-{_version[0]}{_version[1]}"
importlib.machinery.EXTENSION_SUFFIXES[:] = [f".{_cpython}-wasm32-emscripten.so", ".abi3.so", ".so"]
