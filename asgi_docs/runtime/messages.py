"""Types of the ASGI scopes and messages.

Specification: https://asgi.readthedocs.io/en/latest/specs/main.html
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypedDict

Headers = list[tuple[bytes, bytes]]
"""Header pairs as sent: order and duplicates kept, names in lower case."""


class ASGIVersions(TypedDict):
    """The `asgi` entry of a scope."""

    version: str
    spec_version: str


class _ConnectionScope(TypedDict):
    type: str
    asgi: ASGIVersions
    http_version: str
    scheme: str
    path: str
    raw_path: bytes
    query_string: bytes
    root_path: str
    headers: Headers
    client: tuple[str, int]
    server: tuple[str, int]
    state: dict[str, Any]
    extensions: dict[str, dict[str, Any]]


class HTTPScope(_ConnectionScope):
    """The scope of one HTTP request."""

    method: str


class WebSocketScope(_ConnectionScope):
    """The scope of one WebSocket."""

    subprotocols: list[str]


class LifespanScope(TypedDict):
    """The scope of the app's lifespan."""

    type: str
    asgi: ASGIVersions
    state: dict[str, Any]


Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
