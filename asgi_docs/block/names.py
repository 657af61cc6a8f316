"""The names that a module binds when it is imported, found without importing it."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OWN_SCOPE = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.GeneratorExp,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
)

_BODIES = ("body", "orelse", "finalbody", "handlers", "cases")


def module_level(tree: ast.Module) -> Iterator[ast.AST]:
    """All nodes that run in the module's own namespace, in source order.

    The bodies of `if`, `try`, `with` and loops are part of it; those of functions and classes
    are not.
    """
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, _OWN_SCOPE):
            waiting += reversed(list(ast.iter_child_nodes(node)))


def statements(tree: ast.Module) -> Iterator[ast.AST]:
    """All statements, also those of functions and classes, and not what they consist of."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for name in _BODIES:
            waiting += getattr(node, name, ())


@lru_cache(maxsize=1)  # a block asks several times
def bound_names(tree: ast.Module) -> Mapping[str, ast.AST]:
    """Each bound name with the node that binds it last; `"*"` stands for a star import."""
    names: dict[str, ast.AST] = {}
    for node in module_level(tree):
        names.update(dict.fromkeys(_names_bound_by(node), node))
    return names


def _names_bound_by(node: ast.AST) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, ast.ImportFrom):
        return [alias.asname or alias.name for alias in node.names]
    if isinstance(node, ast.Import):
        return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.Assign):
        return [name for target in node.targets for name in _names_of_target(target)]
    if isinstance(node, ast.AnnAssign):
        return _names_of_target(node.target) if node.value else []
    if isinstance(node, (ast.NamedExpr, ast.For, ast.AsyncFor)):
        return _names_of_target(node.target)
    if isinstance(node, ast.withitem) and node.optional_vars:
        return _names_of_target(node.optional_vars)
    if isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
        return [node.name]
    return []


def _names_of_target(target: ast.expr) -> list[str]:
    return [
        node.id
        for node in ast.walk(target)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
