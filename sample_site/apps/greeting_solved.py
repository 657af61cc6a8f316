async def app(scope, receive, send):
    assert scope["type"] == "http"
    mount = scope.get("root_path", "")
    name = scope["path"].removeprefix(mount).strip("/") or "world"
    known = name in ("world", "Ada", "Grace")
    text = f"Hello, {name}!" if known else f"I know no {name}."

    await send(
        {
            "type": "http.response.start",
            "status": 200 if known else 404,
            "headers": [(b"content-type", b"text/plain; charset=utf-8")],
        }
    )
    await send({"type": "http.response.body", "body": text.encode()})
