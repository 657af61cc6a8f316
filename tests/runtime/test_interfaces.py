"""Applications of every interface are called as ASGI 3."""

from __future__ import annotations

import asyncio
import functools
import sys
from typing import TYPE_CHECKING, Any

import pytest

from asgi_docs.runtime import wsgi
from asgi_docs.runtime.interfaces import as_asgi

if TYPE_CHECKING:
    from collections.abc import Iterator


async def function(scope: Any, receive: Any, send: Any) -> None:
    await send([scope, receive])


class Instance:
    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await send([scope, receive])


class Awaited:
    def __init__(self, scope: Any, receive: Any, send: Any) -> None:
        self.arguments = scope, receive, send

    def __await__(self) -> Iterator[Any]:
        return function(*self.arguments).__await__()


class DoubleCallable:
    def __init__(self, scope: Any) -> None:
        self.scope = scope

    async def __call__(self, receive: Any, send: Any) -> None:
        await send([self.scope, receive])


def double_callable(scope: Any) -> Any:
    async def instance(receive: Any, send: Any) -> None:
        await send([scope, receive])

    return instance


def decorated(*arguments: Any) -> Any:
    return function(*arguments)


@pytest.mark.parametrize(
    "application",
    [
        function,
        Instance(),
        Instance().__call__,
        Awaited,
        DoubleCallable,
        double_callable,
        decorated,
        functools.wraps(function)(decorated),
        functools.partial(lambda extra, *arguments: function(*arguments), 1),
    ],
)
def test_asgi(application: Any) -> None:
    sent = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def serve() -> None:
        await as_asgi(application)("scope", "receive", send)  # type: ignore[arg-type]

    asyncio.run(serve())
    assert sent == [["scope", "receive"]]


def wsgi_function(environ: Any, start_response: Any) -> Any:
    return environ, start_response


class WSGIInstance:
    def __call__(self, environ: Any, start_response: Any) -> Any:
        return environ, start_response


@pytest.mark.parametrize("application", [wsgi_function, WSGIInstance()])
def test_wsgi_goes_through_the_adapter(monkeypatch: pytest.MonkeyPatch, application: Any) -> None:
    monkeypatch.setattr(wsgi, "as_asgi", lambda app: ("adapted", app))
    assert as_asgi(application) == ("adapted", application)


def test_a_missing_adapter_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asgiref.wsgi", None)
    with pytest.raises(TypeError, match="needs the package asgiref to run here; add it to"):
        as_asgi(wsgi_function)


class Framework:
    def __init__(self, debug: bool = False, routes: Any = None, middleware: Any = None) -> None: ...

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None: ...


async def two(receive: Any, send: Any) -> None: ...


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, "is None, not an ASGI application."),
        (3, "is of type int, not an ASGI application."),
        (lambda: function, "name a factory with its call, such as make_app()."),
        (Framework, "is a class, not an ASGI application; name an instance of it."),
        (two, "cannot be called with scope, receive and send."),
        (lambda a, b, c, d: None, "cannot be called with scope, receive and send."),
    ],
)
def test_what_is_no_application_is_told(value: object, sentence: str) -> None:
    with pytest.raises(TypeError, match=r"^(is|takes) .*") as raised:
        as_asgi(value)
    assert sentence in str(raised.value)
