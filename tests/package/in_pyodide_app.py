"""Run by test_boot.py in a booted environment: an app answers, everything comes from bytecode."""

import importlib._bootstrap_external as bootstrap
import json
import platform
import sys
import sysconfig
import traceback
import zipimport

compiled: list[str] = []


def _watch(module: object, name: str, position: int) -> None:
    original = getattr(module, name)

    def watched(*args: object, **kwargs: object) -> object:
        compiled.append(str(args[position]))
        return original(*args, **kwargs)

    setattr(module, name, watched)


_watch(bootstrap.SourceLoader, "source_to_code", 2)
_watch(zipimport, "_compile_source", 0)

import asgi_docs_runtime.server  # noqa: E402
from fastapi import FastAPI  # noqa: E402

app = FastAPI()
messages: list[dict] = []


@app.get("/items/{number}")
async def item(number: int) -> dict:
    return {"number": number}


async def receive() -> dict:
    return {"type": "http.request", "body": b"", "more_body": False}


async def send(message: dict) -> None:
    messages.append(message)


scope = {
    "type": "http",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "method": "GET",
    "scheme": "http",
    "path": "/items/5",
    "raw_path": b"/items/5",
    "query_string": b"",
    "root_path": "",
    "headers": [],
    "client": ("127.0.0.1", 1),
    "server": ("localhost", 80),
}
await app(scope, receive, send)  # noqa: F704  Pyodide runs it as a coroutine

try:
    json.loads("{")
except ValueError as error:
    frame = traceback.extract_tb(error.__traceback__)[-1]

json.dumps(
    {
        "status": messages[0]["status"],
        "body": messages[1]["body"].decode(),
        "compiled": compiled,
        "fastapi code": FastAPI.__call__.__code__.co_filename,
        "runtime": asgi_docs_runtime.server.__file__,
        "stdlib frame": [frame.filename, frame.line],
        "python": platform.python_version(),
        "emscripten": platform.release(),
        "abi": sysconfig.get_config_var("PYEMSCRIPTEN_PLATFORM_VERSION"),
        "markers": {
            "implementation_name": sys.implementation.name,
            "os_name": __import__("os").name,
            "platform_machine": platform.machine(),
            "platform_python_implementation": platform.python_implementation(),
            "platform_release": platform.release(),
            "platform_system": platform.system(),
            "platform_version": platform.version(),
            "sys_platform": sys.platform,
        },
        "platform": sysconfig.get_platform(),
    }
)
