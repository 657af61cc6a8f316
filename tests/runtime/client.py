"""The client's end of an app that runs in the server under test."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from asgi_docs.runtime.http_cycle import HTTPCycle
from asgi_docs.runtime.scope import Mount, http_scope
from asgi_docs.runtime.server import Server

if TYPE_CHECKING:
    from collections.abc import Mapping

    from asgi_docs.runtime.lifespan import Mode
    from asgi_docs.runtime.messages import Application, Headers

MOUNT = Mount.from_url("https://docs.example/en/live/page/~token/")


class Answer:
    """Takes one response, and remembers what came in one go.

    Attributes:
        parts: body chunks as they came; the first one came together with the head.
        done: the response is complete.
        failure: what was said when it could not be completed.
    """

    def __init__(self) -> None:
        self.status: int | None = None
        self.headers: Headers = []
        self.parts: list[bytes] = []
        self.done = False
        self.failure: str | None = None
        self.taken_by_app: list[int] = []

    @property
    def content(self) -> bytes:
        return b"".join(self.parts)

    @property
    def text(self) -> str:
        return self.content.decode()

    def header(self, name: str) -> str | None:
        values = [value for key, value in self.headers if key == name.encode()]
        return ", ".join(value.decode("latin-1") for value in values) if values else None

    def start(self, status: int, headers: Headers, body: bytes, more: bool) -> None:
        assert self.status is None, "two heads"
        self.status, self.headers = status, headers
        self.body(body, more)

    def body(self, chunk: bytes, more: bool) -> None:
        assert self.status is not None, "body before its head"
        assert not self.ended, "something after the end"
        self.parts.append(chunk)
        self.done = not more

    def fail(self, reason: str) -> None:
        assert self.status is not None, "an error without a head"
        assert not self.ended, "something after the end"
        self.failure = reason

    def consumed(self, size: int) -> None:
        self.taken_by_app.append(size)

    @property
    def ended(self) -> bool:
        return self.done or self.failure is not None


class Exchange:
    """One request on its way, without a server around it; needs a running event loop."""

    def __init__(self, app: Application, method: str = "GET", target: str = "/") -> None:
        self.answer = Answer()
        scope = http_scope(MOUNT, method=method, target=target, headers=[], state={})
        self.cycle = HTTPCycle(scope, self.answer)
        self.task = asyncio.ensure_future(self.cycle.run(app))

    async def finish(self, body: bytes = b"") -> Answer:
        """Send the body's last part and wait until the app has returned."""
        self.cycle.feed(body, False)
        await asyncio.wait_for(self.task, 5)
        return self.answer


class Client:
    """Requests to one server, each complete when it returns."""

    def __init__(self, app: Application, mount: Mount = MOUNT, lifespan: Mode = "auto") -> None:
        self.server = Server(app, mount, lifespan)

    async def __aenter__(self) -> Client:
        await asyncio.wait_for(self.server.startup(), 5)
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.wait_for(self.server.shutdown(), 5)

    async def request(
        self,
        method: str,
        target: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        root_path: str | None = None,
    ) -> Answer:
        answer = Answer()
        pairs = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
        cycle, task = self.server.serve(method, target, pairs, answer, root_path=root_path)
        cycle.feed(body, False)
        await asyncio.wait_for(task, 5)
        return answer

    async def get(self, target: str, **options: Any) -> Answer:
        return await self.request("GET", target, **options)


async def pause() -> None:
    """Let everything run that is able to."""
    for _ in range(10):
        await asyncio.sleep(0)
