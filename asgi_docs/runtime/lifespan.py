"""The app's lifespan: startup before the first request, shutdown at the end.

Modes as uvicorn's: `auto` goes on without a lifespan when the app raises on its scope or returns
without an answer, `on` takes that as a failure, `off` never asks.

Specification: https://asgi.readthedocs.io/en/latest/specs/lifespan.html
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Literal, cast

from .scope import lifespan_scope
from .tracebacks import app_traceback

if TYPE_CHECKING:
    from .messages import Application, Message, Scope

Mode = Literal["auto", "on", "off"]

LAST_WORDS = 0.3
"""Seconds that an app which says that it failed has for raising the exception behind it."""

_TRACEBACK = "Traceback (most recent call last)"


class LifespanFailed(Exception):
    """The app said that its startup or shutdown failed; the text is what it said."""


class Lifespan:
    """Drives one app's lifespan.

    Attributes:
        state: what the app stored during startup; each request's scope gets a copy.
    """

    def __init__(self, app: Application, mode: Mode = "auto") -> None:
        self.app = app
        self.mode = mode
        self.state: dict[str, Any] = {}
        self._to_app: asyncio.Queue[Message] = asyncio.Queue()
        self._started = asyncio.Event()
        self._stopped = asyncio.Event()
        self._failure: str | None = None
        self._traceback = ""
        self._running = False
        # A hard reference: the event loop itself keeps only a weak one to a task.
        self._task: asyncio.Task[None] | None = None

    async def startup(self) -> None:
        """Ask the app to start and wait for its answer.

        Raises:
            LifespanFailed: the app answered `lifespan.startup.failed`, or the mode is `on` and it
                does not support the protocol.
        """
        if self.mode == "off":
            return
        self._running = True
        self._task = asyncio.ensure_future(self._run())
        self._to_app.put_nowait({"type": "lifespan.startup"})
        await self._started.wait()
        if self._failure is not None:
            self._running = False
        await self._raise_failure()

    async def shutdown(self) -> None:
        """Ask the app to shut down and wait for its answer.

        Raises:
            LifespanFailed: the app answered `lifespan.shutdown.failed`, or its lifespan ended with
                an exception since its startup.
        """
        if not self._running:
            return
        self._to_app.put_nowait({"type": "lifespan.shutdown"})
        await self._stopped.wait()
        await self._raise_failure()

    async def _run(self) -> None:
        scope = cast("Scope", lifespan_scope(self.state))
        try:
            await self.app(scope, self._to_app.get, self._send)
        except BaseException as error:  # SystemExit too: it must not look like a good start
            self._traceback = app_traceback(error)
            self._ended(self._traceback, raised=True)
        else:
            self._ended("The app returned without answering lifespan.startup.", raised=False)
        finally:
            self._started.set()
            self._stopped.set()

    async def _send(self, message: Message) -> None:
        kind = message["type"]
        if kind == "lifespan.startup.complete" and not self._started.is_set():
            self._started.set()
        elif kind == "lifespan.startup.failed" and not self._started.is_set():
            self._failure = (message.get("message") or "").strip() or "The app's startup failed."
            self._started.set()
        elif kind == "lifespan.shutdown.complete" and self._started.is_set():
            self._stopped.set()
        elif kind == "lifespan.shutdown.failed" and self._started.is_set():
            self._failure = (message.get("message") or "").strip() or "The app's shutdown failed."
            self._stopped.set()
        else:
            raise RuntimeError(f"Unexpected ASGI message {kind!r} in the lifespan.")

    def _ended(self, reason: str, *, raised: bool) -> None:
        if self._failure is not None or self._stopped.is_set():
            return
        if not self._started.is_set():
            self._running = False
            if self.mode == "on":
                self._failure = reason
        elif raised:
            self._failure = reason

    async def _raise_failure(self) -> None:
        if self._failure is None:
            return
        failure = self._failure
        if _TRACEBACK not in failure and self._task:
            # Starlette sends its traceback as the message; others raise after a short one.
            await asyncio.wait({self._task}, timeout=LAST_WORDS)
            failure = f"{failure}\n{self._traceback}".strip()
        raise LifespanFailed(failure)
