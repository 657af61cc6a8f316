"""Streams in both directions, released chunk by chunk by the check that reads them."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator

from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

events: list[str] = []
steps: dict[str, asyncio.Semaphore] = {}


def step(name: str) -> asyncio.Semaphore:
    return steps.setdefault(name, asyncio.Semaphore(0))


async def home(request: Request) -> Response:
    return HTMLResponse("<!doctype html><title>Streams</title><p>Streams")


async def release(request: Request) -> Response:
    """Lets the stream of this name go one step on."""
    step(request.path_params["name"]).release()
    return Response("released")


async def told(request: Request) -> Response:
    seen = events.copy()
    events.clear()
    return JSONResponse(seen)


async def lines(request: Request) -> Response:
    name = request.path_params["name"]

    async def content() -> AsyncIterator[str]:
        try:
            for number in range(int(request.query_params.get("count", 3))):
                yield f"line {number}\n"
                await step(name).acquire()
        finally:
            events.append(f"{name} closed")

    kind = request.query_params.get("type", "text/plain")
    return StreamingResponse(content(), media_type=kind)


async def sync_lines(request: Request) -> Response:
    def content() -> Iterator[str]:
        try:
            for number in range(3):
                yield f"line {number}\n"
        finally:
            events.append("sync closed")

    return StreamingResponse(content(), media_type="text/plain")


async def page(request: Request) -> Response:
    """A page whose second half comes later."""

    async def content() -> AsyncIterator[str]:
        yield "<!doctype html><head><title>Page</title></head><p id=first>first"
        await step("page").acquire()
        yield "<p id=second>second"

    return StreamingResponse(content(), media_type="text/html")


async def ticks(request: Request) -> Response:
    """Server-sent events by hand: two, then the connection ends; a reconnection goes on."""
    last = int(request.headers.get("last-event-id", -1))
    events.append(f"asked after {last}")

    async def content() -> AsyncIterator[str]:
        yield "retry: 20\n\n"
        for number in range(last + 1, last + 3):
            yield f"id: {number}\nevent: tick\ndata: {number}\n\n"

    return StreamingResponse(content(), media_type="text/event-stream")


async def sse(request: Request) -> Response:
    name = request.path_params["name"]

    async def content() -> AsyncIterator[dict[str, str]]:
        try:
            for number in range(1000):
                yield {"id": str(number), "data": f"event {number}"}
                await step(name).acquire()
        finally:
            events.append(f"{name} closed")

    return EventSourceResponse(content(), ping=1)


async def upload(request: Request) -> Response:
    async for chunk in request.stream():
        if chunk:
            events.append(chunk.decode())
    headers = request.headers
    return JSONResponse([headers.get("content-length"), headers.get("transfer-encoding")])


async def duplex(request: Request) -> Response:
    """Answers each chunk as it comes."""

    async def content() -> AsyncIterator[bytes]:
        async for chunk in request.stream():
            yield chunk.upper()

    return StreamingResponse(content(), media_type="text/plain")


async def digest(request: Request) -> Response:
    found = hashlib.sha256()
    async for chunk in request.stream():
        found.update(chunk)
    return Response(found.hexdigest())


async def failing(request: Request) -> Response:
    async def content() -> AsyncIterator[str]:
        yield "begun"
        await step("failing").acquire()
        raise RuntimeError("the stream failed")

    return StreamingResponse(content(), media_type="text/plain")


async def wrong_length(request: Request) -> Response:
    async def content() -> AsyncIterator[bytes]:
        yield b"short"

    return StreamingResponse(content(), headers={"content-length": "10"})


class Endless:
    """Raw ASGI: sends until the client is gone, and counts what went out."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        sent = 0
        try:
            while True:
                body = bytes(1 << 16)
                await send({"type": "http.response.body", "body": body, "more_body": True})
                sent += len(body)
                events[:] = [f"sent {sent >> 20} MB"]
        except OSError:
            events.append("disconnected")


class Pass(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        response.headers["x-passed"] = "1"
        return response


streams = [
    Route("/lines/{name}", lines),
    Route("/sync-lines", sync_lines),
    Route("/ticks", ticks),
    Route("/sse/{name}", sse),
    Route("/page", page),
]

app = Starlette(
    routes=[
        Route("/", home),
        Route("/release/{name}", release),
        Route("/told", told),
        Route("/upload", upload, methods=["POST"]),
        Route("/duplex", duplex, methods=["POST"]),
        Route("/digest", digest, methods=["POST"]),
        Route("/failing", failing),
        Route("/wrong-length", wrong_length),
        Route("/endless", Endless()),
        Mount("/passed", routes=streams, middleware=[Middleware(Pass)]),
        Mount("/zipped", routes=streams, middleware=[Middleware(GZipMiddleware, minimum_size=1)]),
        *streams,
    ]
)
