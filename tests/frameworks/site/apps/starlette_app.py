"""A notebook behind a login: sessions, forms, redirects, a stream."""

import asyncio
import html

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import HTMLResponse, RedirectResponse, StreamingResponse
from starlette.routing import Route


class Timing(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        response = await call_next(request)
        response.headers["x-app"] = "notebook"
        return response


def page(body):
    return HTMLResponse(f"<!doctype html><title>Notebook</title>{body}")


async def home(request):
    user = request.session.get("user")
    if user is None:
        return RedirectResponse(request.url_for("login"), 303)
    notes = "".join(f"<li>{html.escape(note)}</li>" for note in request.session["notes"])
    return page(
        f"<h1>Notes of {html.escape(user)}</h1><ul>{notes}</ul>"
        '<form action="/notes" method="post"><input name="note" aria-label="Note">'
        "<button>Add</button></form>"
        '<a href="/ticks">Ticks</a> <a href="/logout">Log out</a>'
    )


async def login(request):
    if request.method == "POST":
        form = await request.form()
        request.session["user"] = form["name"]
        request.session["notes"] = []
        return RedirectResponse("/", 302)
    return page(
        '<h1>Log in</h1><form method="post"><input name="name" aria-label="Name">'
        "<button>Log in</button></form>"
    )


async def add_note(request):
    form = await request.form()
    request.session["notes"] = [*request.session["notes"], form["note"]]
    return RedirectResponse(request.url_for("home"), 303)


def logout(request):
    request.session.clear()
    return RedirectResponse("/")


async def ticks(request):
    async def lines():
        for number in range(3):
            await asyncio.sleep(0.01)
            yield f"tick {number}\n"

    return StreamingResponse(lines(), media_type="text/plain")


app = Starlette(
    routes=[
        Route("/", home),
        Route("/login", login, methods=["GET", "POST"]),
        Route("/notes", add_note, methods=["POST"]),
        Route("/logout", logout),
        Route("/ticks", ticks),
    ],
    middleware=[
        Middleware(SessionMiddleware, secret_key="for a documentation page"),
        Middleware(Timing),
    ],
)
