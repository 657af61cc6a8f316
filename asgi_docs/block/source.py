"""Reads the author's Python without running it: is it Python, and which name is the application?"""

from __future__ import annotations

import ast
import sys
import warnings
from typing import TYPE_CHECKING

from asgi_docs.block.advice import did_you_mean
from asgi_docs.block.names import bound_names
from asgi_docs.block.wsgi import is_made_by_wsgi, is_wsgi_function
from asgi_docs.errors import BlockError, NoApplicationError

if TYPE_CHECKING:
    from collections.abc import Mapping

_USUAL_NAMES = ("app", "application")
_ASGI_MAKERS = frozenset(
    {
        "App",  # Falcon
        "Application",  # BlackSheep
        "ASGIApp",  # python-socketio
        "AsyncApp",  # Connexion
        "Esmerald",
        "FastAPI",
        "Lilya",
        "Litestar",
        "Quart",
        "Ravyn",
        "Sanic",
        "Starlette",
        "get_asgi_application",  # Django
    }
)
_ASGI_PARAMETERS = ["scope", "receive", "send"]
_NEWEST_SYNTAX = (3, 14)  # what Pyodide reads


def parse_code(code: str) -> ast.Module:
    """Parse the code.

    Raises:
        BlockError: it is not Python; the error has the line.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a bad escape in a string is the author's own business
            return ast.parse(code)
    except SyntaxError as error:
        raise BlockError(
            f"the code is not valid Python: {error.msg}{_reader()}.",
            subtype="app",
            line=error.lineno,
        ) from None
    except (ValueError, RecursionError, MemoryError) as error:  # null bytes; too deeply nested
        raise BlockError(f"the code is not valid Python: {error}.", subtype="app") from None


def _reader() -> str:
    if sys.version_info >= _NEWEST_SYNTAX:
        return ""
    major, minor = sys.version_info[:2]
    return f" (as Python {major}.{minor} reads it)"


def find_application(tree: ast.Module, wanted: str | None) -> str:
    """The name, or factory call, that gives the application.

    Args:
        tree: the parsed code.
        wanted: the author's `app` option.

    Raises:
        NoApplicationError: there is none, or not the one that `wanted` says.
        BlockError: there are several.
    """
    names = bound_names(tree)
    if wanted:
        return _check_wanted(names, wanted)
    for name in _USUAL_NAMES:
        if name in names:
            return name
    candidates = _applications(tree, names)
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        raise BlockError(
            f"several applications: {_listed(candidates)}; say which one with the option 'app'.",
            subtype="app",
        )
    if "*" in names:
        return "app"
    raise NoApplicationError(
        "no ASGI or WSGI application in the code; bind it to the name 'app', or name it with the "
        "option 'app' (a factory as 'make_app()').",
        subtype="app",
    )


def _check_wanted(names: Mapping[str, ast.AST], wanted: str) -> str:
    name = wanted.removesuffix("()")
    if name in names or "*" in names:
        return wanted
    bound = _listed(sorted(names)) if names else "no name at all"
    advice = did_you_mean(name, names, f"the code binds {bound}.")
    raise NoApplicationError(
        f"the code has no name {name!r}; {advice}", subtype="option", option="app"
    )


def _applications(tree: ast.Module, names: Mapping[str, ast.AST]) -> list[str]:
    own_classes = {
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef) and any(map(_is_asgi_call_method, node.body))
    }
    return [
        name
        for name, node in names.items()
        if _is_asgi_function(node)
        or _made_by(node) in _ASGI_MAKERS | own_classes
        or is_wsgi_function(node)
        or is_made_by_wsgi(node)
    ]


def _is_asgi_function(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.AsyncFunctionDef)
        and [each.arg for each in node.args.args] == _ASGI_PARAMETERS
    )


def _is_asgi_call_method(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.AsyncFunctionDef)
        and node.name == "__call__"
        and [each.arg for each in node.args.args[1:]] == _ASGI_PARAMETERS
    )


def _made_by(node: ast.AST) -> str:
    """The name of what is called for the value: `FastAPI` also for `x = fastapi.FastAPI()`."""
    if not isinstance(node, (ast.Assign, ast.AnnAssign)) or not isinstance(node.value, ast.Call):
        return ""
    function = node.value.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _listed(names: list[str]) -> str:
    shown = ", ".join(repr(name) for name in names[:8])
    return f"{shown}, …" if len(names) > 8 else shown
