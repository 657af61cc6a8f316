"""Synchronous code runs inline: no thread is started, and the code cannot tell.

What goes beneath `threading` needs Pyodide: tests/package/test_threads_in_pyodide.py.
"""

from __future__ import annotations

import asyncio
import contextvars
import importlib
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import anyio._backends._asyncio as anyio_backend
import anyio.to_thread
import pytest
from fastapi import BackgroundTasks, Depends, FastAPI
from fastapi.responses import FileResponse, StreamingResponse
from starlette.staticfiles import StaticFiles

from asgi_docs.runtime.patching import PatchingFinder
from asgi_docs.runtime.threads.inline import run_inline
from asgi_docs.runtime.threads.patches import patches

from .client import Answer, Client

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

name = contextvars.ContextVar("name", default="nobody")


@pytest.fixture
def no_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the reader's browser: anyio is patched, and no thread can be started."""
    backend = anyio_backend.AsyncIOBackend
    monkeypatch.setattr(
        backend, "run_sync_in_worker_thread", backend.run_sync_in_worker_thread
    )  # undone after the test
    patches(nested=True)["anyio._backends._asyncio"](anyio_backend)

    def start(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", start)


def test_inline_code_is_outside_of_the_event_loop() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        with pytest.raises(RuntimeError, match="no running event loop"):
            run_inline(asyncio.get_running_loop)
        assert asyncio.get_running_loop() is loop

    asyncio.run(main())


def test_inline_code_has_a_copy_of_the_context() -> None:
    name.set("caller")

    def rename() -> str:
        seen = name.get()
        name.set("inline")
        return seen

    assert run_inline(rename) == "caller"
    assert name.get() == "caller"


# FastAPI and Starlette, served


def served(app: FastAPI, use: Callable[[Client], Awaitable[Answer]]) -> Answer:
    async def main() -> Answer:
        async with Client(app) as client:
            return await use(client)

    return asyncio.run(main())


def get(app: FastAPI, target: str = "/") -> Answer:
    return served(app, lambda client: client.get(target))


@pytest.mark.usefixtures("no_threads")
class TestWithoutThreads:
    def test_a_thread_would_have_been_noticed(self) -> None:
        with pytest.raises(RuntimeError, match="can't start new thread"):
            threading.Thread(target=print).start()

    def test_def_endpoints_see_the_context_of_their_request(self) -> None:
        app = FastAPI()

        async def set_name() -> None:
            name.set("request")

        @app.get("/", dependencies=[Depends(set_name)])
        def endpoint() -> dict[str, Any]:
            return {"name": name.get(), "thread": threading.current_thread() is main_thread}

        main_thread = threading.current_thread()
        assert get(app).text == '{"name":"request","thread":true}'

    def test_dependencies_with_yield_end_after_the_endpoint(self) -> None:
        app = FastAPI()
        events: list[str] = []

        def session() -> Iterator[str]:
            events.append("open")
            try:
                yield "session"
            except LookupError:
                events.append("rolled back")
                raise
            finally:
                events.append("close")

        @app.get("/")
        def endpoint(session: str = Depends(session)) -> str:
            events.append(session)
            return session

        @app.get("/broken")
        def broken(session: str = Depends(session)) -> str:
            raise LookupError(session)

        assert get(app).text == '"session"'
        assert events == ["open", "session", "close"]
        events.clear()
        assert get(app, "/broken").status == 500
        assert events == ["open", "rolled back", "close"]

    def test_synchronous_generators_stream(self) -> None:
        app = FastAPI()

        @app.get("/")
        def endpoint() -> StreamingResponse:
            return StreamingResponse(f"{number} " for number in range(3))

        answer = get(app)
        assert [part for part in answer.parts if part] == [b"0 ", b"1 ", b"2 "]
        assert answer.done

    def test_files(self, tmp_path: Path) -> None:
        (tmp_path / "logo.txt").write_text("hello, file")
        app = FastAPI()
        app.mount("/static", StaticFiles(directory=tmp_path))

        @app.get("/file")
        def endpoint() -> FileResponse:
            return FileResponse(tmp_path / "logo.txt")

        for target in ("/file", "/static/logo.txt"):
            answer = get(app, target)
            assert (answer.status, answer.text) == (200, "hello, file")
        assert get(app, "/static/none.txt").status == 404

    def test_background_tasks_run_after_the_response(self) -> None:
        app = FastAPI()
        events: list[str] = []

        @app.get("/")
        def endpoint(tasks: BackgroundTasks) -> str:
            tasks.add_task(events.append, "task")
            events.append("endpoint")
            return "ok"

        assert get(app).text == '"ok"'
        assert events == ["endpoint", "task"]

    def test_an_exception_keeps_the_endpoints_frame(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        app = FastAPI()

        @app.get("/")
        def endpoint() -> None:
            raise LookupError("no such shop")

        assert get(app).text == "Internal Server Error"
        told = capsys.readouterr().err
        assert 'raise LookupError("no such shop")' in told
        assert "runtime/threads" not in told
        assert "runtime/http_cycle.py" not in told

    def test_requests_beside_one_another(self) -> None:
        app = FastAPI()

        @app.get("/{number}")
        def endpoint(number: int) -> int:
            return number

        async def main() -> list[str]:
            async with Client(app) as client:
                answers = await asyncio.gather(*(client.get(f"/{number}") for number in range(60)))
                return [answer.text for answer in answers]

        assert asyncio.run(main()) == [str(number) for number in range(60)]

    def test_a_limiter_of_the_app_is_kept_to(self) -> None:
        async def main() -> None:
            limiter = anyio.CapacityLimiter(1)
            held = []
            await anyio.to_thread.run_sync(
                lambda: held.append(limiter.borrowed_tokens), limiter=limiter
            )
            assert held == [1]
            assert limiter.borrowed_tokens == 0

        asyncio.run(main())


# How the patch gets there


def test_a_patch_is_applied_when_its_module_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "patched_toy.py").write_text("start = 'thread'\n")
    (tmp_path / "other_toy.py").write_text("start = 'thread'\n")
    monkeypatch.syspath_prepend(tmp_path)
    finder = PatchingFinder({"patched_toy": lambda module: setattr(module, "start", "inline")})
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])

    try:
        assert importlib.import_module("patched_toy").start == "inline"
        assert importlib.import_module("other_toy").start == "thread"
    finally:
        sys.modules.pop("patched_toy", None)
        sys.modules.pop("other_toy", None)


def test_installed_before_anyio_it_holds_for_anyio() -> None:
    program = """
import asyncio, sys, threading
from asgi_docs.runtime.patching import PatchingFinder
from asgi_docs.runtime.threads.patches import patches

sys.meta_path.insert(0, PatchingFinder(patches(nested=True)))
import anyio.to_thread

print(asyncio.run(anyio.to_thread.run_sync(threading.current_thread)) is threading.main_thread())
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr) == ("True\n", "")
