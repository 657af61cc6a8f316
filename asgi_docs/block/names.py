"""The names that a module binds when it is imported, found without importing it."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OWN_SCOPE = {
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.GeneratorExp,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
}
_BINDING = {
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.ImportFrom,
    ast.Import,
    ast.Assign,
    ast.AnnAssign,
    ast.NamedExpr,
    ast.For,
    ast.AsyncFor,
    ast.withitem,
    ast.MatchAs,
    ast.MatchStar,
}
# Most of all nodes, and none of them binds anything.
_LEAVES = {ast.Load, ast.Store, ast.Name, ast.Constant, ast.alias}
_BODIES = ("body", "orelse", "finalbody", "handlers", "cases")


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
    """Each bound name with the node that binds it last; `"*"` stands for a star import.

    The bodies of `if`, `try`, `with` and loops run in the module's own namespace; those of
    functions and classes do not.
    """
    names: dict[str, ast.AST] = {}
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        kind = type(node)
        if kind in _BINDING:
            names.update(dict.fromkeys(_names_bound_by(node), node))
        if kind not in _OWN_SCOPE:
            inside = [each for each in ast.iter_child_nodes(node) if type(each) not in _LEAVES]
            waiting += reversed(inside)
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
