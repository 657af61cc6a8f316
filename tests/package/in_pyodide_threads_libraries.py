"""Run by test_threads_in_pyodide.py: libraries that use threads, with and without JSPI."""

import asyncio
import contextvars
import io
import json
import sys
import time
import traceback
from pathlib import Path

from asgi_docs_runtime.bridge import Bridge

Bridge(None)

import hashlib
import logging
import threading

from asgi_docs_runtime.absent.errors import NotInABrowser
from asgi_docs_runtime.scope import Mount
from asgi_docs_runtime.server import Server
from asgi_docs_runtime.threads import waiting

NESTED = waiting.is_nested()
MOUNT = Mount.from_url("https://docs.example/live/~token/")
name = contextvars.ContextVar("name", default="nobody")


class Answer:
    def __init__(self):
        self.status, self.content = None, b""

    def start(self, status, headers, body, more):
        self.status, self.content = status, body

    def body(self, chunk, more):
        self.content += chunk

    def fail(self, reason):
        raise AssertionError(reason)

    def consumed(self, size):
        pass

    @property
    def text(self):
        return self.content.decode()


def sleep_until(ready):
    for _ in range(1 if NESTED else 1000):
        time.sleep(0.01)
        if ready():
            break


async def request(app, target="/", method="GET", headers=(), body=b""):
    answer = Answer()
    app = app if isinstance(app, Server) else Server(app, MOUNT)
    cycle, task = app.serve(method, target, list(headers), answer)
    cycle.feed(body, False)
    await task
    return answer


async def text(app, target="/"):
    answer = await request(app, target)
    assert answer.status == 200, (answer.status, answer.text)
    return answer.text


# AnyIO


async def check_anyio_to_thread_and_back():
    import anyio
    import anyio.from_thread

    async def double(number):
        await anyio.sleep(0.01)
        assert name.get() == "caller"
        return number * 2

    def work():
        assert anyio.from_thread.run_sync(asyncio.get_running_loop) is loop
        anyio.from_thread.check_cancelled()
        return anyio.from_thread.run(double, 21)

    loop = asyncio.get_running_loop()
    name.set("caller")
    assert await anyio.to_thread.run_sync(work) == 42
    assert await anyio.to_thread.run_sync(lambda: anyio.from_thread.run(nested)) == "inner"


async def nested():
    import anyio

    return await anyio.to_thread.run_sync(lambda: "inner")


async def check_anyio_limiter_and_many_at_once():
    import anyio

    limiter = anyio.CapacityLimiter(2)
    busy, most = 0, 0

    def work():
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        sleep_until(lambda: most == 2)
        busy -= 1

    async with anyio.create_task_group() as group:
        for _ in range(6):
            group.start_soon(lambda: anyio.to_thread.run_sync(work, limiter=limiter))
    assert most == (1 if NESTED else 2), most
    assert limiter.borrowed_tokens == 0


async def check_anyio_cancellation_waits_for_the_function():
    import anyio

    done = []

    def work():
        loop.call_soon(scope.cancel)
        time.sleep(0.05)
        done.append("work")

    loop = asyncio.get_running_loop()
    with anyio.CancelScope() as scope:
        await anyio.to_thread.run_sync(work)
        await anyio.sleep(1)
        done.append("not reached")
    assert scope.cancelled_caught
    assert done == ["work"]
    await asyncio.sleep(0)


async def check_anyio_abandons_what_it_may():
    import anyio

    if NESTED:
        return
    release = threading.Event()
    with anyio.move_on_after(0.02) as scope:
        await anyio.to_thread.run_sync(release.wait, abandon_on_cancel=True)
    assert scope.cancelled_caught
    release.set()


async def check_anyio_blocking_portal():
    if NESTED:
        return
    from anyio.from_thread import start_blocking_portal

    def use():
        with start_blocking_portal() as portal:
            return portal.call(nested)

    assert use() == "inner"
    assert await asyncio.to_thread(use) == "inner"


# Starlette and FastAPI


async def check_fastapi_def_everything():
    from fastapi import BackgroundTasks, Depends, FastAPI, UploadFile
    from fastapi.responses import FileResponse, StreamingResponse

    app = FastAPI()
    events = []
    Path("/tmp/hello.txt").write_text("hello, file")

    def session():
        events.append("open")
        yield "session"
        events.append("close")

    @app.get("/")
    def endpoint(tasks: BackgroundTasks, session: str = Depends(session)):
        tasks.add_task(events.append, "task")
        events.append(session)
        assert threading.current_thread().name == "AnyIO worker thread"
        return session

    @app.get("/stream")
    def stream():
        return StreamingResponse(str(number) for number in range(3))

    @app.get("/file")
    def file():
        return FileResponse("/tmp/hello.txt")

    @app.post("/upload")
    def upload(file: UploadFile):
        return file.file.read().decode()

    assert await text(app) == '"session"'
    assert events == ["open", "session", "close", "task"] or events == [
        "open",
        "session",
        "task",
        "close",
    ], events
    assert await text(app, "/stream") == "012"
    assert await text(app, "/file") == "hello, file"
    part = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc\r\n--x--\r\n'
    )
    headers = [(b"content-type", b"multipart/form-data; boundary=x")]
    answer = await request(app, "/upload", "POST", headers, part)
    assert answer.text == '"abc"', answer.text


async def check_fastapi_sleep_in_def_lets_other_requests_go_on():
    from fastapi import FastAPI

    app = FastAPI()
    order = []

    @app.get("/slow")
    def slow():
        sleep_until(lambda: order)
        order.append("slow")

    @app.get("/quick")
    def quick():
        order.append("quick")

    await asyncio.gather(request(app, "/slow"), request(app, "/quick"))
    assert order == (["slow", "quick"] if NESTED else ["quick", "slow"]), order


async def check_starlette_test_client():
    if NESTED:
        return
    from starlette.applications import Starlette
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route
    from starlette.testclient import TestClient

    app = Starlette(routes=[Route("/", lambda request: PlainTextResponse("hi"))])
    with TestClient(app) as client:
        assert client.get("/").text == "hi"


# asgiref and Django


async def check_asgiref_both_ways():
    from asgiref.sync import ThreadSensitiveContext, async_to_sync, sync_to_async

    async def inner(number):
        await asyncio.sleep(0.01)
        name.set("inner")
        return number + 1

    def work(number):
        assert name.get() == "caller"
        got = async_to_sync(inner)(number)
        assert name.get() == "inner"
        return got

    def innermost():
        return threading.current_thread()

    async def through(sensitive):
        return await sync_to_async(innermost, thread_sensitive=sensitive)()

    def outer(sensitive):
        return threading.current_thread(), async_to_sync(through)(sensitive)

    name.set("caller")
    for sensitive in (True, False):
        assert await sync_to_async(work, thread_sensitive=sensitive)(1) == 2
        assert name.get() == "inner"
        name.set("caller")
    mine, its = await sync_to_async(outer)(True)
    assert mine is its is not threading.main_thread()
    mine, its = await sync_to_async(outer)(False)
    assert mine is not its
    async with ThreadSensitiveContext():
        assert await sync_to_async(work)(1) == 2
    name.set("caller")

    def plain():
        return async_to_sync(inner)(1)

    assert await asyncio.to_thread(plain) == 2  # no loop to go back to: one of its own


async def check_asgiref_exceptions():
    from asgiref.sync import async_to_sync, sync_to_async

    async def broken():
        raise LookupError("no such shop")

    try:
        await sync_to_async(async_to_sync(broken))()
    except LookupError as error:
        assert "broken" in "".join(traceback.format_exception(error))
    else:
        raise AssertionError


async def check_wsgi_by_asgiref():
    from asgiref.wsgi import WsgiToAsgi

    assert await text(WsgiToAsgi(wsgi_app), "/page?a=b") == "/page a=b nobody"


async def check_wsgi_by_a2wsgi():
    from a2wsgi import WSGIMiddleware

    app = Server(WSGIMiddleware(wsgi_app), MOUNT)
    assert await text(app, "/page?a=b") == "/page a=b nobody"
    answer = await request(app, "/echo", "POST", [(b"content-length", b"5")], b"hello")
    assert answer.text == "hello", answer.text


def wsgi_app(environ, start_response):
    start_response("200 OK", [("content-type", "text/plain")])
    if environ["REQUEST_METHOD"] == "POST":
        return [environ["wsgi.input"].read()]
    path = environ["PATH_INFO"].removeprefix("/live/~token")
    return [f"{path} {environ['QUERY_STRING']} {name.get()}".encode()]


# Databases


async def check_aiosqlite():
    import aiosqlite

    async with aiosqlite.connect(":memory:") as db:
        await db.execute("create table shop (name)")
        await asyncio.gather(*(db.execute("insert into shop values (?)", [n]) for n in "abc"))
        await db.commit()
        async with db.execute("select name from shop order by name") as cursor:
            assert [row async for row in cursor] == [("a",), ("b",), ("c",)]
        try:
            await db.execute("select * from nowhere")
        except aiosqlite.OperationalError as error:
            assert "nowhere" in str(error)
        else:
            raise AssertionError


async def check_django():
    import django
    from django.conf import settings

    settings.configure(
        DEBUG=True,
        SECRET_KEY="x",
        ROOT_URLCONF="urls_of_test",
        ALLOWED_HOSTS=["*"],
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/tmp/db.sqlite3"}},
    )
    django.setup()
    from django.core.asgi import get_asgi_application
    from django.core.management import call_command
    from django.http import HttpResponse
    from django.urls import path

    def shop(request):
        from django.contrib.auth.models import User

        User.objects.create_user(f"user{User.objects.count()}", password="secret")
        return HttpResponse(
            f"{User.objects.count()} {User.objects.first().check_password('secret')}"
        )

    async def ashop(request):
        from django.contrib.auth.models import User

        return HttpResponse(str(await User.objects.acount()))

    urls = type(sys)("urls_of_test")
    urls.urlpatterns = [path("sync", shop), path("async", ashop)]
    sys.modules["urls_of_test"] = urls
    await asyncio.to_thread(call_command, "migrate", verbosity=0)
    app = Server(get_asgi_application(), MOUNT)
    assert await text(app, "/sync") == "1 True"
    assert await text(app, "/async") == "1"
    answers = await asyncio.gather(*(request(app, "/async") for _ in range(3)))
    assert [answer.text for answer in answers] == ["1", "1", "1"]
    assert await text(app, "/sync") == "2 True"


# Litestar, Quart


async def check_litestar():
    try:
        from litestar import Litestar, get
    except ImportError:
        if "msgspec" in str(sys.exc_info()[1]):
            return
        raise
    from litestar.logging import LoggingConfig

    heard = []

    class Keep(logging.Handler):
        def emit(self, record):
            heard.append(record.getMessage())

    @get("/", sync_to_thread=True)
    def index(request: "litestar.Request") -> str:
        request.logger.info("first")
        request.logger.info("second")
        return threading.current_thread().name

    import litestar

    index.signature_namespace = {"litestar": litestar}
    app = Litestar(
        [index],
        logging_config=LoggingConfig(
            loggers={
                "litestar": {"level": "INFO", "handlers": ["queue_listener"], "propagate": False}
            }
        ),
    )
    server = Server(app, MOUNT)
    await server.startup()
    listener = logging.getLogger("litestar").handlers[0].listener
    listener.handlers = (Keep(),)
    assert (await text(server)).startswith("asyncio_")
    await asyncio.sleep(0.05)
    await server.shutdown()
    assert heard == ["first", "second"], heard


async def check_quart():
    from quart import Quart

    app = Quart(__name__)

    @app.get("/")
    def index():
        return f"{threading.current_thread().name}"

    assert (await text(app)).startswith("asyncio_")


async def check_flask():
    from a2wsgi import WSGIMiddleware
    from flask import Flask
    from flask import request as flask_request

    app = Flask("toy")

    @app.route("/", methods=["GET", "POST"])
    def index():
        return flask_request.form.get("a") or "flask"

    server = Server(WSGIMiddleware(app), MOUNT)
    assert await text(server) == "flask"
    headers = [(b"content-length", b"3"), (b"content-type", b"application/x-www-form-urlencoded")]
    assert (await request(server, "/", "POST", headers, b"a=b")).text == "b"


# What is absent from a browser


async def check_servers_that_an_app_starts_are_harmless():
    import socketserver
    from wsgiref.simple_server import make_server

    import hypercorn.asyncio
    import uvicorn

    said, before = io.StringIO(), sys.stderr
    sys.stderr = said
    try:
        uvicorn.run(wsgi_app)
        asyncio.run(uvicorn.Server(uvicorn.Config(wsgi_app)).serve())
        await hypercorn.asyncio.serve(wsgi_app, hypercorn.Config())
        with make_server("", 8000, wsgi_app) as server:
            server.serve_forever()
        assert isinstance(server, socketserver.BaseServer)
    finally:
        sys.stderr = before
    assert said.getvalue().splitlines()[0] == (
        "uvicorn.run() did nothing: this page serves the app itself."
    )
    assert "Server.serve() did nothing" in said.getvalue()
    assert "hypercorn.serve() did nothing" in said.getvalue()
    assert "BaseServer.serve_forever() did nothing" in said.getvalue()


async def check_what_cannot_work_says_why():
    import multiprocessing
    import multiprocessing.synchronize
    import socket
    import subprocess
    from concurrent.futures import ProcessPoolExecutor

    for attempt, sentence in (
        (lambda: socket.create_connection(("example.com", 80)), "cannot connect to"),
        (lambda: socket.create_server(("", 8000)), "cannot listen for connections"),
        (lambda: subprocess.run(["ls", "-l"]), "'ls' was not run, since a page"),
        (lambda: multiprocessing.Process(target=print).start(), "cannot start other processes"),
        (lambda: multiprocessing.Queue(), "cannot start other processes"),
        (lambda: ProcessPoolExecutor().submit(print), "cannot start other processes"),
        (lambda: hashlib.scrypt(b"", salt=b"", n=2, r=8, p=1), "use hashlib.pbkdf2_hmac()"),
    ):
        try:
            attempt()
        except (NotInABrowser, OSError) as error:
            assert sentence in str(error), repr(error)
        else:
            raise AssertionError(sentence)


async def check_passwords():
    key = hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 4096)
    assert key.hex() == "c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a"
    from django.contrib.auth import hashers

    assert hashers.PBKDF2PasswordHasher.iterations == 20_000


async def main():
    outcomes = {"strategy": "nested" if NESTED else "stacks"}
    for key, check in list(globals().items()):
        if key.startswith("check_"):
            task = asyncio.create_task(check())
            # Not wait_for(): a stack that blocks cannot be cancelled.
            await asyncio.wait([task], timeout=30)
            outcomes[key] = outcome(task)
    return outcomes


def outcome(task):
    if not task.done():
        return "hangs"
    error = task.exception()
    return "ok" if error is None else "".join(traceback.format_exception(error))


json.dumps(await main())
