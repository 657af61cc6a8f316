"""Asks apps on this machine's Python: the control for a browser's replay.

A script for a process of its own, since apps change what they import and write files:
`python native.py FOLDER MOUNT < entry.json` prints the answers. FOLDER holds the app's modules;
MOUNT is the URL below which it answers.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import importlib
import json
import os
import random
import sys
from typing import Any
from urllib.parse import urlsplit

import httpx


async def ask(entry: dict[str, Any], mount: str) -> list[dict[str, Any]]:
    app = getattr(importlib.import_module(entry["module"]), entry["variable"])
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, root_path=urlsplit(mount).path)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport) as client,
    ):
        return [await _ask_once(client, mount, request) for request in entry["requests"]]


async def _ask_once(
    client: httpx.AsyncClient, mount: str, request: dict[str, Any]
) -> dict[str, Any]:
    response = await client.request(
        request["method"],
        mount + request["target"],
        headers=request["headers"],
        content=base64.b64decode(request["body"]),
    )
    return {
        "status": response.status_code,
        "headers": [
            [name.decode("latin-1"), value.decode("latin-1")]
            for name, value in response.headers.raw
        ],
        "body": base64.b64encode(response.content).decode(),
    }


if __name__ == "__main__":
    folder, mount = sys.argv[1:]
    sys.path.insert(0, folder)
    random.seed(os.environ["PYTHONHASHSEED"])
    # Sets of objects that hash by their address have another order where that address is another.
    ballast = [bytearray(random.randrange(4096)) for _ in range(random.randrange(10_000))]
    entry = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):  # apps print, too
        answers = asyncio.run(ask(entry, mount))
    json.dump(answers, sys.stdout)
