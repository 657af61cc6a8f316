"""Sockets that echo, tell, refuse and close."""

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

ends: dict[str, list[object]] = {}


async def home(request: Request) -> Response:
    return HTMLResponse("<!doctype html><title>WebSockets</title><p>WebSockets")


async def echo(socket: WebSocket) -> None:
    """Gives back what comes; how it ended is told at /ends."""
    await socket.accept(subprotocol="echo" if "echo" in socket.scope["subprotocols"] else None)
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            ends[socket.query_params.get("name", "")] = [message["code"], message["reason"]]
            return
        if (text := message.get("text")) is not None:
            await socket.send_text(text)
        else:
            await socket.send_bytes(message["bytes"])


async def tell_ends(request: Request) -> Response:
    return JSONResponse(ends)


async def scope(socket: WebSocket) -> None:
    """Sends its scope."""
    scope = socket.scope
    await socket.accept(
        subprotocol=next(iter(scope["subprotocols"]), None),
        headers=[(b"set-cookie", b"from_socket=1; Path=/")],
    )
    await socket.send_json(
        {
            "type": scope["type"],
            "scheme": scope["scheme"],
            "path": scope["path"].removeprefix(scope["root_path"]),
            "query_string": scope["query_string"].decode(),
            "subprotocols": scope["subprotocols"],
            "headers": [[name.decode(), value.decode()] for name, value in scope["headers"]],
        }
    )
    await socket.close()


async def unasked(socket: WebSocket) -> None:
    """Chooses a subprotocol that nobody has offered."""
    await socket.accept(subprotocol="unasked")
    await socket.receive()


async def close(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close(int(socket.query_params["code"]), socket.query_params.get("reason"))


async def refuse(socket: WebSocket) -> None:
    await socket.close()


async def deny(socket: WebSocket) -> None:
    await socket.send_denial_response(PlainTextResponse("not today", 418))


async def fail(socket: WebSocket) -> None:
    await socket.accept()
    raise RuntimeError("an error in the middle")


async def slow(socket: WebSocket) -> None:
    """Accepts, and receives only once it is told to by /receive."""
    await socket.accept()
    await receiving.wait()
    total = 0
    for _ in range(int(socket.query_params["messages"])):
        total += len(await socket.receive_bytes())
    await socket.send_text(str(total))
    await socket.receive()


receiving = asyncio.Event()


async def receive(request: Request) -> Response:
    receiving.set()
    return PlainTextResponse("")


async def flood(socket: WebSocket) -> None:
    await socket.accept()
    for number in range(40):
        await socket.send_bytes(bytes([number]) * 100_000)
    await socket.close()


async def cookies(request: Request) -> Response:
    response = JSONResponse(request.cookies)
    response.set_cookie("from_page", "2")
    return response


SHARED = """
const told = async (post, url) => {
  const answer = await fetch("/told");
  const socket = new WebSocket(url);
  socket.onopen = () => socket.send("from a worker");
  const { data } = await new Promise((resolve) => { socket.onmessage = resolve; });
  socket.close();
  const strict = (function () { return this === undefined; })();
  post({ library: library(), fetched: await answer.text(), echoed: data, strict });
};
"""
ANSWER = """
onmessage = ({ data }) => told(postMessage, data);
"""
SHARED_ANSWER = """
onconnect = ({ ports: [port] }) => {
  port.onmessage = ({ data }) => told((message) => port.postMessage(message), data);
};
"""
SCRIPTS = {
    "library.js": "self.library = () => 'library';",
    "library-module.js": "export const library = () => 'library';",
    "classic.js": "importScripts('/scripts/library.js');" + SHARED + ANSWER,
    "strict.js": "// A comment\n'use strict';\nimportScripts('library.js');" + SHARED + ANSWER,
    "module.js": "import { library } from '/scripts/library-module.js';" + SHARED + ANSWER,
    "shared.js": "importScripts('/scripts/library.js');" + SHARED + SHARED_ANSWER,
    "shared-module.js": "import { library } from './library-module.js';" + SHARED + SHARED_ANSWER,
    "nested.js": "new Worker('/scripts/classic.js').onmessage = ({ data }) => postMessage(data);",
    "parent.js": """
      const child = new Worker(new URL("module.js?a=1", import.meta.url), { type: "module" });
      child.onmessage = ({ data }) => postMessage(data);
      onmessage = ({ data }) => child.postMessage(data);
    """,
}


async def script(request: Request) -> Response:
    queries.append(request.url.query)
    return Response(SCRIPTS[request.path_params["name"]], media_type="text/javascript")


queries: list[str] = []


async def tell_queries(request: Request) -> Response:
    return JSONResponse(queries)


async def told(request: Request) -> Response:
    return PlainTextResponse("told")


app = Starlette(
    routes=[
        Route("/", home),
        Route("/page/", home),
        Route("/ends", tell_ends),
        Route("/receive", receive),
        Route("/cookies", cookies),
        Route("/told", told),
        Route("/queries", tell_queries),
        Route("/scripts/{name}", script),
        WebSocketRoute("/echo", echo),
        WebSocketRoute("/scope", scope),
        WebSocketRoute("/page/scope", scope),
        WebSocketRoute("/unasked", unasked),
        WebSocketRoute("/close", close),
        WebSocketRoute("/refuse", refuse),
        WebSocketRoute("/deny", deny),
        WebSocketRoute("/fail", fail),
        WebSocketRoute("/slow", slow),
        WebSocketRoute("/flood", flood),
    ]
)
