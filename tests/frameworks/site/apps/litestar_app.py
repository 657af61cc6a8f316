"""A shop with a basket: sessions, CSRF protection, streams, server-sent events, an API."""

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path

from litestar import Litestar, MediaType, Request, get, post
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.logging import LoggingConfig
from litestar.middleware.session.server_side import ServerSideSessionConfig
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import (
    RapidocRenderPlugin,
    RedocRenderPlugin,
    ScalarRenderPlugin,
    StoplightRenderPlugin,
    SwaggerRenderPlugin,
)
from litestar.params import Body
from litestar.response import Redirect, ServerSentEvent, Stream
from litestar.static_files import create_static_files_router

logger = logging.getLogger("shop")
Path("static").mkdir(exist_ok=True)
Path("static/shop.css").write_text("h1 { color: rgb(1, 2, 3) }")


@dataclass
class Item:
    name: str
    price: float = 1.0


@get("/", media_type=MediaType.HTML, sync_to_thread=True)
def home(request: Request) -> str:
    basket = request.session.get("basket", [])
    items = "".join(f"<li>{name}</li>" for name in basket)
    return (
        '<!doctype html><link rel="stylesheet" href="/static/shop.css"><h1>Basket</h1>'
        f"<ul>{items}</ul>"
        '<form method="post" action="/basket">'
        '<input type="hidden" name="_csrf_token">'
        '<input name="name" aria-label="Item"><button>Put in</button></form>'
        '<p id="events"></p><script>'
        "document.forms[0]._csrf_token.value = /csrftoken=([^;]*)/.exec(document.cookie)[1];"
        'const source = new EventSource("/events");'
        'source.onmessage = ({ data }) => { events.textContent += data; };'
        'source.addEventListener("end", () => source.close());'
        "</script>"
    )


@post("/basket", sync_to_thread=True)
def put_in(
    request: Request, data: Item = Body(media_type=RequestEncodingType.URL_ENCODED)
) -> Redirect:
    logger.info("put in %s", data.name)
    request.session["basket"] = [*request.session.get("basket", []), data.name]
    return Redirect("/", status_code=303)


@get("/events")
async def events() -> ServerSentEvent:
    async def numbers():
        for number in range(3):
            await asyncio.sleep(0.01)
            yield {"data": f"<{number}>"}
        yield {"event": "end", "data": ""}

    return ServerSentEvent(numbers())


@get("/stream")
async def stream() -> Stream:
    def lines():
        for number in range(3):
            yield f"line {number}\n"

    return Stream(lines(), media_type=MediaType.TEXT)


@post("/api/upload", exclude_from_csrf=True)
async def upload(data: UploadFile = Body(media_type=RequestEncodingType.MULTI_PART)) -> dict:
    return {"name": data.filename, "size": len(await data.read())}


app = Litestar(
    [
        home,
        put_in,
        events,
        stream,
        upload,
        create_static_files_router(path="/static", directories=["static"]),
    ],
    csrf_config=CSRFConfig(secret="for a documentation page", exclude=["/api"]),
    middleware=[ServerSideSessionConfig().middleware],
    logging_config=LoggingConfig(loggers={"shop": {"level": "INFO"}}),
    openapi_config=OpenAPIConfig(
        title="Shop",
        version="1.0",
        render_plugins=[
            SwaggerRenderPlugin(),
            RedocRenderPlugin(),
            ScalarRenderPlugin(),
            StoplightRenderPlugin(),
            RapidocRenderPlugin(),
        ],
    ),
)
