"""What an interpreter imports before it has an app to run, so that the app starts sooner.

These are the imports that a block's code begins with: nothing of the app would have run before
them, so that they mean the same now.
"""

from __future__ import annotations

import ast
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from .loader import outside_loop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def import_ahead(module: str, files: Mapping[str, str]) -> None:
    """Run the imports that a module begins with, and nothing else of it.

    Args:
        module: dotted name of the app's module.
        files: texts by path relative to the app's folder.

    Raises:
        Exception: whatever an import raises.
    """
    for statement in _leading_imports(module, files):
        code = compile(ast.Module([statement], []), "<ahead>", "exec")
        with outside_loop():
            exec(code, {"__name__": "__ahead__"})


def top_level_names(paths: Mapping[str, object]) -> set[str]:
    """The names under which an app imports its own files."""
    return {PurePosixPath(path).parts[0].removesuffix(".py") for path in paths}


def _leading_imports(module: str, files: Mapping[str, str]) -> Iterator[ast.stmt]:
    own = top_level_names(files)
    for source in _sources(module, files):
        try:
            statements = ast.parse(source).body
        except (SyntaxError, ValueError):  # the app's own import tells the reader
            return
        if statements and _is_docstring(statements[0]):
            del statements[0]
        for statement in statements:
            if not _is_foreign_import(statement, own):
                return
            yield statement


def _sources(module: str, files: Mapping[str, str]) -> Iterator[str]:
    """The code that runs for a module, in its order: that of the packages around it comes first."""
    folder = PurePosixPath()
    *packages, name = module.split(".")
    for package in packages:
        folder /= package
        yield files.get(str(folder / "__init__.py"), "")
    path = folder / name
    yield files.get(f"{path}.py", files.get(str(path / "__init__.py"), ""))


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _is_foreign_import(statement: ast.stmt, own: set[str]) -> bool:
    match statement:
        case ast.Import(names):
            modules = [alias.name for alias in names]
        case ast.ImportFrom(str(name), level=0):
            modules = [name]
        case _:
            return False
    return own.isdisjoint(name.partition(".")[0] for name in modules)
