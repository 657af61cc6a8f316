"""Tells what it was asked, and answers as it is asked to."""

import asyncio
import gzip
import hashlib
import json
import struct
import tempfile
import wave
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "PURGE"]
events: list[str] = []


async def home(request: Request) -> Response:
    return HTMLResponse("<!doctype html><title>HTTP</title><p>HTTP")


async def echo(request: Request) -> Response:
    scope = request.scope
    mount = scope["root_path"].encode()
    return JSONResponse(
        {
            "method": scope["method"],
            "path": scope["path"].removeprefix(scope["root_path"]),
            "raw_path": scope["raw_path"].removeprefix(mount).decode(),
            "query_string": scope["query_string"].decode(),
            "headers": [
                [name.decode(), value.decode("latin-1")] for name, value in request.headers.raw
            ],
            "extensions": sorted(scope["extensions"]),
            "body": (await request.body()).decode("latin-1"),
        },
        headers={"x-method": scope["method"]},
    )


async def echo_text(request: Request) -> Response:
    """As text, which every browser shows as it is."""
    return PlainTextResponse((await echo(request)).body)


async def status(request: Request) -> Response:
    return Response("a body", status_code=request.path_params["code"])


async def upload(request: Request) -> Response:
    """Reads the body chunk by chunk."""
    digest = hashlib.sha256()
    size = chunks = largest = 0
    async for chunk in request.stream():
        digest.update(chunk)
        size += len(chunk)
        chunks += bool(chunk)
        largest = max(largest, len(chunk))
    return JSONResponse(
        {
            "sha256": digest.hexdigest(),
            "size": size,
            "chunks": chunks,
            "largest": largest,
            "content-length": request.headers.get("content-length"),
            "transfer-encoding": request.headers.get("transfer-encoding"),
        }
    )


async def form(request: Request) -> Response:
    async with request.form() as fields:
        file = fields["file"]
        content = await file.read()
        return JSONResponse(
            {
                "name": file.filename,
                "size": file.size,
                "sha256": hashlib.sha256(content).hexdigest(),
                "content-length": request.headers.get("content-length"),
                "others": [[key, value] for key, value in fields.multi_items() if key != "file"],
            }
        )


def pattern(size: int) -> bytes:
    block = bytes(index * 7 % 256 for index in range(65_521))
    return (block * (size // len(block) + 1))[:size]


async def download(request: Request) -> Response:
    """Whole, or with `pieces` streamed."""
    size = int(request.query_params["size"])
    content = pattern(size)
    headers = {"x-sha256": hashlib.sha256(content).hexdigest()}
    if "pieces" not in request.query_params:
        return Response(content, headers=headers, media_type="application/octet-stream")
    length = size // int(request.query_params["pieces"])

    async def pieces() -> AsyncIterator[bytes]:
        for begin in range(0, size, length):
            yield content[begin : begin + length]

    return StreamingResponse(pieces(), headers=headers, media_type="application/octet-stream")


TEXT = "Zażółć gęślą jaźń. " * 200


async def compressed(request: Request) -> Response:
    raw = TEXT.encode()
    deflate = zlib.compressobj(wbits=-15)
    body = {
        "gzip": gzip.compress(raw),
        "x-gzip": gzip.compress(raw),
        "deflate": zlib.compress(raw),
        "deflate-raw": deflate.compress(raw) + deflate.flush(),
        "deflate, gzip": gzip.compress(zlib.compress(raw)),
        "empty": b"",
        "corrupt": gzip.compress(raw)[:-20] + b"x" * 20,
        "unknown": raw,
        "page": gzip.compress(b"<!doctype html><title>Page</title><p id=a>" + raw),
    }[request.query_params["as"]]
    coding = {"empty": "gzip", "corrupt": "gzip", "page": "gzip", "deflate-raw": "deflate"}
    kind = "html" if request.query_params["as"] == "page" else "plain"
    headers = {
        "content-encoding": coding.get(request.query_params["as"], request.query_params["as"]),
        "content-type": f"text/{kind}; charset=utf-8",
    }
    return Response(body, headers=headers)


async def raw_headers(scope: Scope, receive: Receive, send: Send) -> None:
    """The header pairs of the query, as JSON, sent as they stand there."""
    request = Request(scope)
    pairs = json.loads(request.query_params["pairs"])
    status = int(request.query_params.get("status", "200"))
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"with headers"})


class Raw:
    """Keeps Starlette from wrapping an ASGI function as an endpoint."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


async def conditional(request: Request) -> Response:
    headers = {"etag": '"v1"', "cache-control": "max-age=3600"}
    events.append("asked")
    if request.headers.get("if-none-match") == '"v1"':
        return Response(status_code=304, headers=headers)
    return Response("version 1", headers=headers)


def _tone() -> Path:
    path = Path(tempfile.gettempdir()) / "tone.wav"
    if not path.exists():
        with wave.open(str(path), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(8000)
            out.writeframes(b"".join(struct.pack("<h", n % 400 * 20) for n in range(8000 * 60)))
    return path


async def tone(request: Request) -> Response:
    if "range" in request.headers:
        events.append(f"range {request.headers['range']}")
    return FileResponse(_tone(), media_type="audio/wav")


async def tone_whole(request: Request) -> Response:
    return Response(_tone().read_bytes(), media_type="audio/wav")


async def background(request: Request) -> Response:
    async def work() -> None:
        await released.wait()
        events.append("background done")
        if "fail" in request.query_params:
            raise RuntimeError("the background task failed")

    events.append("answered")
    return Response("answered", background=BackgroundTask(work))


released = asyncio.Event()


async def release(request: Request) -> Response:
    released.set()
    return Response("released")


async def told(request: Request) -> Response:
    """What has happened since the last time."""
    seen = events.copy()
    events.clear()
    return JSONResponse(seen)


async def wait(scope: Scope, receive: Receive, send: Send) -> None:
    """Never answers; tells when the client is gone."""
    events.append("waiting")
    while (await receive())["type"] != "http.disconnect":
        pass
    events.append("disconnected")


async def redirect(request: Request) -> Response:
    return RedirectResponse(
        request.query_params["to"], status_code=int(request.query_params["status"])
    )


async def form_page(request: Request) -> Response:
    return HTMLResponse(
        '<!doctype html><form method="post" action="redirect?status=307%26to=echo"'
        ' enctype="multipart/form-data"><input name="a" value="1"></form>'
    )


async def attachment(request: Request) -> Response:
    return Response(
        "<!doctype html><p>saved",
        headers={"content-disposition": "attachment; filename*=UTF-8''%C3%A9t%C3%A9.html"},
        media_type="text/html",
    )


async def upload_then_disconnect(request: Request) -> Response:
    events.append("reading")
    try:
        async for chunk in request.stream():
            events.append(f"chunk {len(chunk)}")
    except ClientDisconnect:
        events.append("disconnected")
    return Response("read")


app = Starlette(
    routes=[
        Route("/", home),
        Route("/status/{code:int}", status, methods=METHODS),
        Route("/echo-text", echo_text, methods=METHODS),
        Route("/echo{rest:path}", echo, methods=METHODS),
        Route("/upload", upload, methods=["POST"]),
        Route("/upload-events", upload_then_disconnect, methods=["POST"]),
        Route("/form", form, methods=["POST"]),
        Route("/form-page", form_page),
        Route("/download", download),
        Route("/compressed", compressed),
        Route("/headers", Raw(raw_headers), methods=METHODS),
        Route("/conditional", conditional),
        Route("/tone.wav", tone),
        Route("/tone-whole.wav", tone_whole),
        Route("/background", background),
        Route("/release", release),
        Route("/told", told),
        Route("/wait", Raw(wait), methods=METHODS),
        Route("/redirect", redirect, methods=METHODS),
        Route("/attachment", attachment),
    ]
)
