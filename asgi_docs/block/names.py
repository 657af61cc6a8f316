"""The names that a module binds when it is imported, found without importing it."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

# Nothing in them binds a name of the module: they have a scope of their own, or no other nodes.
_CLOSED = {
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.GeneratorExp,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.Import,
    ast.ImportFrom,
}
# Most of all nodes, and none of them binds anything.
_LEAVES = {ast.Load, ast.Store, ast.Name, ast.Constant}
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
        if kind in _NAMES_BOUND_BY:
            names.update(dict.fromkeys(_NAMES_BOUND_BY[kind](node), node))
        if kind not in _CLOSED:
            inside = [each for each in ast.iter_child_nodes(node) if type(each) not in _LEAVES]
            waiting += reversed(inside)
    return names


def _own_name(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> list[str]:
    return [node.name]


def _imported_names(node: ast.ImportFrom) -> list[str]:
    return [alias.asname or alias.name for alias in node.names]


def _imported_modules(node: ast.Import) -> list[str]:
    return [alias.asname or alias.name.partition(".")[0] for alias in node.names]


def _assigned_names(node: ast.Assign) -> list[str]:
    return [name for target in node.targets for name in _names_of_target(target)]


def _annotated_names(node: ast.AnnAssign) -> list[str]:
    return _names_of_target(node.target) if node.value else []


def _target_names(node: ast.NamedExpr | ast.For | ast.AsyncFor) -> list[str]:
    return _names_of_target(node.target)


def _names_after_as(node: ast.withitem) -> list[str]:
    return _names_of_target(node.optional_vars) if node.optional_vars else []


def _captured_names(node: ast.MatchAs | ast.MatchStar) -> list[str]:
    return [node.name] if node.name else []


_NAMES_BOUND_BY: dict[type[ast.AST], Callable[[Any], list[str]]] = {
    ast.FunctionDef: _own_name,
    ast.AsyncFunctionDef: _own_name,
    ast.ClassDef: _own_name,
    ast.ImportFrom: _imported_names,
    ast.Import: _imported_modules,
    ast.Assign: _assigned_names,
    ast.AnnAssign: _annotated_names,
    ast.NamedExpr: _target_names,
    ast.For: _target_names,
    ast.AsyncFor: _target_names,
    ast.withitem: _names_after_as,
    ast.MatchAs: _captured_names,
    ast.MatchStar: _captured_names,
}


def _names_of_target(target: ast.expr) -> list[str]:
    if isinstance(target, ast.Name):
        return [target.id]
    return [
        node.id
        for node in ast.walk(target)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
