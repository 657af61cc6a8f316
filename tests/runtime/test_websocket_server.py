"""WebSockets of real frameworks, mounted as in a documentation page."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Cookie, FastAPI, Query, WebSocketException
from starlette.applications import Starlette
from starlette.endpoints import WebSocketEndpoint
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.routing import Mount as Submount
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from asgi_docs.runtime.server import Server

from .client import MOUNT, pause
from .socket_client import Peer, Socket

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from asgi_docs.runtime.messages import Application, Headers, Receive, Scope, Send


def talk(
    app: Application,
    target: str,
    client: Callable[[Socket], Awaitable[None]] | None = None,
    headers: Headers | None = None,
) -> Peer:
    async def main() -> Peer:
        server = Server(app, MOUNT)
        await server.startup()
        socket = Socket(target=target, headers=headers, server=server)
        await pause()
        if client:
            await client(socket)
        peer = await socket.finish()
        await server.shutdown()
        return peer

    return asyncio.run(main())


def test_a_socket_is_told_the_mount_of_its_client() -> None:
    told: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        told.append(scope["path"])

    async def main() -> None:
        server = Server(app, MOUNT, "off")
        _, task = server.connect("/ws", [], Peer(), root_path=f"{MOUNT.root_path}.2")
        await task

    asyncio.run(main())

    assert told == [f"{MOUNT.root_path}.2/ws"]


def test_a_fastapi_chat() -> None:
    app = FastAPI()
    room: list[WebSocket] = []
    left: list[int] = []

    @app.websocket("/ws/{name}")
    async def chat(socket: WebSocket, name: str) -> None:
        await socket.accept()
        room.append(socket)
        try:
            while True:
                said = await socket.receive_text()
                for other in room:
                    await other.send_text(f"{name}: {said}")
        except WebSocketDisconnect as end:
            room.remove(socket)
            left.append(end.code)

    async def main() -> tuple[Peer, Peer]:
        server = Server(app, MOUNT)
        ada, bob = (Socket(target=f"/ws/{name}", server=server) for name in ("Ada", "Bob"))
        await pause()
        await ada.send("hello")
        await bob.send("hi")
        ada.cycle.disconnect(1001)
        await pause()
        await bob.send("alone?")
        bob.cycle.close_by_client(None, "")
        return await ada.finish(), await bob.finish()

    ada, bob = asyncio.run(main())

    assert ada.received == ["Ada: hello", "Bob: hi"]
    assert bob.received == ["Ada: hello", "Bob: hi", "Bob: alone?"]
    assert left == [1001, 1005]


def test_fastapi_reads_cookies_and_queries_of_the_handshake() -> None:
    app = FastAPI()

    @app.websocket("/items/{item}/ws")
    async def endpoint(
        socket: WebSocket,
        item: str,
        session: Annotated[str | None, Cookie()] = None,
        q: Annotated[str | None, Query()] = None,
    ) -> None:
        if session is None:
            raise WebSocketException(code=1008)
        await socket.accept()
        await socket.send_json([item, session, q])
        await socket.close()

    cookie = [(b"cookie", b"session=abc; other=1")]
    allowed = talk(app, "/items/5/ws?q=caf%C3%A9", headers=cookie)
    denied = talk(app, "/items/5/ws")

    assert allowed.received == ['["5","abc","café"]']
    assert allowed.closed == (1000, "")
    assert denied.refused == (403, [])


def test_starlette_endpoints_below_a_mount_choose_a_subprotocol() -> None:
    class Echo(WebSocketEndpoint):
        encoding = "json"

        async def on_connect(self, websocket: WebSocket) -> None:
            assert websocket.scope["root_path"] == f"{MOUNT.root_path}/v1"
            await websocket.accept(subprotocol=websocket.scope["subprotocols"][1])

        async def on_receive(self, websocket: WebSocket, data: Any) -> None:
            await websocket.send_json({"got": data})

    app = Starlette(routes=[Submount("/v1", routes=[WebSocketRoute("/echo", Echo)])])

    async def client(socket: Socket) -> None:
        await socket.send("[1, 2]")
        await socket.send("no JSON")

    peer = talk(app, "/v1/echo", client, [(b"sec-websocket-protocol", b"soap, wamp")])

    assert peer.accepted == ("wamp", [])
    assert peer.received == ['{"got":[1,2]}']
    assert peer.closed is not None
    assert peer.closed[0] == 1003


def test_a_missing_route_is_refused() -> None:
    assert talk(Starlette(), "/nothing").refused == (403, [])


def test_a_denial_response_of_starlette() -> None:
    async def denied(socket: WebSocket) -> None:
        await socket.send_denial_response(PlainTextResponse("not today", 418))

    async def raised(socket: WebSocket) -> None:
        raise HTTPException(401, headers={"x-why": "login"})

    app = Starlette(routes=[WebSocketRoute("/denied", denied), WebSocketRoute("/raised", raised)])

    first, second = talk(app, "/denied").refused, talk(app, "/raised").refused

    assert first is not None
    assert (first[0], dict(first[1])[b"content-length"]) == (418, b"9")
    assert second is not None
    assert (second[0], dict(second[1])[b"x-why"]) == (401, b"login")


def test_sending_to_a_client_that_is_gone_is_starlettes_disconnect() -> None:
    codes: list[int] = []

    async def endpoint(socket: WebSocket) -> None:
        await socket.accept()
        try:
            while True:
                await socket.send_text("tick")
                await asyncio.sleep(0)
        except WebSocketDisconnect as end:
            codes.append(end.code)

    async def client(socket: Socket) -> None:
        socket.cycle.disconnect()

    talk(Starlette(routes=[WebSocketRoute("/", endpoint)]), "/", client)

    assert codes == [1006]


def test_the_url_and_the_client_of_the_scope() -> None:
    async def endpoint(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_json([str(socket.url), str(socket.url_for("here")), socket.client])
        await socket.close()

    app = Starlette(routes=[WebSocketRoute("/ws", endpoint, name="here")])
    own = f"wss://docs.example{MOUNT.root_path}/ws"

    assert talk(app, "/ws?a=1").received == [f'["{own}?a=1","{own}",["127.0.0.1",0]]']


def test_shutdown_waits_for_the_last_words() -> None:
    order: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            order.append("shutdown")
            await send({"type": "lifespan.shutdown.complete"})
            return
        await receive()
        await send({"type": "websocket.accept"})
        order.append(str((await receive())["code"]))
        await asyncio.sleep(0.01)
        order.append("saved")

    async def main() -> Peer:
        server = Server(app, MOUNT)
        await server.startup()
        socket = Socket(target="/", server=server)
        await pause()
        socket.cycle.close_by_server()
        await server.shutdown()
        return socket.peer

    assert asyncio.run(main()).closed == (1012, "")
    assert order == ["1012", "saved", "shutdown"]
