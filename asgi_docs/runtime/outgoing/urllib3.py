"""urllib3, and so requests: the functions that its own support for browsers sends with.

Left alone they work, but send the documentation site's cookies, hide redirects from the client and
tell nothing about CORS.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .reply_stream import ReplyStream
from .request import Request, Unreachable

if TYPE_CHECKING:
    from types import ModuleType

    from .exchange import Outgoing


def patch(outgoing: Outgoing, module: ModuleType) -> None:
    """Change `urllib3.contrib.emscripten.fetch`."""
    fetch: Any = module

    def send_request(request: Any) -> Any:
        try:
            reply = outgoing.send_blocking(_request(request))
        except TimeoutError as error:
            raise _read_timeout(request.url, str(error)) from None
        except Unreachable as error:
            raise fetch._RequestError(str(error), request=request) from None
        headers: dict[str, str] = {}
        for name, value in reply.headers:
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        return fetch.EmscriptenResponse(
            status_code=reply.status, headers=headers, body=ReplyStream(reply), request=request
        )

    fetch.send_request = send_request
    fetch.send_streaming_request = lambda _: None  # send_request streams where that is possible


def _read_timeout(url: str, sentence: str) -> Exception:
    # Not the fetch module's own error, which requests would take for a failure to connect.
    exceptions: Any = importlib.import_module("urllib3.exceptions")
    error: Exception = exceptions.ReadTimeoutError(urlsplit(url).netloc, url, sentence)
    return error


def _request(request: Any) -> Request:
    body = request.body
    if isinstance(body, str):
        body = body.encode()
    elif hasattr(body, "read"):
        body = body.read()
    elif body is not None and not isinstance(body, (bytes, bytearray, memoryview)):
        body = b"".join(part.encode() if isinstance(part, str) else part for part in body)
    headers = [
        (name, value.decode("latin-1") if isinstance(value, bytes) else str(value))
        for name, value in request.headers.items()
    ]
    timeout = float(request.timeout) if request.timeout else None
    return Request(request.method, request.url, headers, bytes(body or b""), timeout)
