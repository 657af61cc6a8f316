"""An app that knows nothing of a mount: what it emits is what the checks ask it to emit."""

import html
import json

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

asked = []


async def what_came(request):
    body = await request.body()
    path = request.scope["path"].removeprefix(request.scope["root_path"])
    return {
        "method": request.method,
        "path": path,
        "query": request.url.query,
        "body": body.decode("latin-1"),
        "referer": request.headers.get("referer"),
    }


async def home(request):
    return HTMLResponse("<!doctype html><title>Home</title><p id=page>home")


async def seen(request):
    """A page that says what it was asked."""
    came = html.escape(json.dumps(await what_came(request)))
    return HTMLResponse(f"<!doctype html><title>Seen</title><pre id=seen>{came}</pre>")


async def echo(request):
    return JSONResponse(await what_came(request))


async def page(request):
    """Any HTML, with any headers."""
    query = request.query_params
    content = f"<!doctype html><html><head>{query.get('head', '')}</head><body>{query['body']}"
    return with_headers(HTMLResponse(content), request)


async def anything(request):
    query = request.query_params
    return with_headers(Response(query["content"], media_type=query["type"]), request)


async def redirect(request):
    response = Response("the redirect's body", status_code=request.path_params["status"])
    if "to" in request.query_params:
        response.raw_headers.append((b"location", request.query_params["to"].encode()))
    return response


async def asked_for(request):
    return JSONResponse(asked)


def with_headers(response, request):
    for header in request.query_params.getlist("header"):
        name, value = header.split(": ", 1)
        response.raw_headers.append((name.encode(), value.encode()))
    return response


METHODS = ["GET", "POST", "PUT"]
router = Starlette(
    routes=[
        Route("/", home),
        Route("/seen", seen, methods=METHODS),
        Route("/seen/{rest:path}", seen, methods=METHODS),
        Route("/echo", echo, methods=METHODS),
        Route("/page", page),
        Route("/anything", anything),
        Route("/anything/{rest:path}", anything),
        Route("/redirect/{status:int}", redirect, methods=METHODS),
        Route("/a/b/redirect/{status:int}", redirect),
        Route("/asked", asked_for),
    ]
)


async def app(scope, receive, send):
    if scope["type"] == "http":
        asked.append(scope["path"].removeprefix(scope["root_path"]))
    await router(scope, receive, send)
