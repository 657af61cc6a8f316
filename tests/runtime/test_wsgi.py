"""WSGI applications, after PEP 3333, through the real adapter."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from asgi_docs.runtime.interfaces import as_asgi

from .client import MOUNT, Answer, Client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def ask(wsgi: Callable[..., Any], method: str = "GET", target: str = "/", **given: Any) -> Answer:
    async def main() -> Answer:
        async with Client(as_asgi(wsgi)) as client:
            return await client.request(method, target, **given)

    return asyncio.run(main())


def test_the_environ_tells_mount_and_path_apart() -> None:
    seen: dict[str, Any] = {}

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        seen.update(environ)
        start_response("201 Created", [("X-Two", "a"), ("X-Two", "b")])
        return [environ["wsgi.input"].read().upper()]

    answer = ask(app, "POST", "/caf%C3%A9?q=1", headers={"content-length": "3"}, body=b"abc")
    assert (answer.status, answer.content) == (201, b"ABC")
    assert answer.headers == [(b"x-two", b"a"), (b"x-two", b"b")]
    assert seen["SCRIPT_NAME"] == MOUNT.root_path
    assert seen["PATH_INFO"] == "/café".encode().decode("latin-1")
    assert (seen["QUERY_STRING"], seen["CONTENT_LENGTH"]) == ("q=1", "3")
    assert seen["wsgi.url_scheme"] == "https"
    assert seen["HTTP_HOST"] == "docs.example"


def test_what_the_application_returns_is_closed() -> None:
    closed = []

    class Parts:
        def __iter__(self) -> Iterator[bytes]:
            yield b"a"
            raise ValueError("in the middle")

        def close(self) -> None:
            closed.append(True)

    def app(environ: object, start_response: Any) -> Parts:
        start_response("200 OK", [])
        return Parts()

    assert ask(app).failure is not None
    assert closed == [True]


def test_write_comes_before_what_is_returned() -> None:
    def app(environ: object, start_response: Any) -> Iterator[bytes]:
        write = start_response("200 OK", [])
        write(b"1")
        yield b"2"
        write(b"3")

    assert ask(app).content == b"123"


def test_a_body_larger_than_the_window_goes_to_a_client_that_has_not_taken_any() -> None:
    def app(environ: object, start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [])
        for _ in range(24):
            yield bytes(100_000)

    assert len(ask(app).content) == 2_400_000


def test_there_is_no_lifespan_and_that_is_fine() -> None:
    def app(environ: object, start_response: Any) -> list[bytes]:
        start_response("204 No Content", [])
        return []

    assert ask(app).status == 204
