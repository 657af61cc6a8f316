"""Counts its visitors; a page may have it twice."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

visits = 0


async def home(request: Request) -> Response:
    return HTMLResponse("<!doctype html><title>Several</title><a href='/visit'>Visit</a>")


async def visit(request: Request) -> Response:
    global visits
    visits += 1
    return PlainTextResponse(str(visits))


async def remember(request: Request) -> Response:
    response = PlainTextResponse("remembered")
    response.set_cookie("name", request.query_params["name"])
    return response


async def recall(request: Request) -> Response:
    return PlainTextResponse(request.cookies.get("name", "nobody"))


async def loop(request: Request) -> Response:
    while True:
        pass


app = Starlette(
    routes=[
        Route("/", home),
        Route("/visit", visit),
        Route("/remember", remember),
        Route("/recall", recall),
        Route("/loop", loop),
    ]
)
