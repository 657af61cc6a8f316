"""A shop that was written for the root of its own site."""

from typing import Any
from urllib.parse import parse_qs

PAGE = """<!doctype html><title>{title}</title><h1>{title}</h1>
<a href="/">Home</a> <a href="/cart">Cart</a> <a href="/cart" target="_blank">Cart in a tab</a>
<a href="http://localhost:8000/cart">Cart of the settings</a>
<a href="https://elsewhere.example/help">Help</a>
<form action="/search"><input name="q" aria-label="Search"></form>
<form action="/buy" method="post"><button>Buy</button></form>
<button onclick="window.open('/cart')">Open</button>
<button onclick="location.href = 'https://elsewhere.example/pay'">Pay</button>
<button onclick="history.pushState(null, '', '/filtered')">Filter</button>
"""


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        raise RuntimeError("only http")
    path = scope["path"].removeprefix(scope["root_path"])
    headers = [(b"content-type", b"text/html")]
    status = 200
    if path == "/buy":
        status = 303
        headers.append((b"location", b"/cart?bought=1"))
    if path == "/help":
        status = 302
        headers.append((b"location", b"https://elsewhere.example/help"))
    title = path.strip("/") or "home"
    query = parse_qs(scope["query_string"].decode())
    body = PAGE.format(title=" ".join([title, *query.get("q", []), *query.get("bought", [])]))
    if path == "/late":
        body += "<script>location.href = 'https://elsewhere.example/late'</script>"
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})
