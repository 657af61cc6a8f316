"""Whether an author's application is a WSGI one, as far as its code tells without running it."""

from __future__ import annotations

import ast

from asgi_docs.block.names import bound_names
from asgi_docs.block.requirements import required_name

ADAPTER = "asgiref"
"""What gives a WSGI application to an ASGI server; the runtime uses its `WsgiToAsgi`."""

MAKERS = frozenset(
    {
        "APIFlask",
        "Bottle",
        "Flask",
        "OpenAPI",  # flask-openapi3
        "default_app",  # Bottle
        "get_wsgi_application",  # Django
        "make_wsgi_app",  # Pyramid
    }
)
_PARAMETERS = (["environ", "start_response"], ["env", "start_response"])
_ADAPTERS = frozenset({"ASGIMiddleware", "WSGIMiddleware", "WsgiToAsgi"})


def with_adapter(requires: tuple[str, ...], tree: ast.Module, application: str) -> tuple[str, ...]:
    """The requirements, and the adapter's where the application is evidently a WSGI one."""
    if not is_wsgi(tree, application) or ADAPTER in map(required_name, requires):
        return requires
    return tuple(sorted([*requires, ADAPTER]))


def is_wsgi(tree: ast.Module, application: str) -> bool:
    """Whether the application, a name or a factory call, is evidently a WSGI one."""
    name = application.removesuffix("()")
    node = bound_names(tree).get(name)
    if application.endswith("()"):
        called = _called_in(node) if isinstance(node, ast.FunctionDef) else set()
        return bool(called & MAKERS) and not called & _ADAPTERS
    return node is not None and (is_wsgi_function(node) or is_made_by_wsgi(node))


def is_wsgi_function(node: ast.AST) -> bool:
    """Whether it is such as `def app(environ, start_response)`."""
    return (
        isinstance(node, ast.FunctionDef) and [each.arg for each in node.args.args] in _PARAMETERS
    )


def is_made_by_wsgi(node: ast.AST) -> bool:
    """Whether it is such as `app = Flask(__name__)`."""
    if not isinstance(node, (ast.Assign, ast.AnnAssign)) or not isinstance(node.value, ast.Call):
        return False
    function = node.value.func
    # falcon.App is the WSGI one; that of falcon.asgi has the same name.
    is_falcon = isinstance(function, ast.Attribute) and ast.unparse(function) == "falcon.App"
    return is_falcon or _name_of(function) in MAKERS


def _called_in(function: ast.FunctionDef) -> set[str]:
    return {_name_of(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}


def _name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
