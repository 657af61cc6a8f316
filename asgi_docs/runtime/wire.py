"""What passes between the server and the app, message by message, for a reader who watches.

Until somebody does, requests and WebSockets pass by without a trace. The lifespan's messages are
few and come first, so they are always kept.
"""

from __future__ import annotations

import codecs
import time
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from collections.abc import Callable

    from .messages import Application, Message, Receive, Scope, Send

LIFESPAN = "lifespan"
"""Names the lifespan among the exchanges."""

SHOWN = 2048
"""Bytes, or characters, that are told of one body or text."""

KEPT = 50
"""Events of the lifespan that are kept; an app that sends more of them is broken."""

_DEEP = 6
_LINE = 80
_CONTROLS = {*map(chr, range(32))} - {"\t", "\n", "\r", "\f", "\x1b"}


class Event(TypedDict):
    """What happened in one exchange.

    Attributes:
        exchange: the key of the request, the WebSocket or the lifespan.
        title: what the exchange is called.
        at: milliseconds since its beginning.
        kind: `scope` is the first; `receive` and `send` are messages, `failed` is the answer to a
            message that the server did not take; `returned` and `raised` end the app's call.
        type: of the message.
        text: the scope or message as Python code, without its body; of `failed` and `raised`, the
            exception.
        code: a response's status, or the code that a WebSocket is closed with.
        size: bytes of the body.
        body: its beginning, as text or as hexadecimal digits.
        binary: whether the body is no text.
    """

    exchange: str
    title: str
    at: float
    kind: str
    type: str
    text: str
    code: int | None
    size: int | None
    body: str
    binary: bool


class Wire:
    """Stands between a server and its app."""

    def __init__(self) -> None:
        self._watcher: Callable[[Event], None] | None = None
        self._kept: list[Event] = []
        self._own = 0

    def watch(self, watcher: Callable[[Event], None]) -> None:
        """Tell everything from now on, and what the lifespan has had before."""
        if self._watcher is None:
            self._watcher = watcher
            for event in self._kept:
                watcher(event)

    def between(self, app: Application, title: str, key: str | None = None) -> Application:
        """The app to call for one request or WebSocket.

        Args:
            app: the app itself.
            title: what the exchange is called.
            key: names it; without one, it is a request of the app to itself.
        """
        if self._watcher is None:
            return app
        if key is None:
            self._own += 1
            key = f"own.{self._own}"
        return _Watched(app, key, title, self._watcher)

    def between_lifespan(self, app: Application) -> Application:
        """The app to call for its lifespan."""
        return _Watched(app, LIFESPAN, "", self._keep)

    def _keep(self, event: Event) -> None:
        if len(self._kept) < KEPT:
            self._kept.append(event)
        if self._watcher:
            self._watcher(event)


class _Watched:
    """An app for one call, whose messages are told."""

    def __init__(
        self, app: Application, key: str, title: str, tell: Callable[[Event], None]
    ) -> None:
        self._app = app
        self._key = key
        self._title = title
        self._pass_on = tell
        self._began = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def watched_receive() -> Message:
            message = await receive()
            self._tell_message("receive", message)
            return message

        async def watched_send(message: Message) -> None:
            self._tell_message("send", message)
            try:
                await send(message)
            except Exception as error:
                self._tell("failed", _type_of(message), _named(error))
                raise

        self._began = time.perf_counter()
        self._tell("scope", str(scope["type"]), scope)
        try:
            await self._app(scope, watched_receive, watched_send)
        except BaseException as error:
            self._tell("raised", what=_named(error))
            raise
        self._tell("returned")

    def _tell_message(self, kind: str, message: Message) -> None:
        try:
            rest = dict(message)
            body = _body_of(rest)
        except (TypeError, ValueError):  # no message at all: the server will say so
            self._tell(kind, "", message)
            return
        code = message.get("status", message.get("code"))
        self._tell(kind, _type_of(message), rest, code if isinstance(code, int) else None, body)

    def _tell(
        self,
        kind: str,
        type_: str = "",
        what: object = "",
        code: int | None = None,
        body: bytes | str | None = None,
    ) -> None:
        at = (time.perf_counter() - self._began) * 1000  # before the work of telling it
        size, shown, is_binary = _preview(body)
        self._pass_on(
            {
                "exchange": self._key,
                "title": self._title,
                "at": at,
                "kind": kind,
                "type": type_,
                "text": what if isinstance(what, str) else as_code(what),
                "code": code,
                "size": size,
                "body": shown,
                "binary": is_binary,
            }
        )


def _type_of(message: Message) -> str:
    try:
        return str(message["type"])
    except (TypeError, KeyError):
        return ""


def _body_of(message: dict[str, Any]) -> bytes | str | None:
    """Take the body out of a message, if it is one that has it."""
    kind = message.get("type")
    if kind in ("http.request", "http.response.body", "websocket.http.response.body"):
        return bytes(memoryview(message.pop("body", b"")))
    if kind in ("websocket.receive", "websocket.send"):
        for name in ("text", "bytes"):
            if message.get(name) is not None:
                data = message.pop(name)
                return data if isinstance(data, str) else bytes(memoryview(data))
    return None


def _preview(body: bytes | str | None) -> tuple[int | None, str, bool]:
    if body is None:
        return None, "", False
    if isinstance(body, str):
        return len(body.encode("utf-8", "surrogatepass")), body[:SHOWN], False
    beginning = body[:SHOWN]
    try:
        # What is cut off within a character is text all the same.
        text = codecs.getincrementaldecoder("utf-8")().decode(beginning, len(body) <= SHOWN)
    except UnicodeDecodeError:
        return len(body), beginning.hex(), True
    if _CONTROLS.isdisjoint(text):
        return len(body), text, False
    return len(body), beginning.hex(), True


def _named(error: BaseException) -> str:
    name = type(error).__name__
    try:
        text = str(error)
    except Exception:
        return name
    return f"{name}: {text[:SHOWN]}" if text else name


def as_code(value: object, indent: str = "", depth: int = 0) -> str:
    """A scope or message as one would write it, over several lines where it is long.

    What is no plain data is told by its class: the `repr` of an app's own objects may be long, fail
    or do something.
    """
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    if isinstance(value, (str, bytes)):
        return repr(value if len(value) <= SHOWN else value[:SHOWN]) + (
            " …" if len(value) > SHOWN else ""
        )
    if isinstance(value, (bytearray, memoryview)):
        return f"<{type(value).__name__} of {len(value)} bytes>"
    if not isinstance(value, (dict, list, tuple)) or depth == _DEEP:
        return f"<{type(value).__qualname__}>"
    inner = indent + "    "
    if isinstance(value, dict):
        parts = [
            f"{as_code(key)}: {as_code(item, inner, depth + 1)}" for key, item in value.items()
        ]
        return _joined("{", parts, "}", indent)
    parts = [as_code(item, inner, depth + 1) for item in value]
    if isinstance(value, list):
        return _joined("[", parts, "]", indent)
    # A pair, such as a header, stays together.
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def _joined(begin: str, parts: list[str], end: str, indent: str) -> str:
    line = f"{begin}{', '.join(parts)}{end}"
    if len(indent) + len(line) <= _LINE and "\n" not in line:
        return line
    return f"{begin}\n" + "".join(f"{indent}    {part},\n" for part in parts) + indent + end
