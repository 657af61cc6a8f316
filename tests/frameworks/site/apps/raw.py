"""A hello without any package, which knows HTTP and nothing else."""


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    name = scope["query_string"].decode() or "world"
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [(b"content-type", b"text/html; charset=utf-8")],
        }
    )
    body = f'<h1>Hello {name} at {scope["path"].removeprefix(scope["root_path"])}</h1>'
    link = '<a href="/deep/er?moon">Go on</a>'
    await send({"type": "http.response.body", "body": body.encode(), "more_body": True})
    await send({"type": "http.response.body", "body": link.encode()})
