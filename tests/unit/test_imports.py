"""The core needs no documentation tool, and only the bridge needs a browser."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import asgi_docs

PACKAGE = Path(asgi_docs.__file__).parent
CORE = ("block", "check", "package", "runtime")
HOST_TOOLS = ("sphinx", "docutils", "mkdocs", "markdown", "pymdownx")
BROWSER = ("js", "pyodide", "pyodide_js", "_pyodide")
BRIDGE = PACKAGE / "runtime" / "bridge.py"
# The text of a module of another interpreter: it is read, never imported (package/interpreter.py).
DISGUISE = PACKAGE / "package" / "disguise.py"


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> set[str]:
    """Absolute names of the top-level packages that a file imports anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").partition(".")[0])
    return found


def test_the_core_is_imported_without_any_docs_tool_or_browser() -> None:
    paths = [path for folder in CORE for path in sorted((PACKAGE / folder).rglob("*.py"))]
    elsewhere = (BRIDGE, DISGUISE)
    modules = [
        module_name(path) for path in [PACKAGE / "errors.py", *paths] if path not in elsewhere
    ]
    program = f"""
import importlib, sys

for name in {(*HOST_TOOLS, *BROWSER)!r}:
    sys.modules[name] = None  # importing it raises ModuleNotFoundError

for name in {modules!r}:
    importlib.import_module(name)
    print(name)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.stdout.split() == modules


def test_only_the_bridge_imports_the_browser() -> None:
    users = [path for path in PACKAGE.rglob("*.py") if imported(path) & set(BROWSER)]

    assert users == [BRIDGE]


def test_the_runtime_stands_alone() -> None:
    """It is shipped to the browser, where there is the standard library and nothing of ours."""
    allowed = sys.stdlib_module_names | set(BROWSER)

    for path in (PACKAGE / "runtime").glob("*.py"):
        assert imported(path) <= allowed, path.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level > 1), path.name
