"""Which packages a block's code wants, as far as its own import statements tell."""

from __future__ import annotations

import ast
import sys

from asgi_docs.errors import BlockError

# Newer than the Python that builds the documentation may be; and what Pyodide itself brings.
_IN_BROWSER = {"annotationlib", "compression", "js", "pyodide", "pyodide_js"}


def check_relative_imports(tree: ast.Module) -> None:
    """A block is one module, and nothing stands beside it.

    Raises:
        BlockError: it imports something relative to itself.
    """
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.level:
            raise BlockError(
                "a relative import finds nothing: the block is one file; put what it needs in.",
                subtype="app",
                line=statement.lineno,
            )


def check_imports(tree: ast.Module) -> None:
    """Check the code of a block that requires no packages.

    Only plain statements of the module count: what stands in a `try` or an `if` may be optional.

    Raises:
        BlockError: it imports something beyond the standard library.
    """
    for statement in tree.body:
        for name in _imported(statement):
            package = name.partition(".")[0]
            if package not in sys.stdlib_module_names and package not in _IN_BROWSER:
                raise BlockError(
                    f"the code imports {package!r}, but the block requires no packages; name them "
                    "with the option 'requires', or in a PEP 723 comment.",
                    subtype="app",
                    line=statement.lineno,
                )


def _imported(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.Import):
        return [alias.name for alias in statement.names]
    if isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
        return [statement.module]
    return []
