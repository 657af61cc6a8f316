"""What an application can be asked for, as the reader's request pane offers it.

Frameworks are told by what their applications have; none is imported here. An application that
describes itself by OpenAPI tells most; its routing table adds what the description leaves out.
"""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypedDict

from .openapi import described_routes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WEBSOCKET = "WS"
"""In place of a method."""
MOST = 1_000
DEPTH = 8
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_QUIET = {"HEAD", "OPTIONS"}
# {id:int} of Starlette, Litestar and Falcon; <int:id> and <id> of Flask, Quart and Django.
_BRACED = re.compile(r"\{([^{}:]*)(?::[^{}]*)?\}")
_ANGLED = re.compile(r"<(?:[^<>:]*:)?([^<>:]*)>")


class Route(TypedDict):
    """One method of one path."""

    method: str
    path: str
    """Its parameters in braces."""
    summary: str
    body: str
    """An example, of JSON; empty where there is none."""


def routes(application: Any) -> list[Route]:
    """The routes of an application, each once; none where it does not tell."""
    found: dict[tuple[str, str], Route] = {}
    for route in _routes(application, "", DEPTH):
        found.setdefault((route["method"], route["path"]), route)
        if len(found) == MOST:
            break
    return list(found.values())


def _routes(application: Any, prefix: str, depth: int) -> Iterator[Route]:
    """The routes of one of the layers that an application may be wrapped in."""
    if depth == 0 or application is None:
        return
    # An application may fail when it is asked this, and another way may yet tell.
    for way in (_openapi, _table, _url_map, _django, _falcon, _blacksheep):
        with suppress(Exception):
            yield from way(application, prefix, depth)
    for name in ("app", "application", "__wrapped__"):
        inner = getattr(application, name, None)
        if callable(inner):
            yield from _routes(inner, prefix, depth - 1)


def _route(method: str, path: str, summary: Any = "", body: str = "") -> Route:
    text = summary.strip().partition("\n")[0] if isinstance(summary, str) else ""
    return Route(method=method, path=path or "/", summary=text, body=body)


def _each(methods: Iterable[str], path: str, summary: Any = "") -> Iterator[Route]:
    for method in sorted(set(methods) - _QUIET) or ["GET"]:
        yield _route(method, path, summary)


def _openapi(application: Any, prefix: str, _depth: int) -> Iterator[Route]:
    document = None
    if callable(describe := getattr(application, "openapi", None)):  # FastAPI
        document = describe()
    elif hasattr(application, "openapi_schema"):  # Litestar
        document = application.openapi_schema.to_schema()
    if isinstance(document, dict):
        for method, path, summary, body in described_routes(document):
            yield _route(method, prefix + path, summary, body)


def _table(application: Any, prefix: str, depth: int) -> Iterator[Route]:
    """The `routes` of Starlette, FastAPI, Litestar and Bottle."""
    for each in _as_list(getattr(application, "routes", None)):
        with suppress(Exception):
            yield from _entry(each, prefix, depth)


def _entry(entry: Any, prefix: str, depth: int) -> Iterator[Route]:
    if callable(candidates := getattr(entry, "effective_candidates", None)):
        for each in candidates():  # FastAPI's include_router()
            yield from _entry(getattr(each, "starlette_route", None) or each, prefix, depth)
    elif isinstance(rule := getattr(entry, "rule", None), str):  # Bottle
        named = re.sub(r"<([^<>:]*)(?::[^<>]*)?>", r"{\1}", rule)
        yield _route(entry.method, prefix + named, _doc(getattr(entry, "callback", None)))
    elif handlers := _as_list(getattr(entry, "route_handlers", None)):  # Litestar
        for handler in handlers:
            if handler.http_methods != {"OPTIONS"}:
                yield from _each(handler.http_methods, prefix + _braced(entry.path), _doc(handler))
    else:
        yield from _starlette(entry, prefix, depth)


def _starlette(entry: Any, prefix: str, depth: int) -> Iterator[Route]:
    path = prefix + _braced(getattr(entry, "path", ""))
    inner = getattr(entry, "app", None)
    methods = getattr(entry, "methods", None)
    is_mount = not hasattr(entry, "endpoint") and not hasattr(entry, "route_handler")
    is_socket = not hasattr(entry, "methods") or "WebSocket" in type(entry).__name__
    if not is_mount and is_socket:
        yield _route(WEBSOCKET, path, _doc(_endpoint(entry)))
    elif not is_mount:
        # Classes with a method for each of HTTP's.
        methods = methods or {each for each in _METHODS if hasattr(_endpoint(entry), each.lower())}
        yield from _each(
            methods or (), path, getattr(entry, "summary", None) or _doc(_endpoint(entry))
        )
    elif found := list(_routes(inner, path, depth - 1)):
        yield from found
    elif path != prefix:  # static files, say
        yield _route("GET", f"{path}/{{path}}")


def _endpoint(entry: Any) -> Any:
    return getattr(entry, "endpoint", None) or getattr(entry, "route_handler", None)


def _url_map(application: Any, prefix: str, _depth: int) -> Iterator[Route]:
    """The rules of Flask and Quart."""
    url_map = getattr(application, "url_map", None)
    for rule in url_map.iter_rules() if url_map is not None else ():
        path = prefix + _ANGLED.sub(r"{\1}", rule.rule)
        summary = _doc(application.view_functions.get(rule.endpoint))
        if getattr(rule, "websocket", False):
            yield _route(WEBSOCKET, path, summary)
        else:
            yield from _each(rule.methods or (), path, summary)


def _django(application: Any, prefix: str, _depth: int) -> Iterator[Route]:
    if type(application).__module__.startswith("django.core.handlers."):
        yield from _patterns(sys.modules["django.urls"].get_resolver().url_patterns, f"{prefix}/")


def _patterns(patterns: Iterable[Any], prefix: str) -> Iterator[Route]:
    for each in patterns:
        written = getattr(each.pattern, "_route", None)
        if not isinstance(written, str):
            continue  # a regular expression, which is no path to type
        path = prefix + _ANGLED.sub(r"{\1}", written)
        if (inner := getattr(each, "url_patterns", None)) is not None:
            yield from _patterns(inner, path)
        else:
            yield _route("GET", path, _doc(getattr(each.callback, "view_class", each.callback)))


def _falcon(application: Any, prefix: str, _depth: int) -> Iterator[Route]:
    router = getattr(application, "_router", None)
    waiting = list(getattr(router, "_roots", None) or ())
    while waiting:
        node = waiting.pop(0)
        waiting += node.children
        if node.uri_template and node.resource is not None:
            methods = [
                name for name in node.method_map if hasattr(node.resource, f"on_{name.lower()}")
            ]
            path = prefix + _braced(node.uri_template)
            for method in sorted(set(methods) - _QUIET):
                yield _route(
                    WEBSOCKET if method == "WEBSOCKET" else method, path, _doc(node.resource)
                )


def _blacksheep(application: Any, prefix: str, _depth: int) -> Iterator[Route]:
    table = getattr(getattr(application, "router", None), "routes", None)
    for method, entries in table.items() if isinstance(table, dict) else ():
        name = method.decode()
        for entry in entries:
            path = prefix + entry.mustache_pattern
            yield _route(WEBSOCKET if name == "GET_WS" else name, path, _doc(entry.handler))


def _braced(path: str) -> str:
    return _BRACED.sub(r"{\1}", path)


def _doc(thing: Any) -> str:
    """What the author says about a handler, and not what its class inherits."""
    summary = getattr(thing, "summary", None)
    if isinstance(summary, str) and summary:
        return summary
    function = getattr(thing, "fn", thing)
    is_own = hasattr(function, "__code__") or "__doc__" in vars(
        function if isinstance(function, type) else type(function)
    )
    document = getattr(function, "__doc__", None) if is_own else None
    return document if isinstance(document, str) else ""


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []
