"""Real frameworks, mounted as in a documentation page."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import anyio
from fastapi import FastAPI, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, StreamingResponse
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount as Submount
from starlette.routing import Route

from .client import MOUNT, Answer, Client, pause

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    import pytest

    from asgi_docs.runtime.messages import Application, Receive, Scope, Send

PREFIX = "https://docs.example" + MOUNT.root_path
FORM = {"content-type": "application/x-www-form-urlencoded"}


def served(app: Application, *requests: tuple[str, str, dict[str, Any]]) -> list[Answer]:
    async def main() -> list[Answer]:
        async with Client(app) as client:
            return [await client.request(method, to, **more) for method, to, more in requests]

    return asyncio.run(main())


def test_a_first_fastapi_app() -> None:
    app = FastAPI()

    @app.get("/items/{item}")
    async def read(item: int, q: str = "none") -> dict[str, Any]:
        return {"item": item, "q": q}

    found, invalid, missing, wrong = served(
        app,
        ("GET", "/items/5?q=caf%C3%A9", {}),
        ("GET", "/items/five", {}),
        ("GET", "/nothing", {}),
        ("POST", "/items/5", {}),
    )

    assert (found.status, json.loads(found.content)) == (200, {"item": 5, "q": "café"})
    assert found.header("content-type") == "application/json"
    assert invalid.status == 422
    assert missing.status == 404
    assert (wrong.status, wrong.header("allow")) == (405, "GET")


def test_the_app_knows_its_mount() -> None:
    app = FastAPI()

    @app.get("/where", name="where")
    async def where(request: Request) -> list[str]:
        return [str(request.url), str(request.url_for("where")), str(request.base_url)]

    schema, docs, answer = served(
        app, ("GET", "/openapi.json", {}), ("GET", "/docs", {}), ("GET", "/where?a=1", {})
    )

    assert json.loads(schema.content)["servers"] == [{"url": MOUNT.root_path}]
    assert f"{MOUNT.root_path}/openapi.json" in docs.text
    assert json.loads(answer.content) == [
        f"{PREFIX}/where?a=1",
        f"{PREFIX}/where",
        f"{PREFIX}/",
    ]


def test_each_client_is_told_its_own_mount() -> None:
    async def where(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(request.url_for("where")))

    app = Starlette(routes=[Route("/where", where, name="where")])
    second = f"{MOUNT.root_path}.2"

    theirs, ours = served(app, ("GET", "/where", {"root_path": second}), ("GET", "/where", {}))

    assert theirs.text == f"https://docs.example{second}/where"
    assert ours.text == f"{PREFIX}/where"


def test_an_app_that_took_its_mount_from_its_environment_knows_no_other() -> None:
    async def where(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(request.url))

    inner = Starlette(routes=[Route("/where", where)])

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await inner({**scope, "root_path": MOUNT.root_path}, receive, send)

    async def main() -> Answer:
        async with Client(app, replace(MOUNT, is_known=True)) as client:
            return await client.get("/where", root_path=f"{MOUNT.root_path}.2")

    assert asyncio.run(main()).text == f"{PREFIX}/where"


def test_redirects_of_the_router_stay_in_the_mount() -> None:
    app = Starlette(routes=[Route("/items/", lambda request: PlainTextResponse("items"))])

    (answer,) = served(app, ("GET", "/items", {}))

    assert (answer.status, answer.header("location")) == (307, f"{PREFIX}/items/")


def test_sub_applications() -> None:
    async def where(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"{request.scope['root_path']} {request.path_params['name']}")

    inner = Starlette(routes=[Route("/hello/{name}", where)])
    app = Starlette(routes=[Submount("/v1", app=inner)])

    (answer,) = served(app, ("GET", "/v1/hello/Ada", {}))

    assert answer.text == f"{MOUNT.root_path}/v1 Ada"


def test_forms_and_uploads() -> None:
    app = FastAPI()

    @app.post("/form")
    async def form(name: Annotated[str, Form()]) -> str:
        return name

    @app.post("/upload")
    async def upload(file: Annotated[UploadFile, File()]) -> list[Any]:
        return [file.filename, (await file.read()).decode()]

    part = 'content-disposition: form-data; name="file"; filename="é.txt"'
    multipart = f"--b\r\n{part}\r\n\r\ncontent\r\n--b--\r\n".encode()
    answers = served(
        app,
        ("POST", "/form", {"headers": FORM, "body": b"name=Ada+%26+co"}),
        (
            "POST",
            "/upload",
            {"headers": {"content-type": "multipart/form-data; boundary=b"}, "body": multipart},
        ),
    )

    assert [json.loads(answer.content) for answer in answers] == ["Ada & co", ["é.txt", "content"]]


def test_cookies_are_two_headers() -> None:
    async def endpoint(request: Request) -> Response:
        response = RedirectResponse("/", status_code=303)
        response.set_cookie("a", "1")
        response.set_cookie("b", request.cookies.get("a", "none"))
        return response

    app = Starlette(routes=[Route("/login", endpoint)])

    (answer,) = served(app, ("GET", "/login", {"headers": {"cookie": "a=0"}}))

    cookies = [value for name, value in answer.headers if name == b"set-cookie"]
    assert cookies == [b"a=1; Path=/; SameSite=lax", b"b=0; Path=/; SameSite=lax"]


def test_an_upload_is_read_as_it_comes() -> None:
    async def endpoint(request: Request) -> StreamingResponse:
        async def upper() -> AsyncIterator[bytes]:
            async for chunk in request.stream():
                if chunk:
                    yield chunk.upper()

        return StreamingResponse(upper())

    app = Starlette(routes=[Route("/", endpoint, methods=["POST"])])

    async def main() -> Answer:
        async with Client(app) as client:
            answer = Answer()
            cycle, task = client.server.serve("POST", "/", [], answer)
            for chunk in (b"one", b"two"):
                cycle.feed(chunk, True)
                await pause()
                assert answer.content.endswith(chunk.upper())
            cycle.feed(b"", False)
            await task
            return answer

    answer = asyncio.run(main())
    assert (answer.content, answer.done) == (b"ONETWO", True)


def test_lifespan_state_reaches_the_requests() -> None:
    events: list[str] = []

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[dict[str, str]]:
        events.append("up")
        yield {"database": "shop.db"}
        events.append("down")

    async def endpoint(request: Request) -> PlainTextResponse:
        events.append("request")
        return PlainTextResponse(request.state.database)

    (answer,) = served(
        Starlette(routes=[Route("/", endpoint)], lifespan=lifespan), ("GET", "/", {})
    )

    assert answer.text == "shop.db"
    assert events == ["up", "request", "down"]


def test_an_exception_gives_the_frameworks_page_and_the_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def endpoint(request: Request) -> Response:
        raise LookupError("no such shop")

    app = Starlette(debug=True, routes=[Route("/", endpoint)])

    (answer,) = served(app, ("GET", "/", {"headers": {"accept": "text/html"}}))

    assert answer.status == 500
    assert "no such shop" in answer.text
    told = capsys.readouterr().err
    assert told.startswith("Exception in ASGI application\nTraceback (most recent call last):\n")
    assert told.endswith("LookupError: no such shop\n")


async def pass_on(
    request: Request, call_next: Callable[[Request], Awaitable[Response]]
) -> Response:
    response = await call_next(request)
    response.headers["x-middleware"] = "seen"
    return response


def test_an_event_stream_ends_when_its_reader_leaves(capsys: pytest.CaptureFixture[str]) -> None:
    ended: list[str] = []
    several_sent: asyncio.Event

    async def endpoint(request: Request) -> StreamingResponse:
        async def events() -> AsyncIterator[str]:
            try:
                for number in itertools.count():
                    yield f"data: {number}\n\n"
                    if number == 3:
                        several_sent.set()
                    await anyio.sleep(0.001)
            finally:
                ended.append(request.url.path.rpartition("/")[2])

        return StreamingResponse(events(), media_type="text/event-stream")

    plain = Starlette(routes=[Route("/plain", endpoint)])
    wrapped = Starlette(
        routes=[Route("/wrapped", endpoint)],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=pass_on)],
    )

    async def leave_after_three(app: Application, target: str) -> Answer:
        nonlocal several_sent
        several_sent = asyncio.Event()
        async with Client(app) as client:
            answer = Answer()
            cycle, task = client.server.serve("GET", target, [], answer)
            cycle.feed(b"", False)
            await several_sent.wait()
            cycle.disconnect()
            await asyncio.wait_for(task, 5)
            return answer

    asyncio.run(leave_after_three(plain, "/plain"))
    answer = asyncio.run(leave_after_three(wrapped, "/wrapped"))

    assert answer.header("x-middleware") == "seen"
    assert ended == ["plain", "wrapped"]
    assert capsys.readouterr().err == ""


def test_requests_beside_one_another_do_not_wait_for_one_another() -> None:
    async def main() -> tuple[str, str]:
        released = asyncio.Event()

        async def slow(request: Request) -> PlainTextResponse:
            await released.wait()
            return PlainTextResponse("slow")

        async def fast(request: Request) -> PlainTextResponse:
            released.set()
            return PlainTextResponse("fast")

        app = Starlette(routes=[Route("/slow", slow), Route("/fast", fast)])
        async with Client(app) as client:
            answers = await asyncio.gather(client.get("/slow"), client.get("/fast"))
            return answers[0].text, answers[1].text

    assert asyncio.run(main()) == ("slow", "fast")


def test_head_has_the_headers_of_get() -> None:
    app = FastAPI()

    @app.head("/")
    @app.get("/")
    async def endpoint() -> str:
        return "page"

    head, page = served(app, ("HEAD", "/", {}), ("GET", "/", {}))

    assert (head.status, head.content) == (200, b"")
    assert head.header("content-length") == page.header("content-length") == "6"
