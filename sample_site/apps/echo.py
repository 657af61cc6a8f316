import json


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        return await lifespan(receive, send)
    if scope["type"] != "http":
        raise RuntimeError(f"no answer for {scope['type']}")

    headers = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in scope["headers"]]
    answer = {
        "method": scope["method"],
        "path": scope["path"],
        "query_string": scope["query_string"].decode("latin-1"),
        "headers": headers,
        "body": (await read_body(receive)).decode("utf-8", "replace"),
    }
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [(b"content-type", b"application/json")],
        }
    )
    await send(
        {"type": "http.response.body", "body": json.dumps(answer, indent=2).encode()}
    )


async def read_body(receive):
    """A body arrives in pieces; `more_body` says whether another one follows."""
    body = b""
    more_body = True
    while more_body:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        body += message.get("body", b"")
        more_body = message.get("more_body", False)
    return body


async def lifespan(receive, send):
    while True:
        message = await receive()
        print(message["type"])
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
