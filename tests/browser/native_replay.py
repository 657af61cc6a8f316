"""Asks tutorial apps on this machine's Python: the control for the browser's replay.

A script for a process of its own, since the apps change what they import and write files:
`python native_replay.py FOLDER MOUNT < requests.json` prints the answers, by module.
FOLDER holds the modules of `docs_src`; MOUNT is the URL below which the apps answer.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import importlib.util
import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx


async def ask(module: Path, mount: str, requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    spec = importlib.util.spec_from_file_location("main", module)
    assert spec is not None
    assert spec.loader is not None
    main = importlib.util.module_from_spec(spec)
    sys.modules["main"] = main
    spec.loader.exec_module(main)
    transport = httpx.ASGITransport(
        main.app, raise_app_exceptions=False, root_path=urlsplit(mount).path
    )
    async with (
        main.app.router.lifespan_context(main.app),
        httpx.AsyncClient(transport=transport) as client,
    ):
        return [await _ask_once(client, mount, request) for request in requests]


async def _ask_once(
    client: httpx.AsyncClient, mount: str, request: dict[str, Any]
) -> dict[str, Any]:
    response = await client.request(
        request["method"],
        mount + request["path"],
        headers=request["headers"],
        content=base64.b64decode(request["body"]),
    )
    return {
        "status": response.status_code,
        "headers": [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in response.headers.raw
        ],
        "body": base64.b64encode(response.content).decode(),
    }


if __name__ == "__main__":
    folder, mount = Path(sys.argv[1]), sys.argv[2]
    with contextlib.redirect_stdout(sys.stderr):  # apps print, too
        answers = {
            module: asyncio.run(ask(folder / module, mount, requests))
            for module, requests in json.load(sys.stdin).items()
        }
    json.dump(answers, sys.stdout)
