"""Keeps what its startup made."""

import contextlib

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route


@contextlib.asynccontextmanager
async def lifespan(app: Starlette):
    print("startup")
    yield {"visits": [], "name": "tea"}
    print("shutdown")


async def home(request: Request) -> Response:
    return HTMLResponse("<!doctype html><title>Lifespan</title><p>Lifespan")


async def state(request: Request) -> Response:
    request.state.visits.append(len(request.state.visits))
    request.state.name += "!"
    return JSONResponse([request.state.name, request.state.visits])


app = Starlette(routes=[Route("/", home), Route("/state", state)], lifespan=lifespan)
