"""What an application can be asked for, told by the frameworks themselves."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from asgi_docs.runtime.interfaces import as_asgi
from asgi_docs.runtime.openapi import described_routes
from asgi_docs.runtime.routes import MOST, routes

from ..environments import make_environment

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


def listed(application: Any) -> list[str]:
    return [
        " ".join(filter(None, [each["method"], each["path"], each["summary"]]))
        for each in routes(application)
    ]


async def raw(scope: Any, receive: Any, send: Any) -> None:
    """An application that tells nothing."""


def test_an_application_that_tells_nothing() -> None:
    assert routes(raw) == []
    assert routes(None) == []


def test_an_application_that_fails_when_it_is_asked() -> None:
    class Broken:
        def openapi(self) -> None:
            raise RuntimeError("no schema")

        @property
        def routes(self) -> list[Any]:
            return [SimpleNamespace(path="/a", methods={"GET"}, endpoint=raw)]

        @property
        def url_map(self) -> None:
            raise RuntimeError("nor rules")

    assert listed(Broken()) == ["GET /a An application that tells nothing."]


def test_an_application_that_wraps_itself() -> None:
    loop = SimpleNamespace()
    loop.app = lambda: None
    loop.app.app = loop.app
    assert routes(loop) == []


def test_many_routes() -> None:
    table = [SimpleNamespace(path=f"/{n}", methods={"GET"}, endpoint=None) for n in range(MOST + 9)]
    assert len(routes(SimpleNamespace(routes=table))) == MOST


def test_starlette() -> None:
    pytest.importorskip("starlette")
    from starlette.applications import Starlette
    from starlette.endpoints import HTTPEndpoint
    from starlette.middleware import Middleware
    from starlette.middleware.gzip import GZipMiddleware
    from starlette.routing import Host, Mount, Route, Router, WebSocketRoute
    from starlette.staticfiles import StaticFiles

    def note(request: Any) -> Any:
        """Read a note.

        More of it.
        """

    class Notes(HTTPEndpoint):
        def get(self, request: Any) -> Any: ...

        def post(self, request: Any) -> Any: ...

    application = Starlette(
        routes=[
            Route("/notes/{note_id:int}", note, methods=["GET", "DELETE"]),
            Route("/notes", Notes),
            WebSocketRoute("/live", note),
            Mount("/static", StaticFiles(directory=ROOT)),
            Mount("/admin", routes=[Route("/", note)]),
            Mount("/other", app=Router([Mount("/deep", app=Router([Route("/x", note)]))])),
            Host("api.example.org", app=Router([Route("/y", note)])),
        ],
        middleware=[Middleware(GZipMiddleware)],
    )
    expected = [
        "DELETE /notes/{note_id} Read a note.",
        "GET /notes/{note_id} Read a note.",
        "GET /notes",
        "POST /notes",
        "WS /live Read a note.",
        "GET /static/{path}",
        "GET /admin/ Read a note.",
        "GET /other/deep/x Read a note.",
        "GET /y Read a note.",
    ]
    assert listed(application) == expected
    assert listed(GZipMiddleware(application)) == expected


def test_fastapi() -> None:
    fastapi = pytest.importorskip("fastapi")
    from pydantic import BaseModel, Field

    class Author(BaseModel):
        name: str
        born: int | None = None

    class Book(BaseModel):
        title: str = Field(examples=["Emma"])
        author: Author
        tags: list[str]
        pages: int = Field(gt=0)

    application = fastapi.FastAPI()
    router = fastapi.APIRouter(prefix="/books")

    def create(book: Book) -> None: ...
    def read(book_id: int) -> None:
        """Read one."""

    async def follow(socket: fastapi.WebSocket) -> None: ...

    create.__annotations__ = {"book": Book}
    read.__annotations__ = {"book_id": int}
    follow.__annotations__ = {"socket": fastapi.WebSocket}
    router.post("")(create)
    router.get("/{book_id}", summary="One book")(read)
    router.websocket("/follow")(follow)
    application.include_router(router, prefix="/v1")
    inner = fastapi.FastAPI(docs_url=None, redoc_url=None)
    inner.get("/health")(lambda: None)
    application.mount("/inner", inner)

    assert listed(application) == [
        "POST /v1/books Create",
        "GET /v1/books/{book_id} One book",
        "GET /openapi.json",
        "GET /docs",
        "GET /docs/oauth2-redirect",
        "GET /redoc",
        "WS /v1/books/follow",
        "GET /inner/health <Lambda>",
        "GET /inner/openapi.json",
    ]
    assert json.loads(routes(application)[0]["body"]) == {
        "title": "Emma",
        "author": {"name": "string", "born": 0},
        "tags": ["string"],
        "pages": 1,
    }


OTHERS = {
    "blacksheep": (
        '''
import asyncio
from blacksheep import Application

app = Application()

@app.router.put("/books/{int:pk}")
def book(pk: int):
    """A book."""

@app.router.ws("/live")
async def live(socket): ...

asyncio.run(app.start())
''',
        ["PUT /books/{pk} A book.", "WS /live"],
    ),
    "litestar": (
        """
from litestar import Litestar, Router, WebSocket, get, post, websocket

@get("/", summary="Home")
async def home() -> str: return ""

@post("/books/{book_id:int}")
async def change(book_id: int, data: dict[str, str]) -> None: ...

@websocket("/live")
async def live(socket: WebSocket) -> None: ...

app = Litestar([home, Router("/v1", route_handlers=[change]), live])
""",
        ["GET / Home", "POST /v1/books/{book_id} Change", "WS /live", "GET /schema/openapi.json"],
    ),
    "quart": (
        '''
from quart import Quart

app = Quart("app")

@app.route("/books/<int:book_id>", methods=["GET", "PUT"])
async def book(book_id):
    """A book."""

@app.websocket("/live")
async def live(): ...
''',
        ["GET /books/{book_id} A book.", "PUT /books/{book_id} A book.", "WS /live"],
    ),
    "flask": (
        '''
from flask import Flask

app = Flask("app", static_folder=None)

@app.get("/files/<path:name>")
def files(name):
    """A file."""
''',
        ["GET /files/{name} A file."],
    ),
    "django": (
        '''
from django.conf import settings
settings.configure(ROOT_URLCONF="__main__", SECRET_KEY="x", ALLOWED_HOSTS=["*"])
from django.core.asgi import get_asgi_application
from django.urls import include, path, re_path

def book(request, pk):
    """A book."""

urlpatterns = [
    path("books/<int:pk>/", book),
    path("shop/", include([path("", book)])),
    re_path(r"^old/(\\d+)$", book),
]
app = get_asgi_application()
''',
        ["GET /books/{pk}/ A book.", "GET /shop/ A book."],
    ),
    "bottle": (
        '''
from bottle import Bottle

app = Bottle()

@app.post("/books/<pk:int>")
def book(pk):
    """A book."""
''',
        ["POST /books/{pk} A book."],
    ),
    "falcon": (
        '''
import falcon.asgi

class Book:
    """A book."""
    async def on_get(self, req, resp, pk): ...
    async def on_put(self, req, resp, pk): ...

app = falcon.asgi.App()
app.add_route("/books/{pk:int}", Book())
''',
        ["GET /books/{pk} A book.", "PUT /books/{pk} A book."],
    ),
}


@pytest.fixture(scope="module")
def run_with_frameworks(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    """Runs code that makes an `app`, where all frameworks are installed; gives the app's routes."""
    python = make_environment(tmp_path_factory.mktemp("frameworks") / "venv", "asgiref", *OTHERS)

    def run(code: str) -> list[str]:
        tell = """
import json
from asgi_docs.runtime.interfaces import as_asgi
from asgi_docs.runtime.routes import routes
print(json.dumps([" ".join(filter(None, [r["method"], r["path"], r["summary"]]))
                  for r in routes(as_asgi(app))]))
"""
        done = subprocess.run(
            [python, "-c", code + tell], capture_output=True, text=True, check=False, cwd=ROOT
        )
        assert done.returncode == 0, done.stderr
        told: list[str] = json.loads(done.stdout.splitlines()[-1])
        return told

    return run


@pytest.mark.network
@pytest.mark.parametrize("framework", OTHERS)
def test_other_frameworks(run_with_frameworks: Callable[[str], list[str]], framework: str) -> None:
    code, expected = OTHERS[framework]
    found = run_with_frameworks(code)
    assert [each for each in found if each in expected] == expected
    assert not any("OPTIONS" in each or "<" in each or ":" in each for each in found)


def test_the_application_behind_another_interface() -> None:
    pytest.importorskip("asgiref")

    def wsgi(environ: Any, start_response: Any) -> list[bytes]:
        return []

    wsgi.routes = [SimpleNamespace(path="/a", methods={"GET"}, endpoint=None)]  # type: ignore[attr-defined]
    assert listed(as_asgi(wsgi)) == ["GET /a"]


def test_examples_of_bodies() -> None:
    def body_of(media: dict[str, Any], **components: Any) -> Any:
        operation = {"requestBody": {"content": {"application/json": media}}}
        document = {"paths": {"/": {"post": operation}}, "components": {"schemas": components}}
        [(method, path, _, body)] = described_routes(document)
        assert (method, path) == ("POST", "/")
        return json.loads(body)

    def example(schema: dict[str, Any], **components: Any) -> Any:
        return body_of({"schema": schema}, **components)

    loop = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Loop"}}}
    deep = example(loop, Loop=loop)
    for _ in range(5):
        deep = deep["next"]
    assert deep is None
    assert body_of({"example": [1]}) == [1]
    assert body_of({"examples": {"a": {"value": "x"}}}) == "x"
    assert example({"enum": ["red", "blue"]}) == "red"
    assert example({"anyOf": [{"type": "integer"}, {"type": "null"}]}) == 0
    assert example({"type": ["string", "null"], "format": "date"}) == "2025-01-31"
    one = {"type": "object", "properties": {"a": {"type": "boolean"}}}
    two = {"properties": {"b": {"default": 7}, "c": {"type": "string", "readOnly": True}}}
    assert example({"allOf": [one, two]}) == {"a": True, "b": 7}
    assert example({"$ref": "#/components/schemas/No~1where"}) is None
    assert example({"type": "array"}) == []
    assert list(described_routes({"paths": {"/": {"get": {}, "parameters": []}}})) == [
        ("GET", "/", "", "")
    ]
