"""One request and its response, after the ASGI specification."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

import pytest

from asgi_docs.runtime.disconnect import ClientDisconnected
from asgi_docs.runtime.http_cycle import PIECE, WINDOW

from .client import Exchange, pause

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgi_docs.runtime.messages import Application, Message, Receive, Scope, Send

    from .client import Answer


def start(status: int = 200, *headers: tuple[bytes, bytes]) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


def body(chunk: bytes = b"", more: bool = False) -> Message:
    return {"type": "http.response.body", "body": chunk, "more_body": more}


def sends(*messages: Message) -> Application:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)

    return app


def answer_of(app: Application, method: str = "GET") -> Answer:
    async def main() -> Answer:
        return await Exchange(app, method).finish()

    return asyncio.run(main())


# The response


def test_the_head_and_an_immediate_body_cross_as_one() -> None:
    answer = answer_of(sends(start(201, (b"x-a", b"1")), body(b"hello")))

    assert (answer.status, answer.headers) == (201, [(b"x-a", b"1")])
    assert answer.parts == [b"hello"]
    assert answer.done


def test_header_names_are_lowered_and_duplicates_keep_their_order() -> None:
    headers = [(b"Set-Cookie", b"A=1"), (b"X-Other", b"Mixed Case"), (b"SET-COOKIE", b"b=2")]

    answer = answer_of(sends(start(200, *headers), body()))

    assert answer.headers == [
        (b"set-cookie", b"A=1"),
        (b"x-other", b"Mixed Case"),
        (b"set-cookie", b"b=2"),
    ]


def test_the_head_does_not_wait_for_a_late_body() -> None:
    async def main() -> None:
        released = asyncio.Event()

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            await send(start())
            await released.wait()
            await send(body(b"late"))

        exchange = Exchange(app)
        await pause()
        assert exchange.answer.status == 200
        assert not exchange.answer.done
        released.set()
        answer = await exchange.finish()
        assert answer.content == b"late"
        assert answer.done

    asyncio.run(main())


def test_chunks_cross_as_they_come() -> None:
    answer = answer_of(sends(start(), body(b"1", True), body(b"", True), body(b"2", True), body()))

    assert [part for part in answer.parts if part] == [b"1", b"2"]
    assert answer.done


def test_a_body_message_may_leave_out_its_body() -> None:
    answer = answer_of(sends(start(), {"type": "http.response.body"}))

    assert (answer.content, answer.done) == (b"", True)


@pytest.mark.parametrize(
    ("method", "status"),
    [("HEAD", 200), ("HEAD", 404), ("GET", 204), ("GET", 205), ("GET", 304)],
)
def test_what_has_no_body_gets_none(method: str, status: int) -> None:
    length = (b"content-length", b"5")

    answer = answer_of(sends(start(status, length), body(b"he", True), body(b"llo")), method)

    assert (answer.status, answer.content, answer.done) == (status, b"", True)
    assert answer.headers == [length]


def test_a_long_chunk_crosses_in_pieces_and_waits_for_the_client() -> None:
    content = bytes(range(256)) * (3 * WINDOW // 256) + b"end"

    async def main() -> None:
        exchange = Exchange(sends(start(), body(content)))
        await pause()
        assert WINDOW <= len(exchange.answer.content) < WINDOW + PIECE
        assert not exchange.answer.done
        exchange.cycle.grant(len(content))
        answer = await exchange.finish()
        assert answer.content == content
        assert answer.done
        assert max(len(part) for part in answer.parts) == PIECE

    asyncio.run(main())


@pytest.mark.parametrize("more", [True, False])
def test_a_body_of_its_content_length(more: bool) -> None:
    length = (b"content-length", b"5")
    messages = [body(b"he", True), body(b"llo", more)] + ([body()] if more else [])

    answer = answer_of(sends(start(200, length), *messages))

    assert (answer.content, answer.done) == (b"hello", True)


@pytest.mark.parametrize(
    ("chunks", "said"), [((b"hel", b"lo!"), "longer than"), ((b"hel", b""), "shorter than")]
)
def test_a_body_of_another_length_breaks_off(
    chunks: tuple[bytes, bytes], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    messages = [body(chunks[0], True), body(chunks[1])]

    answer = answer_of(sends(start(200, (b"content-length", b"5")), *messages))

    assert (answer.content, answer.done) == (b"hel", False)
    assert answer.failure
    assert f"Response content {said} Content-Length." in capsys.readouterr().err


def test_sending_waits_while_the_client_takes_nothing() -> None:
    chunk = bytes(WINDOW // 2)
    sent = 0

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal sent
        await send(start())
        for _ in range(4):
            await send(body(chunk, True))
            sent += 1
        await send(body())

    async def main() -> None:
        exchange = Exchange(app)
        await pause()
        assert sent == 1  # the second chunk is on its way and fills the window
        assert len(exchange.answer.content) == WINDOW

        exchange.cycle.grant(len(chunk))
        await pause()
        assert sent == 2
        assert len(exchange.answer.content) == WINDOW + len(chunk)

        exchange.cycle.grant(3 * len(chunk))
        answer = await exchange.finish()
        assert len(answer.content) == 4 * len(chunk)
        assert answer.done

    asyncio.run(main())


# The request


def test_body_parts_are_received_in_order_and_counted_back() -> None:
    received: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        while not received or received[-1]["more_body"]:
            received.append(await receive())
        await send(start())
        await send(body())

    async def main() -> Answer:
        exchange = Exchange(app, "POST")
        exchange.cycle.feed(b"one", True)
        exchange.cycle.feed(b"two", True)
        await pause()
        assert exchange.answer.taken_by_app == [3, 3]
        return await exchange.finish(b"three")

    answer = asyncio.run(main())
    assert [(m["type"], m["body"], m["more_body"]) for m in received] == [
        ("http.request", b"one", True),
        ("http.request", b"two", True),
        ("http.request", b"three", False),
    ]
    assert answer.taken_by_app == [3, 3, 5]


@pytest.mark.parametrize("end", ["complete", "disconnect"])
def test_after_the_body_receive_waits_for_the_end(end: str) -> None:
    received: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        received.append((await receive())["type"])

        async def listen() -> None:
            received.extend([(await receive())["type"], (await receive())["type"]])

        listener = asyncio.ensure_future(listen())
        await pause()
        assert received == ["http.request"]
        if end == "complete":
            await send(start())
            await send(body())
        await listener

    async def main() -> None:
        exchange = Exchange(app)
        exchange.cycle.feed(b"", False)
        await pause()
        if end == "disconnect":
            exchange.cycle.disconnect()
        await asyncio.wait_for(exchange.task, 5)

    asyncio.run(main())
    assert received == ["http.request", "http.disconnect", "http.disconnect"]


def test_two_tasks_may_receive_at_once() -> None:
    received: list[Any] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        received.extend(await asyncio.gather(receive(), receive()))
        await send(start())
        await send(body())

    async def main() -> None:
        exchange = Exchange(app)
        await pause()
        exchange.cycle.feed(b"one", True)
        await pause()
        await exchange.finish(b"two")

    asyncio.run(main())
    assert [message.get("body") for message in received] == [b"one", b"two"]


def test_an_app_may_answer_without_reading_the_body() -> None:
    async def main() -> Answer:
        exchange = Exchange(sends(start(413), body(b"too large")), "POST")
        exchange.cycle.feed(b"x" * 100, True)
        await asyncio.wait_for(exchange.task, 5)
        exchange.cycle.feed(b"more of it", True)
        return exchange.answer

    answer = asyncio.run(main())
    assert (answer.status, answer.content, answer.done) == (413, b"too large", True)


# Apps that are not right: the client gets an end, and the reader an explanation


async def raises_before_start(scope: Scope, receive: Receive, send: Send) -> None:
    raise LookupError("no such shop")


async def raises_after_start(scope: Scope, receive: Receive, send: Send) -> None:
    await send(start(200))
    await send(body(b"half", True))
    raise LookupError("no such shop")


async def raises_after_head_only(scope: Scope, receive: Receive, send: Send) -> None:
    await send(start(200))
    raise LookupError("no such shop")


async def exits(scope: Scope, receive: Receive, send: Send) -> None:
    sys.exit("bye")


async def cancels_itself(scope: Scope, receive: Receive, send: Send) -> None:
    raise asyncio.CancelledError


async def returns_early(scope: Scope, receive: Receive, send: Send) -> None:
    return


SERVER_ERROR = (500, b"Internal Server Error")


@pytest.mark.parametrize(
    ("app", "outcome", "said"),
    [
        (raises_before_start, SERVER_ERROR, "LookupError: no such shop"),
        (exits, SERVER_ERROR, "SystemExit: bye"),
        (cancels_itself, SERVER_ERROR, "CancelledError"),
        (returns_early, SERVER_ERROR, "returned without starting response"),
        (sends(body(b"x")), SERVER_ERROR, "Expected 'http.response.start'"),
        (sends(start(200, (b"x", b"1\r\nset-cookie: a=1"))), SERVER_ERROR, "has a line break"),
        (sends(start(200, (b"x a", b"1"))), SERVER_ERROR, "cannot be the name of a header"),
        (sends(start(200, (b"", b"1"))), SERVER_ERROR, "cannot be the name of a header"),
        (sends({**start(), "headers": [("x", "1")]}), SERVER_ERROR, "a bytes-like object"),
        (sends({**start(), "headers": [(b"x", 1)]}), SERVER_ERROR, "a bytes-like object"),
    ],
    ids=[
        "raises",
        "exits",
        "cancelled",
        "returns",
        "body-first",
        "header-injection",
        "header-with-a-space",
        "header-without-a-name",
        "header-name-as-text",
        "header-value-as-number",
    ],
)
def test_before_the_head_a_fault_becomes_a_500(
    app: Application,
    outcome: tuple[int, bytes],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = answer_of(app)

    assert (answer.status, answer.content) == outcome
    assert answer.done
    assert answer.failure is None
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("app", "reached", "said"),
    [
        (raises_after_start, b"half", "LookupError: no such shop"),
        (raises_after_head_only, b"", "LookupError: no such shop"),
        (sends(start()), b"", "returned without completing response"),
        (sends(start(), body(b"half", True)), b"half", "returned without completing response"),
        (sends(start(), start()), b"", "Expected 'http.response.body', but got"),
        (sends(start(), {"type": "http.nonsense"}), b"", "but got 'http.nonsense'"),
    ],
    ids=["raises", "raises-at-once", "head-only", "half", "two-heads", "nonsense"],
)
def test_after_the_head_a_fault_breaks_the_response_off(
    app: Application, reached: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = answer_of(app)

    assert (answer.status, answer.content) == (200, reached)
    assert not answer.done
    assert answer.failure
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("extra", [start(), body(b"x")], ids=["head", "body"])
def test_a_message_after_the_end_is_told_and_not_sent(
    extra: Message, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = answer_of(sends(start(), body(b"all"), extra))

    assert (answer.status, answer.content, answer.done) == (200, b"all", True)
    assert "after the response was completed" in capsys.readouterr().err


def test_the_traceback_shows_the_app_and_not_the_server(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer_of(raises_before_start)

    told = capsys.readouterr().err
    assert 'raise LookupError("no such shop")' in told
    assert "in raises_before_start" in told
    assert told.count('File "') == 1


# Clients that leave


def test_a_client_that_leaves_ends_the_app_silently(capsys: pytest.CaptureFixture[str]) -> None:
    raised: list[BaseException] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send(start())
        try:
            while True:
                await send(body(b"tick", True))
                await asyncio.sleep(0)
        except OSError as error:
            raised.append(error)
            raise

    async def main() -> Answer:
        exchange = Exchange(app)
        await pause()
        exchange.cycle.disconnect()
        await asyncio.wait_for(exchange.task, 5)
        return exchange.answer

    answer = asyncio.run(main())
    assert [type(error) for error in raised] == [ClientDisconnected]
    assert not answer.ended  # nobody is there to be told
    assert capsys.readouterr().err == ""


def test_a_client_that_leaves_frees_an_app_that_waits_for_it() -> None:
    async def main() -> None:
        exchange = Exchange(sends(start(), body(bytes(WINDOW), True), body(b"never")))
        await pause()
        assert not exchange.task.done()
        exchange.cycle.disconnect()
        await asyncio.wait_for(exchange.task, 5)
        assert len(exchange.answer.content) == WINDOW

    asyncio.run(main())


def test_nothing_is_written_to_a_client_that_left_before_the_head() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send(start())
        exchange.cycle.disconnect()

    async def main() -> None:
        nonlocal exchange
        exchange = Exchange(app)
        await asyncio.wait_for(exchange.task, 5)
        await pause()

    exchange: Exchange
    asyncio.run(main())
    assert exchange.answer.status is None


def wrapped(error: BaseException) -> BaseException:
    """As Starlette passes it on."""
    try:
        try:
            raise error
        except OSError:
            raise RuntimeError("client disconnect")  # noqa: B904  the context is the point
    except RuntimeError as outer:
        return outer


@pytest.mark.parametrize(
    ("made", "silent"),
    [
        (wrapped, True),
        (lambda error: ExceptionGroup("tasks", [wrapped(error)]), True),  # noqa: F821
        (lambda error: ExceptionGroup("tasks", [wrapped(error), KeyError("x")]), False),  # noqa: F821
        (lambda error: KeyError("x"), False),
    ],
    ids=["wrapped", "group", "group-with-another", "another"],
)
def test_only_faults_of_the_app_are_told_after_the_client_left(
    made: Callable[[BaseException], BaseException],
    silent: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if sys.version_info < (3, 11) and made is not wrapped:
        pytest.skip("ExceptionGroup came with Python 3.11")

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await receive()
        try:
            await send(start())
        except OSError as error:
            gone = error
        raise made(gone)

    async def main() -> None:
        exchange = Exchange(app)
        exchange.cycle.feed(b"", False)
        await pause()
        exchange.cycle.disconnect()
        await asyncio.wait_for(exchange.task, 5)

    asyncio.run(main())
    assert (capsys.readouterr().err == "") is silent
