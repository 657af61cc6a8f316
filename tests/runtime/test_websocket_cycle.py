"""One WebSocket, after the ASGI specification; where that is silent, as uvicorn does."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from asgi_docs.runtime.disconnect import ClientDisconnected
from asgi_docs.runtime.websocket_cycle import RECEIVE_WINDOW, SEND_WINDOW

from .client import pause
from .socket_client import Peer, Socket

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from asgi_docs.runtime.messages import Application, Message, Receive, Scope, Send

ACCEPT: Message = {"type": "websocket.accept"}
CLOSE: Message = {"type": "websocket.close"}


def text(data: str) -> Message:
    return {"type": "websocket.send", "text": data}


def sends(*messages: Message) -> Application:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)

    return app


def peer_of(app: Application) -> Peer:
    async def main() -> Peer:
        return await Socket(app).finish()

    return asyncio.run(main())


def run(app: Application, client: Callable[[Socket], Awaitable[None]]) -> Peer:
    """Runs an app beside what its client does."""

    async def main() -> Peer:
        socket = Socket(app)
        await pause()
        await client(socket)
        return await socket.finish()

    return asyncio.run(main())


class Recorder:
    """Accepts, and keeps what it receives up to the disconnect."""

    def __init__(self, *answers: Message) -> None:
        self.answers = answers or (ACCEPT,)
        self.received: list[Message] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.received.append(await receive())
        for message in self.answers:
            await send(message)
        while self.received[-1]["type"] != "websocket.disconnect":
            self.received.append(await receive())


def refusal_of(send: Callable[[], Awaitable[None]]) -> Awaitable[BaseException | None]:
    async def attempt() -> BaseException | None:
        try:
            await send()
        except Exception as error:
            return error
        return None

    return attempt()


# The handshake


def test_the_app_receives_connect_first() -> None:
    app = Recorder(ACCEPT, CLOSE)

    peer_of(app)

    assert app.received[0] == {"type": "websocket.connect"}


def test_acceptance() -> None:
    headers = [(b"X-A", b"1"), (b"Set-Cookie", b"a=1"), (b"Set-Cookie", b"b=2")]

    peer = peer_of(sends({**ACCEPT, "subprotocol": "chat", "headers": headers}, CLOSE))

    assert peer.accepted == (
        "chat",
        [(b"x-a", b"1"), (b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")],
    )


def test_acceptance_without_anything() -> None:
    for message in (ACCEPT, {**ACCEPT, "subprotocol": None, "headers": None}):
        assert peer_of(sends(message, CLOSE)).accepted == (None, [])


def test_an_app_may_accept_before_it_receives() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send(ACCEPT)
        assert (await receive())["type"] == "websocket.connect"
        await send(text("hello"))
        await send(CLOSE)

    assert peer_of(app).received == ["hello"]


@pytest.mark.parametrize(
    "headers", [[(b"sec-websocket-protocol", b"chat")], [(b"x-a", b"1\r\nx-b: 2")]]
)
def test_headers_that_an_acceptance_cannot_have(headers: Any) -> None:
    errors = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        errors.append(await refusal_of(lambda: send({**ACCEPT, "headers": headers})))
        await send(CLOSE)

    peer = peer_of(app)

    assert isinstance(errors[0], ValueError)
    assert (peer.accepted, peer.refused) == (None, (403, []))


def test_closing_before_accepting_is_a_refusal() -> None:
    app = Recorder({**CLOSE, "code": 4000})

    peer = peer_of(app)

    assert peer.refused == (403, [])
    assert app.received[-1] == {"type": "websocket.disconnect", "code": 1006, "reason": ""}


def test_a_denial_response() -> None:
    start = {
        "type": "websocket.http.response.start",
        "status": 418,
        "headers": [(b"X-Why", b"tea"), (b"set-cookie", b"a=1")],
    }
    part = {"type": "websocket.http.response.body", "body": b"short", "more_body": True}
    app = Recorder(start, part, {"type": "websocket.http.response.body"})

    peer = peer_of(app)

    assert peer.refused == (418, [(b"x-why", b"tea"), (b"set-cookie", b"a=1")])
    assert app.received[-1]["code"] == 1006


def test_the_denial_response_is_announced() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["extensions"] == {"websocket.http.response": {}}
        await send(CLOSE)

    assert peer_of(app).refused == (403, [])


# Messages


def test_messages_of_the_app() -> None:
    both = {"type": "websocket.send", "text": "no", "bytes": b"yes"}
    empty = {"type": "websocket.send", "text": "", "bytes": None}
    view = {"type": "websocket.send", "bytes": bytearray(b"12"), "text": None}

    peer = peer_of(sends(ACCEPT, text("é"), view, empty, both, CLOSE))

    assert peer.received == ["é", b"12", "", b"yes"]
    assert [type(data) for data in peer.received] == [str, bytes, str, bytes]


def test_messages_of_the_client() -> None:
    app = Recorder()

    async def client(socket: Socket) -> None:
        await socket.send("one")
        await socket.send(b"\0\xff")
        await socket.send("")
        socket.cycle.close_by_client(1000, "")

    run(app, client)

    assert app.received[1:-1] == [
        {"type": "websocket.receive", "text": "one"},
        {"type": "websocket.receive", "bytes": b"\0\xff"},
        {"type": "websocket.receive", "text": ""},
    ]


def test_a_message_without_content_is_an_error() -> None:
    errors = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send(ACCEPT)
        errors.append(await refusal_of(lambda: send({"type": "websocket.send"})))
        await send(CLOSE)

    assert peer_of(app).received == []
    assert isinstance(errors[0], ValueError)


@pytest.mark.parametrize(
    ("before", "wrong"),
    [
        ([], text("early")),
        ([], {"type": "http.response.start", "status": 200}),
        ([ACCEPT], ACCEPT),
        ([ACCEPT], {"type": "websocket.http.response.start", "status": 403}),
        ([ACCEPT, CLOSE], text("late")),
        ([ACCEPT, CLOSE], CLOSE),
        ([CLOSE], ACCEPT),
        ([{"type": "websocket.http.response.start", "status": 403}], ACCEPT),
    ],
)
def test_messages_out_of_order(before: list[Message], wrong: Message) -> None:
    errors = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for message in before:
            await send(message)
        errors.append(await refusal_of(lambda: send(wrong)))

    peer_of(app)

    assert isinstance(errors[0], RuntimeError)
    assert repr(wrong["type"]) in str(errors[0])


# The end


@pytest.mark.parametrize(
    ("message", "end"),
    [
        (CLOSE, (1000, "")),
        ({**CLOSE, "code": 4001, "reason": "that is all"}, (4001, "that is all")),
        ({**CLOSE, "code": 1008, "reason": None}, (1008, "")),
    ],
)
def test_the_app_closes(message: Message, end: tuple[int, str]) -> None:
    app = Recorder(ACCEPT, message)

    peer = peer_of(app)

    assert peer.closed == end
    assert app.received[-1] == {"type": "websocket.disconnect", "code": end[0], "reason": end[1]}


@pytest.mark.parametrize(
    "wrong", [{"code": 1005}, {"code": 1006}, {"code": 2000}, {"code": 5000}, {"reason": "é" * 62}]
)
def test_what_a_close_cannot_carry(wrong: Message) -> None:
    errors = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send(ACCEPT)
        errors.append(await refusal_of(lambda: send({**CLOSE, **wrong})))
        await send({**CLOSE, "reason": "é" * 61 + "!"})

    peer = peer_of(app)

    assert isinstance(errors[0], ValueError)
    assert peer.closed is not None
    assert peer.closed[0] == 1000


@pytest.mark.parametrize(
    ("code", "reason", "seen"),
    [(4002, "bye", (4002, "bye")), (1000, "", (1000, "")), (None, "", (1005, ""))],
)
def test_the_client_closes(code: int | None, reason: str, seen: tuple[int, str]) -> None:
    app = Recorder()

    async def client(socket: Socket) -> None:
        socket.cycle.close_by_client(code, reason)

    peer = run(app, client)

    assert app.received[-1] == {
        "type": "websocket.disconnect",
        "code": seen[0],
        "reason": seen[1],
    }
    assert peer.closed == seen


@pytest.mark.parametrize("code", [1001, 1006])
def test_the_client_is_gone(code: int) -> None:
    app = Recorder()

    async def client(socket: Socket) -> None:
        socket.cycle.disconnect(code)

    peer = run(app, client)

    assert app.received[-1] == {"type": "websocket.disconnect", "code": code, "reason": ""}
    assert peer.closed is None


def test_what_came_before_the_disconnect_is_received_before_it() -> None:
    received = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send(ACCEPT)
        await released.wait()
        received.extend([await receive() for _ in range(4)])

    async def client(socket: Socket) -> None:
        await socket.send("1")
        await socket.send("2")
        socket.cycle.close_by_client(4000, "")
        await socket.send("too late")
        released.set()

    released = asyncio.Event()
    run(app, client)

    assert [message.get("text", message["type"]) for message in received] == [
        "1",
        "2",
        "websocket.disconnect",
        "websocket.disconnect",
    ]


@pytest.mark.parametrize("message", [text("late"), CLOSE])
def test_sending_to_a_client_that_is_gone(message: Message) -> None:
    errors = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send(ACCEPT)
        while (await receive())["type"] != "websocket.disconnect":
            pass
        errors.append(await refusal_of(lambda: send(message)))

    async def client(socket: Socket) -> None:
        socket.cycle.close_by_client(1000, "")

    peer = run(app, client)

    assert isinstance(errors[0], ClientDisconnected)
    assert isinstance(errors[0], OSError)
    assert peer.received == []


def test_a_client_that_goes_before_it_is_accepted() -> None:
    errors = []
    received = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        received.extend([await receive(), await receive()])
        errors.append(await refusal_of(lambda: send(ACCEPT)))

    async def client(socket: Socket) -> None:
        socket.cycle.disconnect(1001)

    peer = run(app, client)

    assert received[-1] == {"type": "websocket.disconnect", "code": 1006, "reason": ""}
    assert isinstance(errors[0], ClientDisconnected)
    assert (peer.accepted, peer.refused) == (None, None)


def test_a_late_close_of_the_client_changes_nothing() -> None:
    async def main() -> None:
        app = Recorder(ACCEPT, {**CLOSE, "code": 4001})
        socket = Socket(app)
        peer = await socket.finish()
        socket.cycle.close_by_client(1000, "")
        socket.cycle.disconnect()
        assert peer.closed == (4001, "")

    asyncio.run(main())


def test_the_server_stops() -> None:
    app = Recorder()

    async def client(socket: Socket) -> None:
        socket.cycle.close_by_server()

    peer = run(app, client)

    assert peer.closed == (1012, "")
    assert app.received[-1]["code"] == 1012


def test_the_server_stops_before_the_acceptance() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "websocket.disconnect":
            pass

    async def client(socket: Socket) -> None:
        socket.cycle.close_by_server()

    assert run(app, client).refused == (500, [])


# An app that does not end its WebSocket


def test_an_app_that_returns(capsys: pytest.CaptureFixture[str]) -> None:
    assert peer_of(sends(ACCEPT)).closed == (1011, "")
    assert capsys.readouterr().err == ""


def test_an_app_that_returns_before_it_accepts(capsys: pytest.CaptureFixture[str]) -> None:
    assert peer_of(sends()).refused == (500, [])
    assert "without completing handshake" in capsys.readouterr().err


def test_an_app_that_returns_in_its_denial(capsys: pytest.CaptureFixture[str]) -> None:
    start = {"type": "websocket.http.response.start", "status": 418}
    assert peer_of(sends(start)).refused == (500, [])
    assert "without completing response" in capsys.readouterr().err


@pytest.mark.parametrize("error", [LookupError("no such room"), SystemExit(1)])
def test_an_app_that_raises(error: BaseException, capsys: pytest.CaptureFixture[str]) -> None:
    def app_after(*messages: Message) -> Application:
        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            for message in messages:
                await send(message)
            raise error

        return app

    assert peer_of(app_after()).refused == (500, [])
    assert peer_of(app_after(ACCEPT)).closed == (1011, "")
    assert peer_of(app_after(ACCEPT, CLOSE)).closed == (1000, "")
    assert capsys.readouterr().err.count(type(error).__name__) == 3


def test_an_app_that_passes_on_the_disconnect(capsys: pytest.CaptureFixture[str]) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send(ACCEPT)
        while True:
            await send(text("again"))
            await asyncio.sleep(0)

    async def client(socket: Socket) -> None:
        socket.cycle.disconnect()

    run(app, client)

    assert capsys.readouterr().err == ""


# Flow control


def test_sending_waits_while_the_client_takes_nothing() -> None:
    half = bytes(SEND_WINDOW // 2)

    async def main() -> None:
        sent = []

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            await send(ACCEPT)
            for number in range(4):
                await send({"type": "websocket.send", "bytes": half})
                sent.append(number)

        socket = Socket(app)
        await pause()
        assert (len(socket.peer.received), len(sent)) == (2, 1)

        socket.cycle.grant(len(half))
        await pause()
        assert (len(socket.peer.received), len(sent)) == (3, 2)

        socket.cycle.grant(10 * len(half))
        peer = await socket.finish()
        assert len(peer.received) == 4

    asyncio.run(main())


def test_a_send_that_waits_ends_with_the_client() -> None:
    errors = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send(ACCEPT)
        big = {"type": "websocket.send", "bytes": bytes(SEND_WINDOW)}
        errors.append(await refusal_of(lambda: send(big)))

    async def client(socket: Socket) -> None:
        assert errors == []
        socket.cycle.disconnect()

    run(app, client)

    assert isinstance(errors[0], ClientDisconnected)


def test_another_task_closes_while_a_send_waits() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send(ACCEPT)
        big = {"type": "websocket.send", "bytes": bytes(SEND_WINDOW)}
        sending = asyncio.ensure_future(send(big))
        await pause()
        await send({**CLOSE, "code": 4000})
        await sending

    assert peer_of(app).closed == (4000, "")


def test_what_the_server_can_hold_counts_as_sent() -> None:
    app = Recorder(ACCEPT)

    async def client(socket: Socket) -> None:
        await socket.send(b"12345")
        socket.cycle.disconnect()

    assert run(app, client).taken == [5]


def test_a_client_that_sends_faster_than_the_app_receives() -> None:
    released = asyncio.Event()
    size = RECEIVE_WINDOW // 2

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send(ACCEPT)
        await released.wait()
        while (await receive())["type"] != "websocket.disconnect":
            pass

    async def client(socket: Socket) -> None:
        for _ in range(4):
            await socket.send(bytes(size))
        assert socket.peer.taken == [size, size]
        released.set()
        await pause()
        assert sum(socket.peer.taken) == 4 * size
        socket.cycle.disconnect()

    run(app, client)
