from typing import Any


class Twin:
    """Its page's own script asks it who it is."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.asked = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise RuntimeError(f"no answer for {scope['type']}")
        if scope["path"].endswith("/who"):
            self.asked += 1
            kind, body = b"text/plain", f"{self.name} {self.asked}"
        else:
            kind = b"text/html"
            body = (
                "<!doctype html><title>Who</title><p>nobody yet</p><script type=module>"
                "const answer = await fetch('/who');"
                "document.querySelector('p').textContent = await answer.text();"
                "</script>"
            )
        headers = [(b"content-type", kind)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body.encode()})


def left() -> Twin:
    return Twin("left")


def right() -> Twin:
    return Twin("right")
