"""From the browser's request to an ASGI scope."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypedDict
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from .messages import ASGIVersions, Headers, HTTPScope, LifespanScope, WebSocketScope

# From 2.4 on, Starlette leaves it to the server to tell of a disconnect; with an older number it
# cancels a streaming response as soon as receive() gives http.disconnect.
SPEC_VERSION = "2.4"
LIFESPAN_SPEC_VERSION = "2.0"
CLIENT = ("127.0.0.1", 0)
DEFAULT_PORTS = {"http": 80, "https": 443}


MountMode = Literal["root_path", "stripped", "full"]


@dataclass(frozen=True)
class Mount:
    """Where an app lives, as its first client sees it.

    Each further client of the reader's has a mount of its own, whose path is that of the first and
    a number (`~token.2`; assets/common/mount-url.js).

    `path` and `root_path` of a scope tell the app so in one of three ways. `root_path` is
    what the specification says: the mount in `root_path`, and `path` includes it. `stripped` hides
    the mount: `path` begins below it, for apps that believe themselves at `/`. `full` gives the
    whole `path` and no `root_path`, for apps that are configured with the prefix themselves.

    Attributes:
        scheme: `http` or `https`, as in the address of the documentation page.
        host: value of the `Host` header, port included.
        root_path: the URL path of the mount, percent-encoded and without a slash at its end.
        mode: how scopes tell it.
        is_known: whether the app has learned it at its start, from its environment, and so would
            take no other.
    """

    scheme: str
    host: str
    root_path: str
    mode: MountMode = "root_path"
    is_known: bool = False

    @classmethod
    def from_url(cls, url: str, mode: MountMode = "root_path", *, is_known: bool = False) -> Mount:
        """Take a mount's absolute URL apart."""
        parts = urlsplit(url)
        return cls(parts.scheme, parts.netloc, parts.path.rstrip("/"), mode, is_known)

    def seen_from(self, root_path: str) -> Mount:
        """The mount that requests from this one are told.

        Args:
            root_path: that of the client that asks.
        """
        if root_path == self.root_path or self.is_known or self.mode == "full":
            return self
        return replace(self, root_path=root_path)

    def below(self, path: str) -> str | None:
        """What follows the mount, whichever client's, in a URL path; None where there is none."""
        match = re.match(rf"{re.escape(self.root_path)}(?:\.\d+)?(?=/|$)", path)
        return path[match.end() :] if match else None

    @property
    def server(self) -> tuple[str, int]:
        """Host name and port."""
        parts = urlsplit(f"{self.scheme}://{self.host}")
        return parts.hostname or "", parts.port or DEFAULT_PORTS[self.scheme]


def http_scope(
    mount: Mount, *, method: str, target: str, headers: Headers, state: dict[str, Any]
) -> HTTPScope:
    """Make the scope of a request.

    Args:
        mount: where the app lives.
        method: the request's method, in upper case.
        target: path below the mount, percent-encoded, with its query; begins with a slash.
        headers: header pairs; a `host` is added when they have none.
        state: the lifespan's state; the scope gets a shallow copy, as the specification asks.
    """
    return {
        "type": "http",
        "asgi": _versions(SPEC_VERSION),
        "http_version": "1.1",
        "method": method,
        "scheme": mount.scheme,
        "client": CLIENT,
        "server": mount.server,
        "headers": _with_host(headers, mount),
        "state": state.copy(),
        "extensions": {},
        **_where(mount, target),
    }


def websocket_scope(
    mount: Mount, *, target: str, headers: Headers, state: dict[str, Any]
) -> WebSocketScope:
    """Make the scope of a WebSocket; its arguments are those of `http_scope`."""
    offered = [value for name, value in headers if name == b"sec-websocket-protocol"]
    return {
        "type": "websocket",
        "asgi": _versions(SPEC_VERSION),
        "http_version": "1.1",
        "scheme": {"http": "ws", "https": "wss"}[mount.scheme],
        "client": CLIENT,
        "server": mount.server,
        "headers": _with_host(headers, mount),
        "subprotocols": [
            name.strip() for value in offered for name in value.decode("latin-1").split(",")
        ],
        "state": state.copy(),
        "extensions": {"websocket.http.response": {}},
        **_where(mount, target),
    }


def lifespan_scope(state: dict[str, Any]) -> LifespanScope:
    """Make the lifespan's scope; the app fills `state` itself."""
    return {"type": "lifespan", "asgi": _versions(LIFESPAN_SPEC_VERSION), "state": state}


class _Where(TypedDict):
    path: str
    raw_path: bytes
    query_string: bytes
    root_path: str


def _where(mount: Mount, target: str) -> _Where:
    path, _, query = target.partition("?")
    raw_path = path if mount.mode == "stripped" else mount.root_path + path
    return {
        "path": unquote(raw_path),
        "raw_path": raw_path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "root_path": unquote(mount.root_path) if mount.mode == "root_path" else "",
    }


def _with_host(headers: Headers, mount: Mount) -> Headers:
    if any(name == b"host" for name, _ in headers):
        return headers
    return [(b"host", mount.host.encode("latin-1")), *headers]


def _versions(spec_version: str) -> ASGIVersions:
    return {"version": "3.0", "spec_version": spec_version}
