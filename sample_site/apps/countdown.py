import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise RuntimeError(f"this app speaks http only, not {scope['type']}")

    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"x-content-type-options", b"nosniff"),
            ],
        }
    )
    for number in range(5, 0, -1):
        line = f"{number}...\n".encode()
        await send({"type": "http.response.body", "body": line, "more_body": True})
        await asyncio.sleep(0.5)
    await send({"type": "http.response.body", "body": b"Lift-off!\n"})
