"""Orders that need a token, and answers of several kinds, for documented requests."""

import base64
import json
import secrets
from typing import Any

ORDER = {"id": 9007199254740993, "price": 1.50, "items": ["Emma", "Persuasion"], "sent": None}
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
tokens: list[str] = []
logins = 0


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    global logins
    if scope["type"] != "http":
        raise RuntimeError("only http")
    path = scope["path"].removeprefix(scope["root_path"])
    given = dict(scope["headers"])

    async def answer(status: int, content_type: str, body: bytes, *, more: bool = False) -> None:
        headers = [(b"content-type", content_type.encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": more})

    async def answer_json(status: int, data: Any) -> None:
        await answer(status, "application/json", json.dumps(data).encode())

    if path == "/":
        await answer(200, "text/html", b"<!doctype html><title>Orders</title>Orders")
    elif path == "/login":
        logins += 1
        tokens.append(secrets.token_hex(16))
        await answer_json(201, {"token": tokens[-1]})
    elif path == "/orders":
        known = given.get(b"authorization", b"").decode().removeprefix("Bearer ") in tokens
        await answer_json(
            200 if known else 401, [ORDER, ORDER] if known else {"detail": "who are you?"}
        )
    elif path == "/logins":
        await answer(200, "text/plain; charset=utf-8", f"{logins} logins".encode())
    elif path == "/echo":
        body = (await receive())["body"]
        await answer(200, "text/plain", scope["method"].encode() + b" " + body)
    elif path == "/events":
        await answer(200, "text/event-stream", b"data: one\n\n", more=True)
        await send({"type": "http.response.body", "body": b"data: two\n\n", "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            pass
        print("nobody listens any more", flush=True)  # noqa: T201
    elif path == "/picture":
        await answer(200, "image/png", PICTURE)
    elif path == "/bytes":
        await answer(200, "application/octet-stream", bytes(range(256)) * 5)
    else:
        await answer(404, "text/plain", b"nothing here")
