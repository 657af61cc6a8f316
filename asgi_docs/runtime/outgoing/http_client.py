"""`http.client`, and so `urllib.request` and whatever else is built on it.

A connection writes its request as it would to a socket, and reads the bytes of a response.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from .reply_stream import ReplyStream
from .request import Request

if TYPE_CHECKING:
    from types import ModuleType

    from .exchange import Outgoing
    from .request import BlockingReply


def patch(outgoing: Outgoing, module: ModuleType) -> None:
    """Change `http.client`."""
    client: Any = module

    def connect(self: Any) -> None:
        self.sock = _NoSocket(outgoing, self, "http")

    def connect_securely(self: Any) -> None:
        self.sock = _NoSocket(outgoing, self, "https")

    send_request = client.HTTPConnection._send_request

    def send_request_now(self: Any, *arguments: Any) -> None:
        send_request(self, *arguments)
        # A site that cannot be reached is told here, as by a socket: urllib.request expects it so.
        if isinstance(self.sock, _NoSocket):
            self.sock.exchange()

    client.HTTPConnection._send_request = send_request_now
    client.HTTPConnection.connect = connect
    if hasattr(client, "HTTPSConnection"):
        client.HTTPSConnection.connect = connect_securely


class _NoSocket:
    def __init__(self, outgoing: Outgoing, connection: Any, scheme: str) -> None:
        self.outgoing = outgoing
        self.connection = connection
        self.scheme = scheme
        self.written = bytearray()
        self.reply: BlockingReply | TimeoutError | None = None
        self.method = ""

    def sendall(self, data: Any) -> None:
        self.written += data

    def makefile(self, _mode: str) -> io.BufferedReader:
        if self.reply is None:
            self.exchange()
        reply, self.reply = self.reply, None
        if isinstance(reply, TimeoutError):
            raise reply
        assert reply
        has_body = self.method != "HEAD"
        return io.BufferedReader(ReplyStream(reply, head=_head(reply), has_body=has_body))

    def exchange(self) -> None:
        request = self._request()
        self.written.clear()
        self.method = request.method
        try:
            self.reply = self.outgoing.send_blocking(request)
        except TimeoutError as error:
            self.reply = error

    def settimeout(self, timeout: float | None) -> None:
        self.connection.timeout = timeout

    def setsockopt(self, *_: Any) -> None:
        pass

    def close(self) -> None:
        pass

    def _request(self) -> Request:
        head, _, body = bytes(self.written).partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = [
            (name, value.strip()) for name, _, value in (line.partition(":") for line in lines)
        ]
        if any(name.lower() == "transfer-encoding" for name, _ in headers):
            body = _unchunked(body)
        timeout = self.connection.timeout
        return Request(
            method,
            self._url(target),
            headers,
            body,
            timeout if isinstance(timeout, (int, float)) else None,  # or a marker for "the default"
        )

    def _url(self, target: str) -> str:
        if not target.startswith("/"):
            return target
        host = f"[{self.connection.host}]" if ":" in self.connection.host else self.connection.host
        usual = {"http": 80, "https": 443}[self.scheme]
        port = "" if self.connection.port == usual else f":{self.connection.port}"
        return f"{self.scheme}://{host}{port}{target}"


def _head(reply: BlockingReply) -> bytes:
    """Of a response whose end is that of the connection."""
    lines = [f"HTTP/1.1 {reply.status} {reply.reason}"]
    lines += [f"{name}: {value}" for name, value in reply.headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1", "replace")


def _unchunked(data: bytes) -> bytes:
    """The body in the chunked coding, as `http.client` itself writes it."""
    body = bytearray()
    while data:
        size, _, data = data.partition(b"\r\n")
        length = int(size, 16)
        body += data[:length]
        data = data[length + 2 :]
    return bytes(body)
