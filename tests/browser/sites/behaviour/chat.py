from typing import Any

PAGE = b"""<!doctype html><title>Chat</title><ul></ul><script>
const socket = new WebSocket("/chat");
socket.onmessage = ({ data }) => {
  const item = document.createElement("li");
  item.textContent = data;
  document.querySelector("ul").append(item);
};
const ended = new Promise((resolve) => {
  socket.onclose = ({ code, wasClean }) => resolve(`${code} ${wasClean}`);
});
</script>"""

room: list[Any] = []


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Everybody in the room hears what is said, who comes and who leaves with which code."""
    if scope["type"] == "http":
        headers = [(b"content-type", b"text/html")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        body = PAGE if scope["path"] == f"{scope['root_path']}/" else b"another page"
        await send({"type": "http.response.body", "body": body})
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        room.append(send)
        await tell(f"{len(room)} here")
        while (message := await receive())["type"] == "websocket.receive":
            if message["text"] == "loop":
                while True:
                    pass
            await tell(message["text"])
        room.remove(send)
        await tell(f"left with {message['code']}")
    else:
        raise RuntimeError(f"no answer for {scope['type']}")


async def tell(text: str) -> None:
    for send in room:
        await send({"type": "websocket.send", "text": text})
