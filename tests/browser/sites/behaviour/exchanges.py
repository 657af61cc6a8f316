import asyncio
from typing import Any

PAGE = b"""<!doctype html><title>Exchanges</title><a href="/plain">plain</a><ul></ul><script>
function follow() {
  const events = new EventSource("/events");
  events.onmessage = ({ data, lastEventId }) => {
    const item = document.createElement("li");
    item.textContent = `${data}, event ${lastEventId}`;
    document.querySelector("ul").append(item);
  };
}
</script>"""

streams = 0


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Tells in its log when somebody is gone."""
    global streams
    if scope["type"] != "http":
        raise RuntimeError(f"no answer for {scope['type']}")
    path = scope["path"].removeprefix(scope["root_path"])

    async def start(content_type: bytes) -> None:
        headers = [(b"content-type", content_type)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})

    async def gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    if path == "/":
        await start(b"text/html; charset=utf-8")
        await send({"type": "http.response.body", "body": PAGE})
    elif path == "/late":
        print("a request waits", flush=True)  # noqa: T201
        await gone()
        print("the request is over", flush=True)  # noqa: T201
    elif path == "/events":
        streams += 1
        name = f"stream {streams}"
        await start(b"text/event-stream")
        listening = asyncio.ensure_future(gone())
        begin = int(dict(scope["headers"]).get(b"last-event-id", b"0"))
        event = f"retry: 100\nid: {begin + 1}\ndata: {name}\n\n".encode()
        await send({"type": "http.response.body", "body": event, "more_body": True})
        await listening
        print(f"{name} is over", flush=True)  # noqa: T201
    else:
        await start(b"text/plain; charset=utf-8")
        await send({"type": "http.response.body", "body": b"plain text"})
