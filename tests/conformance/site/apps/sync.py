"""What servers run in threads."""

import asyncio
import contextvars
import functools
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from starlette.applications import Starlette
from starlette.background import BackgroundTask, BackgroundTasks
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

FOLDER = Path(tempfile.mkdtemp())
(FOLDER / "tea.txt").write_text("tea\n" * 50_000)

events: list[str] = []
name = contextvars.ContextVar("name", default="nobody")


async def home(request: Request) -> Response:
    return HTMLResponse("<!doctype html><title>Sync</title><p>Sync")


def plain(request: Request) -> Response:
    return PlainTextResponse("from a plain function")


def crash(request: Request) -> Response:
    raise ValueError("in a plain function")


def slow(request: Request) -> Response:
    time.sleep(0.2)
    return PlainTextResponse("slept")


def take_events(request: Request) -> Response:
    taken = events.copy()
    events.clear()
    return JSONResponse(taken)


def background(request: Request) -> Response:
    tasks = BackgroundTasks(
        [
            BackgroundTask(events.append, "plain task"),
            BackgroundTask(asyncio_task, "coroutine task"),
        ]
    )
    events.append("response made")
    return PlainTextResponse("done", background=tasks)


async def asyncio_task(event: str) -> None:
    await asyncio.sleep(0)
    events.append(event)


def file(request: Request) -> Response:
    return FileResponse(FOLDER / "tea.txt", filename="tea.txt")


def stream(request: Request) -> Response:
    return StreamingResponse((f"line {number}\n" for number in range(3)), media_type="text/plain")


async def upload(request: Request) -> Response:
    async with request.form() as form:
        sent = form["file"]
        content = await sent.read()
        return JSONResponse([sent.filename, sent.content_type, len(content), sum(content) % 251])


def square(number: int) -> int:
    if number < 0:
        raise ValueError("negative")
    return number * number


async def calls(request: Request) -> Response:
    running = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=2) as pool:
        mapped = list(pool.map(square, [1, 2, 3]))
        future = pool.submit(square, 4)
        answers = {
            "to_thread": await asyncio.to_thread(square, 5),
            "run_in_executor": await running.run_in_executor(None, square, 6),
            "own executor": await running.run_in_executor(pool, functools.partial(square, 7)),
            "run_in_threadpool": await run_in_threadpool(square, 8),
            "pool.map": mapped,
            "pool.submit": future.result(),
        }
    return JSONResponse(answers)


async def errors(request: Request) -> Response:
    running = asyncio.get_running_loop()
    calls = {
        "to_thread": asyncio.to_thread(square, -1),
        "run_in_executor": running.run_in_executor(None, square, -1),
        "run_in_threadpool": run_in_threadpool(square, -1),
    }
    caught = {}
    for what, call in calls.items():
        try:
            await call
        except ValueError as error:
            caught[what] = str(error)
    return JSONResponse(caught)


async def context(request: Request) -> Response:
    name.set("Ann")
    return JSONResponse([await asyncio.to_thread(name.get), await run_in_threadpool(name.get)])


async def gather(request: Request) -> Response:
    numbers = await asyncio.gather(*(asyncio.to_thread(square, number) for number in range(20)))
    return JSONResponse(numbers)


async def thread(request: Request) -> Response:
    """Starts a thread that would have to run beside this one."""
    released = threading.Event()
    worker = threading.Thread(target=released.wait, name="worker")
    worker.start()
    released.set()
    worker.join()
    return PlainTextResponse("joined")


app = Starlette(
    routes=[
        Route("/", home),
        Mount("/static", StaticFiles(directory=FOLDER)),
        *(
            Route(f"/{endpoint.__name__}", endpoint)
            for endpoint in (plain, crash, slow, take_events, background, file, stream)
        ),
        *(Route(f"/{endpoint.__name__}", endpoint) for endpoint in (calls, errors, context)),
        *(Route(f"/{endpoint.__name__}", endpoint) for endpoint in (gather, thread)),
        Route("/upload", upload, methods=["POST"]),
    ]
)
