"""Which modules a block's code wants, as far as its own import statements tell."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from asgi_docs.block.names import statements
from asgi_docs.block.requirements import required_name
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from asgi_docs.block.files import AppFolder

# Newer than the Python that builds the documentation may be; and what Pyodide itself brings.
_IN_BROWSER = {"annotationlib", "compression", "js", "pyodide", "pyodide_js"}


def check_body_imports(tree: ast.Module) -> None:
    """Check code that stands in a page, and so in no package.

    Raises:
        BlockError: it imports something relative to itself.
    """
    for node in statements(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            raise _wrong(
                "a relative import finds nothing, since code in a page is in no package; import "
                "by the full name, or put the code into a file and name it with 'file'.",
                node,
            )


def check_imports(
    tree: ast.Module, folder: AppFolder, files: Collection[str], requires: Iterable[str]
) -> None:
    """Check that what the code imports will be there.

    Only plain statements of the module count: what stands in a `try` or an `if` may be optional.

    Args:
        tree: the entry file.
        folder: the app's folder.
        files: the paths of the app's files.
        requires: the block's requirements.

    Raises:
        BlockError: it imports a file that the block does not name, or something beyond the
            standard library although the block requires no packages.
    """
    packages = set(map(required_name, requires))
    for statement in tree.body:
        for name in _imported(statement, folder):
            if _is_among(name, files):
                continue
            top = name.partition("/")[0]
            if "/" not in name and (top in sys.stdlib_module_names or top in _IN_BROWSER):
                continue
            if canonicalize_name(top) not in packages and (beside := _on_disk(name, folder)):
                raise _wrong(
                    f"the code imports {beside!r}, which is no file of the block; name it with "
                    "the option 'files'.",
                    statement,
                )
            if isinstance(statement, ast.ImportFrom) and statement.level:
                if statement.module is None:
                    continue  # it may be a name that the package's __init__.py defines
                raise _wrong(f"the relative import finds no file {name + '.py'!r}.", statement)
            if not packages:
                raise _wrong(
                    f"the code imports {top!r}, but the block requires no packages; name them "
                    "with the option 'requires', or in a PEP 723 comment.",
                    statement,
                )


def _imported(statement: ast.stmt, folder: AppFolder) -> list[str]:
    """What is imported, as paths without a suffix: of absolute imports the first part only."""
    if isinstance(statement, ast.Import):
        return [alias.name.partition(".")[0] for alias in statement.names]
    if not isinstance(statement, ast.ImportFrom):
        return []
    modules = [statement.module] if statement.module else [each.name for each in statement.names]
    if not statement.level:
        return [module.partition(".")[0] for module in modules]
    package = folder.package[: len(folder.package) - statement.level + 1]
    return ["/".join([*package, *module.split(".")]) for module in modules]


def _is_among(name: str, files: Collection[str]) -> bool:
    return f"{name}.py" in files or any(path.startswith(f"{name}/") for path in files)


def _on_disk(name: str, folder: AppFolder) -> str | None:
    """The module's file when there is one in the app's folder."""
    for candidate in (f"{name}.py", f"{name}/__init__.py"):
        if (folder.path / candidate).is_file():
            return candidate
    return None


def _wrong(sentence: str, node: ast.stmt) -> BlockError:
    return BlockError(sentence, subtype="app", line=node.lineno)
