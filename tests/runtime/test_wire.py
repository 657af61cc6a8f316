"""What a reader who watches is told of the messages between server and app."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from asgi_docs.runtime.lifespan import LifespanFailed
from asgi_docs.runtime.wire import SHOWN, Wire, as_code

from .client import MOUNT, Answer, Client
from .socket_client import Peer

if TYPE_CHECKING:
    from asgi_docs.runtime.messages import Application, Receive, Scope, Send
    from asgi_docs.runtime.wire import Event


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    message = await receive()
    headers = [(b"content-type", b"text/plain")]
    await send({"type": "http.response.start", "status": 201, "headers": headers})
    await send({"type": "http.response.body", "body": message["body"], "more_body": True})
    await send({"type": "http.response.body", "body": b"."})


def told(events: list[Event]) -> list[tuple[str, str]]:
    return [(event["kind"], event["type"]) for event in events]


def watched(app: Application, *bodies: bytes) -> list[Event]:
    """The events of a request for each body."""

    async def main() -> list[Event]:
        events: list[Event] = []
        async with Client(app, lifespan="off") as client:
            client.server.wire.watch(events.append)
            for number, body in enumerate(bodies):
                cycle, task = client.server.serve(
                    "POST", "/echo?a=1", [], Answer(), key=f"1.{number}"
                )
                cycle.feed(body, False)
                await asyncio.wait_for(task, 5)
        return events

    return asyncio.run(main())


def test_nothing_stands_between_until_somebody_watches() -> None:
    wire = Wire()
    assert wire.between(echo, "GET /", "1.1") is echo
    wire.watch(lambda event: None)
    assert wire.between(echo, "GET /", "1.1") is not echo


def test_the_messages_of_a_request() -> None:
    events = watched(echo, b"hello")

    assert told(events) == [
        ("scope", "http"),
        ("receive", "http.request"),
        ("send", "http.response.start"),
        ("send", "http.response.body"),
        ("send", "http.response.body"),
        ("returned", ""),
    ]
    assert {event["exchange"] for event in events} == {"1.0"}
    assert {event["title"] for event in events} == {"POST /echo?a=1"}
    times = [event["at"] for event in events]
    assert times == sorted(times)
    assert 0 <= times[0] <= times[-1] < 5_000

    scope, request, start, first, last, _ = events
    assert '    "method": "POST",\n'.replace('"', "'") in scope["text"]
    assert "'query_string': b'a=1'" in scope["text"]
    assert (request["body"], request["size"], request["binary"]) == ("hello", 5, False)
    assert request["text"] == "{'type': 'http.request', 'more_body': False}"
    assert start["code"] == 201
    assert "'headers': [(b'content-type', b'text/plain')]" in start["text"]
    assert start["size"] is None
    assert (first["body"], last["body"]) == ("hello", ".")


@pytest.mark.parametrize(
    ("body", "shown", "binary"),
    [
        (b"", "", False),
        ("é".encode() * SHOWN, "é" * (SHOWN // 2), False),
        (b"x" + "é".encode() * SHOWN, "x" + "é" * ((SHOWN - 1) // 2), False),
        (b"\x89PNG\r\n", "89504e470d0a", True),
        (b"a\x00b", "610062", True),
        (b"\xff" * (SHOWN + 1), "ff" * SHOWN, True),
        (b"\xc3", "c3", True),
    ],
)
def test_a_body_is_told_by_its_beginning(body: bytes, shown: str, binary: bool) -> None:
    request = watched(echo, body)[1]
    assert (request["body"], request["binary"]) == (shown, binary)
    assert request["size"] == len(body)


def test_an_exception_is_told_and_goes_on() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise LookupError("no such shop")

    events = watched(app, b"")
    assert told(events) == [("scope", "http"), ("raised", "")]
    assert events[-1]["text"] == "LookupError: no such shop"


def test_a_message_out_of_order_is_told_with_the_servers_answer() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        with pytest.raises(RuntimeError):
            await send({"type": "http.response.body"})
        await echo(scope, receive, send)

    events = watched(app, b"")
    assert told(events)[:3] == [
        ("scope", "http"),
        ("send", "http.response.body"),
        ("failed", "http.response.body"),
    ]
    assert events[2]["text"].startswith("RuntimeError: Expected 'http.response.start'")


def test_what_is_no_message_reaches_the_server_all_the_same() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for wrong in (5, {"type": "http.response.body", "body": "text"}):
            with pytest.raises((TypeError, RuntimeError)):
                await send(wrong)  # type: ignore[arg-type]
        await echo(scope, receive, send)

    assert ("returned", "") in told(watched(app, b""))


def test_a_client_that_leaves() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert (await receive())["type"] == "http.disconnect"

    async def main() -> list[Event]:
        events: list[Event] = []
        async with Client(app, lifespan="off") as client:
            client.server.wire.watch(events.append)
            cycle, task = client.server.serve("GET", "/", [], Answer(), key="1.1")
            cycle.disconnect()
            await asyncio.wait_for(task, 5)
        return events

    assert told(asyncio.run(main())) == [
        ("scope", "http"),
        ("receive", "http.disconnect"),
        ("returned", ""),
    ]


def test_the_lifespan_is_told_to_who_comes_later() -> None:
    async def main() -> tuple[list[Event], list[Event]]:
        events: list[Event] = []
        async with Client(echo) as client:
            client.server.wire.watch(events.append)
            before = list(events)
        return before, events

    before, events = asyncio.run(main())
    assert told(before) == [
        ("scope", "lifespan"),
        ("receive", "lifespan.startup"),
        ("send", "lifespan.startup.complete"),
    ]
    assert told(events[3:]) == [
        ("receive", "lifespan.shutdown"),
        ("send", "lifespan.shutdown.complete"),
        ("returned", ""),
    ]
    assert {event["exchange"] for event in events} == {"lifespan"}


def test_a_lifespan_that_floods_is_not_kept_whole() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        for _ in range(1_000):
            with pytest.raises(RuntimeError):
                await send({"type": "nonsense"})
        raise LookupError("no")

    async def main() -> list[Event]:
        events: list[Event] = []
        client = Client(app, lifespan="on")
        with pytest.raises(LifespanFailed):
            await client.server.startup()
        client.server.wire.watch(events.append)
        return events

    assert len(asyncio.run(main())) == 50


def test_who_watches_twice_is_told_once() -> None:
    async def main() -> list[Event]:
        events: list[Event] = []
        async with Client(echo) as client:
            for _ in range(2):
                client.server.wire.watch(events.append)
        return events

    assert len(asyncio.run(main())) == 6


def test_the_apps_own_requests_have_their_own_names() -> None:
    async def main() -> list[Event]:
        events: list[Event] = []
        async with Client(echo, lifespan="off") as client:
            client.server.wire.watch(events.append)
            await client.get("/")
            await client.get("/")
        return events

    keys = [event["exchange"] for event in asyncio.run(main())]
    assert sorted(set(keys)) == ["own.1", "own.2"]


def test_a_websocket() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert (await receive())["type"] == "websocket.connect"
        await send({"type": "websocket.accept"})
        text = (await receive())["text"]
        await send({"type": "websocket.send", "bytes": text.encode()})
        await send({"type": "websocket.send", "bytes": b"\x00\x01", "text": None})
        await send({"type": "websocket.close", "code": 4000, "reason": "done"})

    async def main() -> list[Event]:
        events: list[Event] = []
        async with Client(app, lifespan="off") as client:
            client.server.wire.watch(events.append)
            cycle, task = client.server.connect("/ws", [], Peer(), key="s")
            cycle.feed("Zoë", 4)
            await asyncio.wait_for(task, 5)
        return events

    events = asyncio.run(main())
    assert told(events) == [
        ("scope", "websocket"),
        ("receive", "websocket.connect"),
        ("send", "websocket.accept"),
        ("receive", "websocket.receive"),
        ("send", "websocket.send"),
        ("send", "websocket.send"),
        ("send", "websocket.close"),
        ("returned", ""),
    ]
    assert events[0]["title"] == "WebSocket /ws"
    assert [(each["body"], each["size"], each["binary"]) for each in events[3:6]] == [
        ("Zoë", 4, False),
        ("Zoë", 4, False),
        ("0001", 2, True),
    ]
    assert events[6]["code"] == 4000


class Odd:
    def __repr__(self) -> str:
        raise AssertionError("nobody should ask")


def nested(depth: int) -> list[Any]:
    return [nested(depth - 1)] if depth else []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"type": "http.disconnect"}, "{'type': 'http.disconnect'}"),
        ({"a": None, "b": [True, 1.5]}, "{'a': None, 'b': [True, 1.5]}"),
        ({"state": {"db": Odd()}, "x": ()}, "{'state': {'db': <Odd>}, 'x': ()}"),
        ([(1,)], "[(1,)]"),
        (["x" * 50, "y" * 50], f"[\n    '{'x' * 50}',\n    '{'y' * 50}',\n]"),
        ({"a": [("b", "x" * 90)]}, f"{{\n    'a': [\n        ('b', '{'x' * 90}'),\n    ],\n}}"),
        (bytearray(5), "<bytearray of 5 bytes>"),
        (nested(8), "[[[[[[<list>]]]]]]"),
        ("x" * 5_000, f"'{'x' * SHOWN}' …"),
    ],
)
def test_values_as_code(value: object, expected: str) -> None:
    assert as_code(value) == expected


def test_an_app_that_is_watched_answers_the_same() -> None:
    async def main() -> list[Answer]:
        async with Client(echo, MOUNT) as client:
            first = await client.request("POST", "/", body=b"x")
            client.server.wire.watch(lambda event: None)
            return [first, await client.request("POST", "/", body=b"x")]

    first, second = asyncio.run(main())
    assert (first.status, first.headers, first.parts) == (
        second.status,
        second.headers,
        second.parts,
    )
