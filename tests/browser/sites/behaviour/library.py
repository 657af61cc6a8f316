"""A library with routes of several kinds, for the reader's own requests."""

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Any

from fastapi import FastAPI, Request, Response, WebSocket
from fastapi.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from pydantic import BaseModel

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)

app = FastAPI()


class Book(BaseModel):
    title: str
    pages: int


@app.get("/", response_class=HTMLResponse)
async def home() -> str:
    return "<!doctype html><title>Library</title>Library"


@app.get("/books/{book_id}", summary="One book")
async def read(book_id: int) -> dict[str, Any]:
    return {"id": 9007199254740993, "title": "Emma", "parts": [{"number": book_id}, {"number": 2}]}


@app.post("/books", status_code=201)
async def add(book: Book) -> Book:
    return book


@app.api_route("/echo", methods=["GET", "PUT", "LINK"])
async def echo(request: Request) -> PlainTextResponse:
    names = ("content-type", "x-a")
    path = request.url.path.removeprefix(request.scope["root_path"])
    lines = [f"{request.method} {path}?{request.url.query}"]
    lines += [f"{name}: {value}" for name, value in request.headers.items() if name in names]
    return PlainTextResponse("\n".join([*lines, (await request.body()).decode()]))


@app.get("/many")
async def many() -> list[int]:
    return list(range(250))


@app.get("/events")
async def events() -> StreamingResponse:
    async def stream() -> AsyncIterator[str]:
        yield "event: tick\nid: 1\ndata: one\n\n"
        yield "data: two\ndata: lines\n\n"
        await asyncio.Event().wait()

    return StreamingResponse(stream(), media_type="text/event-stream")


@app.get("/late")
async def late() -> None:
    await asyncio.Event().wait()


@app.get("/picture")
async def picture() -> Response:
    return Response(PICTURE, media_type="image/png")


@app.get("/bytes")
async def some_bytes() -> Response:
    return Response(bytes(range(256)) * 5, media_type="application/octet-stream")


@app.websocket("/talk")
async def talk(socket: WebSocket) -> None:
    wanted = socket.scope["subprotocols"]
    await socket.accept(subprotocol=wanted[0] if wanted else None)
    await socket.send_text(f"hello {socket.headers.get('x-name', 'you')}")
    while True:
        text = await socket.receive_text()
        if text == "bye":
            await socket.close(4001, "bye")
            return
        await socket.send_bytes(text.encode()) if text == "bytes" else await socket.send_text(text)


@app.websocket("/closed")
async def closed(socket: WebSocket) -> None:
    await socket.close()
