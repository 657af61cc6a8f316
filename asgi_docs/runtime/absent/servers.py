"""Servers that an app starts itself, as in `uvicorn.run(app)`: here the page serves the app."""

from __future__ import annotations

import functools
import inspect
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

# Module -> what would serve until it is stopped, as its users call it.
SERVING: Mapping[str, tuple[str, ...]] = {
    "uvicorn.main": ("run",),
    "uvicorn.server": ("Server.run", "Server.serve"),
    "hypercorn.run": ("run",),
    "hypercorn.asyncio": ("serve",),
    "quart.app": ("Quart.run", "Quart.run_task"),
    "flask.app": ("Flask.run",),
    "werkzeug.serving": ("run_simple",),
    "bottle": ("run",),
    "aiohttp.web": ("run_app",),
    "sanic.app": ("Sanic.run",),
    "microdot.microdot": ("Microdot.run", "Microdot.start_server"),
    "waitress": ("serve",),
    "socketserver": ("BaseServer.serve_forever", "TCPServer.server_activate"),
    "django.core.management.commands.runserver": ("Command.handle",),
    "mcp.server.fastmcp.server": ("FastMCP.run", "FastMCP.run_async"),
    "mcp.server.mcpserver.server": ("MCPServer.run", "MCPServer.run_async"),
    "fastmcp.server.server": ("FastMCP.run", "FastMCP.run_async"),
}


def _patch(names: tuple[str, ...], module: ModuleType) -> None:
    for name in names:
        *owners, last = name.split(".")
        owner: Any = module
        for each in owners:
            owner = getattr(owner, each, None)
        if (original := getattr(owner, last, None)) is not None:
            shown = name if owners else f"{module.__name__.partition('.')[0]}.{name}"
            setattr(owner, last, _harmless(original, f"{shown}()"))


def _harmless(original: Callable[..., Any], name: str) -> Callable[..., Any]:
    def tell() -> None:
        print(f"{name} did nothing: this page serves the app itself.", file=sys.stderr)  # noqa: T201

    if inspect.iscoroutinefunction(original):

        @functools.wraps(original)
        async def serve(*_: object, **__: object) -> None:
            tell()

        return serve

    @functools.wraps(original)
    def run(*_: object, **__: object) -> None:
        tell()

    return run


PATCHES = {module: functools.partial(_patch, names) for module, names in SERVING.items()}
