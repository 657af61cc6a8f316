"""Startup and shutdown, in the modes of uvicorn."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

import pytest

from asgi_docs.runtime.lifespan import Lifespan, LifespanFailed

from .client import Client, pause

if TYPE_CHECKING:
    from asgi_docs.runtime.lifespan import Mode
    from asgi_docs.runtime.messages import Application, Receive, Scope, Send


def lifespan_app(*answers: str | BaseException | None) -> Application:
    """An app that answers each event in turn: by a message's type, an exception, or its return."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "lifespan"
        for answer in answers:
            await receive()
            if answer is None:
                return
            if isinstance(answer, BaseException):
                raise answer
            kind, _, message = answer.partition(": ")
            await send({"type": f"lifespan.{kind}", "message": message})

    return app


COMPLETES = ("startup.complete", "shutdown.complete")
WORKS = "works"


def outcome(app: Application, mode: Mode) -> str:
    async def main() -> str:
        lifespan = Lifespan(app, mode)
        for phase in (lifespan.startup, lifespan.shutdown):
            try:
                await asyncio.wait_for(phase(), 5)
            except LifespanFailed as failure:
                return f"{phase.__name__}: {str(failure).splitlines()[-1]}"
        return WORKS

    return asyncio.run(main())


@pytest.mark.parametrize(
    ("answers", "auto", "on"),
    [
        (COMPLETES, WORKS, WORKS),
        (("startup.failed: no database",), "startup: no database", "startup: no database"),
        (("startup.failed",), *["startup: The app's startup failed."] * 2),
        (("startup.complete", "shutdown.failed: busy"), "shutdown: busy", "shutdown: busy"),
        ((KeyError("lifespan"),), WORKS, "startup: KeyError: 'lifespan'"),
        ((SystemExit(3),), WORKS, "startup: SystemExit: 3"),
        ((None,), WORKS, "startup: The app returned without answering lifespan.startup."),
        (("startup.complete", None), WORKS, WORKS),
        (("startup.complete", KeyError("x")), "shutdown: KeyError: 'x'", "shutdown: KeyError: 'x'"),
        (("shutdown.complete",), WORKS, "startup: RuntimeError: Unexpected ASGI message "
            "'lifespan.shutdown.complete' in the lifespan."),
    ],
    ids=[
        "completes", "fails", "fails-without-words", "shutdown-fails", "raises", "exits", "returns",
        "returns-after-startup", "raises-in-shutdown", "wrong-message",
    ],
)  # fmt: skip
def test_the_modes(answers: tuple[Any, ...], auto: str, on: str) -> None:
    assert outcome(lifespan_app(*answers), "auto") == auto
    assert outcome(lifespan_app(*answers), "on") == on


def test_off_never_asks() -> None:
    asked = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(scope["type"])

    assert outcome(app, "off") == WORKS
    assert asked == []


def test_a_lifespan_that_dies_while_the_app_runs_is_told_at_shutdown() -> None:
    async def main() -> None:
        broker_lost = asyncio.Event()

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await broker_lost.wait()
            raise ConnectionError("the broker is gone")

        lifespan = Lifespan(app)
        await lifespan.startup()
        broker_lost.set()
        await pause()
        with pytest.raises(LifespanFailed, match="the broker is gone"):
            await asyncio.wait_for(lifespan.shutdown(), 5)

    asyncio.run(main())


def test_the_traceback_of_a_failed_startup_shows_the_app_only() -> None:
    async def main() -> str:
        with pytest.raises(LifespanFailed) as raised:
            await Lifespan(lifespan_app(KeyError("settings")), "on").startup()
        return str(raised.value)

    told = asyncio.run(main())
    assert told.startswith("Traceback (most recent call last):\n")
    assert told.count('File "') == 1
    assert sys.modules[Lifespan.__module__].__file__ not in told


STARLETTES = "Traceback (most recent call last):\nKeyError: 'dsn'\n"


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (STARLETTES, ["Traceback (most recent call last):", "KeyError: 'dsn'"]),
        ("no database", ["no database", "Traceback (most recent call last):", "KeyError: 'dsn'"]),
    ],
    ids=["a-traceback-as-message", "raises-after-its-message"],
)
def test_a_failure_has_its_traceback_once(message: str, told: list[str]) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": message})
        raise KeyError("dsn")

    async def main() -> str:
        with pytest.raises(LifespanFailed) as raised:
            await Lifespan(app).startup()
        return str(raised.value)

    lines = asyncio.run(main()).splitlines()
    assert [line for line in lines if not line.startswith(" ")] == told


def test_requests_get_a_shallow_copy_of_the_state() -> None:
    shared = ["from startup"]
    seen: list[dict[str, Any]] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            scope["state"]["shared"] = shared
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        seen.append(dict(scope["state"]))
        scope["state"]["own"] = True
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body"})

    async def main() -> None:
        async with Client(app) as client:
            await client.get("/")
            await client.get("/")

    asyncio.run(main())
    assert seen == [{"shared": shared}, {"shared": shared}]
    assert seen[1]["shared"] is shared


def test_shutdown_comes_after_the_app_was_asked_to_start_and_once_only() -> None:
    events: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for phase in ("startup", "shutdown"):
            events.append((await receive())["type"])
            await send({"type": f"lifespan.{phase}.complete"})

    async def main() -> None:
        lifespan = Lifespan(app)
        await lifespan.shutdown()
        assert events == []
        await lifespan.startup()
        assert events == ["lifespan.startup"]
        await lifespan.shutdown()

    asyncio.run(main())
    assert events == ["lifespan.startup", "lifespan.shutdown"]
