"""The sample site's apps, run natively: what the documentation says about them is true."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, MutableMapping

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Message, Receive, Send], Coroutine[Any, Any, None]]

APPS = Path(__file__).parents[2] / "sample_site" / "apps"


def load(name: str) -> App:
    """Import an app afresh, so that no test sees what another one stored."""
    module_name = f"sample_apps_{name}"
    spec = importlib.util.spec_from_file_location(module_name, APPS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module  # pydantic looks annotations up there
    spec.loader.exec_module(module)
    app: App = module.app
    return app


@contextlib.asynccontextmanager
async def lifespan(app: App) -> AsyncIterator[dict[str, Any]]:
    """Start the app up and shut it down by hand; gives the lifespan state."""
    state: dict[str, Any] = {}
    to_app: asyncio.Queue[Message] = asyncio.Queue()
    from_app: asyncio.Queue[Message] = asyncio.Queue()
    scope: Message = {
        "type": "lifespan",
        "asgi": {"version": "3.0", "spec_version": "2.0"},
        "state": state,
    }
    task = asyncio.create_task(app(scope, to_app.get, from_app.put))

    async def step(name: str) -> None:
        await to_app.put({"type": name})
        answer = asyncio.create_task(from_app.get())
        await asyncio.wait({task, answer}, timeout=5, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            answer.cancel()
            await task
        assert answer.result() == {"type": f"{name}.complete"}

    await step("lifespan.startup")
    yield state
    await step("lifespan.shutdown")
    await task


@contextlib.asynccontextmanager
async def client(name: str, *, has_lifespan: bool = True) -> AsyncIterator[httpx.AsyncClient]:
    app = load(name)
    async with contextlib.AsyncExitStack() as stack:
        state = await stack.enter_async_context(lifespan(app)) if has_lifespan else {}

        async def with_state(scope: Message, receive: Receive, send: Send) -> None:
            await app({**scope, "state": dict(state)}, receive, send)

        transport = httpx.ASGITransport(app=with_state)
        async with httpx.AsyncClient(transport=transport, base_url="http://shop.example") as http:
            yield http


async def links(http: httpx.AsyncClient, path: str) -> list[str]:
    return re.findall(r'(?:href|src|action|data-url)="([^"]+)"', (await http.get(path)).text)


def test_hello_answers_http_and_refuses_the_rest() -> None:
    async def run() -> None:
        async with client("hello", has_lifespan=False) as http:
            answer = await http.get("/")
            assert (answer.status_code, answer.text) == (200, "Hello, ASGI!\n")
        with pytest.raises(RuntimeError, match="http only"):
            async with lifespan(load("hello")):
                pass

    asyncio.run(run())


def test_echo_says_what_it_received(capsys: pytest.CaptureFixture[str]) -> None:
    async def run() -> None:
        async with client("echo") as http:
            request = http.post("/a%20b?x=1&x=2", content="körper", headers={"x-tea": "green"})
            answer = (await request).json()
        assert answer["method"] == "POST"
        assert answer["path"] == "/a b"
        assert answer["query_string"] == "x=1&x=2"
        assert answer["body"] == "körper"
        assert ["x-tea", "green"] in answer["headers"]

    asyncio.run(run())
    assert capsys.readouterr().out.split() == ["lifespan.startup", "lifespan.shutdown"]


def test_countdown_sends_one_body_message_per_line() -> None:
    app = load("countdown")
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app({"type": "http"}, receive, send))
    bodies = [message["body"] for message in sent[1:]]
    assert bodies == [b"5...\n", b"4...\n", b"3...\n", b"2...\n", b"1...\n", b"Lift-off!\n"]
    assert [message.get("more_body", False) for message in sent[1:]] == [True] * 5 + [False]


def test_starlette_notes_keeps_what_the_form_sends() -> None:
    async def run() -> None:
        async with client("starlette_notes") as http:
            posted = await http.post("/notes", data={"text": "<b>Tea</b>"})
            assert posted.status_code == 303
            home = await http.get(posted.headers["location"])
            assert "&lt;b&gt;Tea&lt;/b&gt;" in home.text
            assert (await http.get("/notes/3")).json() == {"number": 3, "text": "<b>Tea</b>"}
            assert (await http.get("/notes/4")).status_code == 404
            assert len((await http.get("/notes.json")).json()["notes"]) == 3

    asyncio.run(run())


def test_first_steps_has_docs() -> None:
    async def run() -> None:
        async with client("first_steps") as http:
            assert (await http.get("/")).json() == {"message": "Hello World"}
            assert (await http.get("/items/5?q=tea")).json() == {"item_id": 5, "q": "tea"}
            assert (await http.get("/items/tea")).status_code == 422
            assert "swagger" in (await http.get("/docs")).text

    asyncio.run(run())


def test_books_lists_reads_and_creates() -> None:
    async def run() -> None:
        async with client("books") as http:
            assert len((await http.get("/books")).json()) == 2
            assert [b["id"] for b in (await http.get("/books?author=butler")).json()] == [2]
            assert (await http.get("/books/9")).status_code == 404
            book = {"title": "Momo", "author": "Michael Ende", "year": 1973}
            created = await http.post("/books", json=book)
            assert (created.status_code, created.json()) == (201, {**book, "id": 3})
            assert (await http.post("/books", json={**book, "year": 1})).status_code == 422

    asyncio.run(run())


def test_demo_pages_link_only_to_pages_that_exist() -> None:
    async def run() -> None:
        async with client("fastapi_demo") as http:
            pages = ("/", "/contact", "/widget")
            found = {url for page in pages for url in await links(http, page)}
            found.remove("http://shop.example/submit")
            assert "/about" in found  # root-absolute, as real apps have it
            assert {f"http://shop.example/{path}" for path in ("docs", "widget.js")} < found
            for url in found:
                assert (await http.get(url)).status_code == 200, url

    asyncio.run(run())


def test_demo_form_answers_303_to_a_thank_you_page(capsys: pytest.CaptureFixture[str]) -> None:
    async def run() -> None:
        async with client("fastapi_demo") as http:
            form = {"name": "Ada & <Co>", "message": "Hi"}
            posted = await http.post("/submit", data=form)
            assert posted.status_code == 303
            assert posted.headers["location"] == "/thanks?name=Ada+%26+%3CCo%3E"
            thanks = await http.get(posted.headers["location"])
            assert "Thank you, Ada &amp; &lt;Co&gt;!" in thanks.text
            assert (await http.post("/submit", data={"name": ""})).status_code == 422

    asyncio.run(run())
    assert capsys.readouterr().out.splitlines() == [
        "The shop opens with 2 items.",
        "Ada & <Co> writes: Hi",
        "The shop is closed.",
    ]


def test_demo_api_lists_reads_and_creates_items() -> None:
    async def run() -> None:
        async with client("fastapi_demo") as http:
            assert [i["name"] for i in (await http.get("/api/items")).json()] == ["Teapot", "Cup"]
            missing = await http.get("/api/items/9")
            assert (missing.status_code, missing.json()["detail"]) == (404, "There is no item 9")
            created = await http.post("/api/items", json={"name": "Spoon", "price": 1.2})
            assert created.status_code == 201
            assert (await http.get("/api/items/3")).json() == created.json()
            assert (await http.post("/api/items", json={"name": "", "price": 0})).status_code == 422

    asyncio.run(run())


def test_demo_works_below_a_mount() -> None:
    async def run() -> None:
        app = load("fastapi_demo")
        async with lifespan(app):
            transport = httpx.ASGITransport(app=app, root_path="/live/x")
            async with httpx.AsyncClient(transport=transport, base_url="http://a.example") as http:
                found = await links(http, "/live/x/contact")
        assert "http://a.example/live/x/submit" in found

    asyncio.run(run())
