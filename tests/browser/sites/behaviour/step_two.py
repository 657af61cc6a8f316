from typing import Any


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        raise RuntimeError("only http")
    path = scope["path"].removeprefix(scope["root_path"])
    status = 200 if path == "/" else 404
    body = b"Books"
    headers = [(b"content-type", b"text/html")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
