"""httpx: its transports, below redirects, cookies, authentication and decoding."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .request import Request, Unreachable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from types import ModuleType

    from .exchange import Outgoing


def patch(outgoing: Outgoing, module: ModuleType) -> None:
    """Change `httpx._transports.default`."""
    httpx: Any = module

    class Body(httpx.SyncByteStream):  # type: ignore[misc]
        def __init__(self, reply: Any, request: Any) -> None:
            self.reply = reply
            self.request = request

        def __iter__(self) -> Iterator[bytes]:
            with _errors(httpx, self.request):
                while part := self.reply.read():
                    yield part

        def close(self) -> None:
            self.reply.close()

    class AsyncBody(httpx.AsyncByteStream):  # type: ignore[misc]
        def __init__(self, reply: Any, request: Any) -> None:
            self.reply = reply
            self.request = request

        async def __aiter__(self) -> AsyncIterator[bytes]:
            with _errors(httpx, self.request):
                while part := await self.reply.read():
                    yield part

        async def aclose(self) -> None:
            self.reply.close()

    def handle_request(self: Any, request: Any) -> Any:
        with _errors(httpx, request):
            reply = outgoing.send_blocking(_request(request, request.read()))
        return httpx.Response(
            reply.status,
            headers=_headers(reply),
            stream=Body(reply, request),
            extensions=_said(reply),
        )

    async def handle_async_request(self: Any, request: Any) -> Any:
        content = await request.aread()
        with _errors(httpx, request):
            reply = await outgoing.send(_request(request, content))
        return httpx.Response(
            reply.status,
            headers=_headers(reply),
            stream=AsyncBody(reply, request),
            extensions=_said(reply),
        )

    httpx.HTTPTransport.handle_request = handle_request
    httpx.AsyncHTTPTransport.handle_async_request = handle_async_request


def _request(request: Any, content: bytes) -> Request:
    headers = [
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw
    ]
    timeout = request.extensions.get("timeout", {}).get("read")
    return Request(request.method, str(request.url), headers, content, timeout)


def _headers(reply: Any) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers]


def _said(reply: Any) -> dict[str, Any]:
    return {"http_version": b"HTTP/1.1", "reason_phrase": reply.reason.encode("latin-1", "replace")}


@contextmanager
def _errors(httpx: Any, request: Any) -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise httpx.ReadTimeout(str(error), request=request) from None
    except Unreachable as error:
        raise httpx.ConnectError(str(error), request=request) from None
