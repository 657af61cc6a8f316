"""Sends requests for all clients: to the app itself, or through the browser."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from ..threads.loop import main_loop
from ..threads.waiting import Gate
from .own import OwnReply, own_target
from .request import (
    BlockingReply,
    Complete,
    Pairs,
    Reply,
    Unreachable,
    decoded_headers,
    unreachable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from ..scope import Mount
    from ..server import Server
    from .request import Request

Result = TypeVar("Result")

KEPT = 5.0
"""Seconds for which the answer behind a redirect waits for its client."""


class Outgoing:
    """The way out of one app.

    Args:
        browser: the functions of assets/outgoing.js.
        to_js: makes a JavaScript array of bytes.
        can_suspend: whether the calling stack may wait for the browser.
        server: the app's server, None before it is there.
    """

    def __init__(
        self,
        browser: Any,
        to_js: Callable[[bytes], Any],
        can_suspend: Callable[[], bool],
        server: Callable[[], Server | None],
    ) -> None:
        self.browser = browser
        self.to_js = to_js
        self.can_suspend = can_suspend
        self.server = server
        self.mount: Mount | None = None
        self._behind_redirect: tuple[str, Any] | None = None

    async def send(self, request: Request) -> Reply:
        """Send a request, and wait for the head of its answer.

        Raises:
            Unreachable: there will be none.
            TimeoutError: there is none in time.
        """
        try:
            return await asyncio.wait_for(self._send(request), request.timeout)
        except asyncio.TimeoutError:
            raise TimeoutError(_too_slow(request)) from None

    def send_blocking(self, request: Request) -> BlockingReply:
        """The same for code that is not async; its body may be there at once."""
        if self.can_suspend() or self._own_target(request) is not None:
            return _Blocking(block_on(self.send(request)))
        kept = self._take_kept(request)
        return kept or self._ask(request)

    async def _send(self, request: Request) -> Reply:
        if kept := self._take_kept(request):
            return kept if isinstance(kept, _Fetched) else _Eventually(kept)
        target = self._own_target(request)
        if target is not None:
            return await self._ask_app(target, request)
        fetched = await _Fetched.send(self, request)
        if fetched.url == request.address:
            return fetched
        return _Eventually(self._redirected(fetched.url, fetched))

    async def _ask_app(self, target: str, request: Request) -> Reply:
        server = self.server()
        if server is None:
            raise Unreachable(f"{request.url} is this app itself, which does not run yet.")
        return await OwnReply.ask(server, target, request)

    def _own_target(self, request: Request) -> str | None:
        return own_target(request.url, self.mount) if self.mount else None

    def _ask(self, request: Request) -> Complete:
        answer = self.browser.ask(*self._arguments(request), (request.timeout or 0) * 1000)
        self.check(answer.failure, request)
        body = answer.body.to_bytes() if answer.body else b""
        reply = Complete(answer.status, answer.reason, _pairs(answer.headers), bytes(body))
        if answer.url in ("", request.address):
            return reply
        return self._redirected(answer.url, reply)

    # A browser follows redirects by itself, and shows a page only where they end. The client is
    # told of one redirect to there, so that it does as it was asked; when it follows, the answer is
    # there already.

    def _redirected(self, url: str, reply: Any) -> Complete:
        self._forget()
        self._behind_redirect = (url, reply)
        main_loop().call_later(KEPT, self._forget, reply)
        return Complete(302, "Found", [("location", url), ("content-length", "0")])

    def _take_kept(self, request: Request) -> Any:
        kept, self._behind_redirect = self._behind_redirect, None
        if kept is None:
            return None
        url, reply = kept
        if url == request.address and request.method in ("GET", "HEAD"):
            return reply
        reply.close()
        return None

    def _forget(self, reply: Any = None) -> None:
        kept = self._behind_redirect
        if kept and reply in (None, kept[1]):
            self._behind_redirect = None
            kept[1].close()

    # For the replies

    def _arguments(self, request: Request) -> tuple[Any, ...]:
        headers = "\n".join(f"{name}:{value}" for name, value in request.allowed_headers)
        body = self.to_js(request.body) if request.body else None
        return request.method, request.address, headers, body

    def check(self, failure: str, request: Request) -> None:
        """Raise what a failed request is to its client."""
        if failure == "timeout":
            raise TimeoutError(_too_slow(request))
        if failure == "network":
            from_https = self.mount is not None and self.mount.scheme == "https"
            raise unreachable(request.url, from_https=from_https)
        if failure:
            raise Unreachable(f"The browser cannot send this request to {request.url}: {failure}")


class _Fetched:
    """A reply that comes from the browser part by part."""

    def __init__(self, outgoing: Outgoing, request: Request, sent: Any) -> None:
        self._outgoing = outgoing
        self._request = request
        self._sent = sent
        self.status = 0
        self.reason = ""
        self.url = ""
        self.headers: Pairs = []

    @classmethod
    async def send(cls, outgoing: Outgoing, request: Request) -> _Fetched:
        reply = cls(outgoing, request, outgoing.browser.fetch(*outgoing._arguments(request)))
        try:
            head = await reply._sent.head()
            outgoing.check(head.failure, request)
        except BaseException:
            reply.close()
            raise
        reply.status, reply.reason, reply.url = head.status, head.reason, head.url
        reply.headers = _pairs(head.headers)
        return reply

    async def read(self) -> bytes:
        try:
            part = await asyncio.wait_for(self._sent.read(), self._request.timeout)
        except asyncio.TimeoutError:
            self.close()
            raise TimeoutError(_too_slow(self._request)) from None
        except asyncio.CancelledError:
            self.close()
            raise
        self._outgoing.check(part.failure, self._request)
        return bytes(part.content.to_bytes()) if part.content else b""

    def close(self) -> None:
        self._sent.abort()


class _Eventually:
    """A reply that is complete, for a client that awaits its parts."""

    def __init__(self, reply: Complete) -> None:
        self._reply = reply
        self.status, self.reason, self.headers = reply.status, reply.reason, reply.headers

    async def read(self) -> bytes:
        return self._reply.read()

    def close(self) -> None:
        self._reply.close()


class _Blocking:
    """A reply for a client that blocks."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self.status, self.reason, self.headers = reply.status, reply.reason, reply.headers

    def read(self) -> bytes:
        return block_on(self._reply.read())

    def close(self) -> None:
        self._reply.close()


def block_on(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Wait for a coroutine in code that is not async, while everything else goes on."""
    task = main_loop().create_task(coroutine)
    gate = Gate()
    task.add_done_callback(lambda _: gate.open())
    try:
        gate.wait(what="This request")
    except BaseException:
        task.cancel()
        raise
    result: Result = task.result()
    return result


def _pairs(text: str) -> Pairs:
    lines = (line.partition(":") for line in text.split("\n") if line)
    return decoded_headers([(name, value.strip()) for name, _, value in lines])


def _too_slow(request: Request) -> str:
    return f"{request.url} did not answer within {request.timeout:g} seconds."
