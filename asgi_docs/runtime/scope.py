"""From the browser's request to an ASGI scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from .messages import ASGIVersions, Headers, HTTPScope, LifespanScope

# From 2.4 on, Starlette leaves it to the server to tell of a disconnect; with an older number it
# cancels a streaming response as soon as receive() gives http.disconnect.
SPEC_VERSION = "2.4"
LIFESPAN_SPEC_VERSION = "2.0"
CLIENT = ("127.0.0.1", 0)
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Mount:
    """Where an app lives.

    Attributes:
        scheme: `http` or `https`, as in the address of the documentation page.
        host: value of the `Host` header, port included.
        root_path: the URL path of the mount, percent-encoded and without a slash at its end.
    """

    scheme: str
    host: str
    root_path: str

    @classmethod
    def from_url(cls, url: str) -> Mount:
        """Take a mount's absolute URL apart."""
        parts = urlsplit(url)
        return cls(parts.scheme, parts.netloc, parts.path.rstrip("/"))

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
    path, _, query = target.partition("?")
    raw_path = mount.root_path + path
    if not any(name == b"host" for name, _ in headers):
        headers = [(b"host", mount.host.encode("latin-1")), *headers]
    return {
        "type": "http",
        "asgi": _versions(SPEC_VERSION),
        "http_version": "1.1",
        "method": method,
        "scheme": mount.scheme,
        "path": unquote(raw_path),
        "raw_path": raw_path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "root_path": unquote(mount.root_path),
        "headers": headers,
        "client": CLIENT,
        "server": mount.server,
        "state": state.copy(),
        "extensions": {},
    }


def lifespan_scope(state: dict[str, Any]) -> LifespanScope:
    """Make the lifespan's scope; the app fills `state` itself."""
    return {"type": "lifespan", "asgi": _versions(LIFESPAN_SPEC_VERSION), "state": state}


def _versions(spec_version: str) -> ASGIVersions:
    return {"version": "3.0", "spec_version": spec_version}
