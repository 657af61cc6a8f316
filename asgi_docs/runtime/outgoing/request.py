"""A request to another site and its answer, whichever client sends it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urldefrag, urlsplit

Pairs = list[tuple[str, str]]

# https://fetch.spec.whatwg.org/#forbidden-request-header; the browser sends its own instead.
_FORBIDDEN = frozenset(
    {
        "accept-charset",
        "accept-encoding",
        "access-control-request-headers",
        "access-control-request-method",
        "connection",
        "content-length",
        "cookie",
        "cookie2",
        "date",
        "dnt",
        "expect",
        "host",
        "keep-alive",
        "origin",
        "referer",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",  # allowed, but a site must then allow it by name (a preflight request)
        "via",
    }
)
# The browser has decoded the body before it hands it over.
_OF_ENCODING = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class Unreachable(OSError):
    """The browser gave no answer; the text says what may be the cause and what to do."""


@dataclass(frozen=True)
class Request:
    """What is sent.

    Attributes:
        url: absolute.
        timeout: seconds to wait for the answer's head, and for each part of its body.
    """

    method: str
    url: str
    headers: Pairs = field(default_factory=list)
    body: bytes = b""
    timeout: float | None = None

    @property
    def address(self) -> str:
        """The URL as it is sent."""
        return urldefrag(self.url).url

    @property
    def allowed_headers(self) -> Pairs:
        """The headers that a page may set."""
        return [
            (name, value)
            for name, value in self.headers
            if name.lower() not in _FORBIDDEN and not name.lower().startswith(("proxy-", "sec-"))
        ]


class Reply(Protocol):
    """What comes back; the body in parts."""

    status: int
    reason: str
    headers: Pairs

    async def read(self) -> bytes:
        """The next part of the body; empty at its end."""

    def close(self) -> None:
        """Nobody wants the rest."""


class BlockingReply(Protocol):
    """The same for clients that block."""

    status: int
    reason: str
    headers: Pairs

    def read(self) -> bytes:
        """The next part of the body; empty at its end."""

    def close(self) -> None:
        """Nobody wants the rest."""


class Complete:
    """A reply, for either kind of client, whose body is there."""

    def __init__(self, status: int, reason: str, headers: Pairs, body: bytes = b"") -> None:
        self.status = status
        self.reason = reason
        self.headers = headers
        self._body = body

    def read(self) -> bytes:
        """All at once."""
        body, self._body = self._body, b""
        return body

    def close(self) -> None:
        """There is nothing to end."""


def decoded_headers(pairs: Pairs) -> Pairs:
    """The headers of a body that the browser has decoded."""
    return [(name, value) for name, value in pairs if name.lower() not in _OF_ENCODING]


def unreachable(url: str, *, from_https: bool) -> Unreachable:
    """The error for a request that the browser did not send, or whose answer it keeps back."""
    if from_https and urlsplit(url).scheme == "http":
        return Unreachable(
            f"The browser does not fetch {url}: a page that came over https may not ask over plain "
            "http. Use an https address."
        )
    return Unreachable(
        f"The browser could not fetch {url}: the site cannot be reached, or it does not let the "
        "pages of other sites read its answers (CORS). A site allows that by the header "
        "Access-Control-Allow-Origin; use one that does, or put the data into the block's files."
    )
