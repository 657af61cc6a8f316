"""Tells where it is and what it finds there."""

import json
import os
import sys
from pathlib import Path

from . import pages
from .pages import template

HERE = Path(__file__).parent
BELOW = Path("shop/data/bytes.bin").exists()

if __name__ == "__main__":
    raise SystemExit("the page runs the app, this does not")


async def app(scope, receive, send):
    body = json.dumps(
        {
            "module": __name__,
            "in sys.modules": [
                sys.modules[__name__].app is app,
                sys.modules["shop.pages"] is pages,
            ],
            "template": template("home.html"),
            "bytes": list((HERE / "data/bytes.bin").read_bytes()),
            "below the working directory": BELOW,
            "greeting": os.environ.get("GREETING"),
            "mount": os.environ["ASGI_DOCS_MOUNT"],
            "root_path": scope.get("root_path"),
            "path": scope["path"],
            "raw_path": scope.get("raw_path", b"").decode(),
            "lifespan": "state" in scope and dict(scope["state"]),
        }
    )
    kind = b"text/html" if scope["path"].endswith("/") else b"application/json"
    headers = [(b"content-type", kind)]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})
