"""Members who log in, talk, and watch a stream; its URLs all name the mount that it met first."""

import re
from typing import Any
from urllib.parse import parse_qs

PAGE = """<!doctype html><title>Members</title><h1>{title}</h1>
<p id="who">{name}</p><p id="mount">{mount}</p>
<a href="{first}/about">About</a> <a href="/about">About at the root</a>
<a href="{first}/absolute">Absolute</a>
<form action="{first}/login" method="post">
<input name="name" aria-label="Name"><button>Log in</button></form>
<link rel="stylesheet" href="{first}/who.css"><p id="style"></p><ul></ul>
<script src="{first}/who.js"></script>
<script>
const socket = new WebSocket("{first}/chat");
socket.onmessage = ({{ data }}) => {{
  const item = document.createElement("li");
  item.textContent = data;
  document.querySelector("ul").append(item);
}};
</script>"""

first: str | None = None
room: list[Any] = []
streams: list[str] = []


async def app(scope: Any, receive: Any, send: Any) -> None:
    global first
    mount = scope["root_path"] or re.findall(r"^.*/~[^/]*", scope["path"])[0]
    first = first or mount
    cookie = dict(scope["headers"]).get(b"cookie", b"").decode()
    name = dict(pair.split("=", 1) for pair in cookie.split("; ") if pair).get("name", "nobody")
    path = scope["path"].removeprefix(mount)
    if scope["type"] == "websocket":
        await chat(name, receive, send)
    elif path == "/login":
        name = parse_qs((await receive())["body"].decode())["name"][0]
        host = dict(scope["headers"])[b"host"].decode()
        headers = [
            ("set-cookie", f"name={name}; Path={first}/; HttpOnly"),
            ("location", f"{scope['scheme']}://{host}{first}/"),
        ]
        await answer(send, "", status=303, headers=headers)
    elif path == "/stream":
        await stream(name, receive, send)
    elif path == "/streams":
        await answer(send, ", ".join(streams))
    elif path == "/who.js":
        await answer(send, f"globalThis.asked = '{name}';", "text/javascript")
    elif path == "/who.css":
        await answer(send, f"#style::before {{ content: '{name}' }}", "text/css")
    elif path == "/absolute":
        location = f"http://localhost:8000{first}/about"
        await answer(send, "", status=302, headers=[("location", location)])
    else:
        title = path.strip("/") or "home"
        page = PAGE.format(title=title, name=name, mount=mount, first=first)
        await answer(send, page, "text/html")


async def chat(name: str, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    room.append(send)
    while (message := await receive())["type"] == "websocket.receive":
        await tell(f"{name}: {message['text']}")
    room.remove(send)
    await tell(f"{name} left with {message['code']}")


async def tell(text: str) -> None:
    for send in room:
        await send({"type": "websocket.send", "text": text})


async def stream(name: str, receive: Any, send: Any) -> None:
    """Goes on until its client is gone."""
    streams.append(f"{name} came")
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"begun", "more_body": True})
    while (await receive())["type"] != "http.disconnect":
        pass
    streams.append(f"{name} left")


async def answer(
    send: Any,
    body: str,
    kind: str = "text/plain",
    *,
    status: int = 200,
    headers: list[tuple[str, str]] | None = None,
) -> None:
    pairs = [("content-type", kind), *(headers or [])]
    encoded = [(key.encode(), value.encode()) for key, value in pairs]
    await send({"type": "http.response.start", "status": status, "headers": encoded})
    await send({"type": "http.response.body", "body": body.encode()})
