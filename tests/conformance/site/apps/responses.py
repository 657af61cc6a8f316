"""Answers with the status, the headers and the text that the query asks for."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"></svg>'


async def home(request: Request) -> Response:
    return HTMLResponse("<!doctype html><title>Responses</title><p>Responses")


async def answer(request: Request) -> Response:
    """`?status=418&body=text&x-name=value`: what is neither of the two first is a header."""
    asked = request.query_params
    response = Response(asked.get("body", "").encode(asked.get("encoding", "utf-8")))
    response.status_code = int(asked.get("status", 200))
    response.raw_headers.extend(
        (name.encode(), value.encode("latin-1"))
        for name, value in asked.multi_items()
        if name not in ("status", "body", "encoding")
    )
    return response


async def picture(request: Request) -> Response:
    return Response(SVG, media_type="image/svg+xml")


async def cookie(request: Request) -> Response:
    return Response(request.cookies.get("name", "none"))


async def forbidden(request: Request) -> Response:
    raise HTTPException(403, "not for you")


async def crash(request: Request) -> Response:
    raise ValueError("a mistake in the app")


class Raw:
    """What frameworks would not send."""

    async def __call__(self, scope, receive, send):
        if scope["path"].endswith("/silent"):
            return
        if scope["path"].endswith("/late"):
            headers = [(b"x-begun", b"yes")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b"begun", "more_body": True})
        raise ValueError("a mistake of the app")


app = Starlette(
    routes=[
        Route("/", home),
        Route("/answer", answer, methods=["GET", "POST"]),
        Route("/picture.svg", picture),
        Route("/cookie", cookie),
        Route("/forbidden", forbidden),
        Route("/crash", crash),
        Route("/raw/{what}", Raw()),
    ]
)
