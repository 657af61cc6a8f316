"""Static files over HTTP, as any file server gives them, and a record of what was asked for."""

from __future__ import annotations

import gzip
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from . import other_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO


HELD_LIMIT = 60
"""Seconds."""


class Served(NamedTuple):
    path: str
    status: int
    size: int


class StaticServer(ThreadingHTTPServer):
    """Serves folders below URL prefixes of one origin.

    Attributes:
        served: Every answer so far, in order.
        cache_control: What every answer says of caching.
        held: Path parts; a URL that contains one of them is answered once its event is set.
        hidden: Path parts; a URL that contains one of them is answered with 404.
        down: Whether every connection is closed without an answer, as if there were no network.
    """

    daemon_threads = True
    handler: type[Handler]

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), self.handler)
        self.mounts: dict[str, Path] = {}
        self.served: list[Served] = []
        self.cache_control = "max-age=600"
        self.held: dict[str, threading.Event] = {}
        self.hidden: set[str] = set()
        self.down = False
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.server_port}"

    def mount(self, prefix: str, folder: Path) -> str:
        """Gives the URL of a folder, which ends with a slash."""
        self.mounts[prefix] = folder
        return f"{self.origin}{prefix}"

    def find(self, path: str) -> Path | None:
        for prefix, folder in self.mounts.items():
            if path.startswith(prefix) and not any(part in path for part in self.hidden):
                return folder / path.removeprefix(prefix)
        return None

    def compressed_size(self, path: str) -> int:
        """Bytes of a file, compressed as by most hosts."""
        file = self.find(urlsplit(path).path)
        assert file
        return len(gzip.compress(file.read_bytes(), 6))

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that closes a connection early is no news."""


class Handler(SimpleHTTPRequestHandler):
    """Answers from a StaticServer's folders."""

    protocol_version = "HTTP/1.1"
    server: StaticServer
    _status = 0

    def translate_path(self, path: str) -> str:
        found = self.server.find(unquote(urlsplit(path).path))
        return str(found if found else Path("/nonexistent"))

    def send_response(self, code: int, message: str | None = None) -> None:
        self._status = code
        super().send_response(code, message)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", self.server.cache_control)
        super().end_headers()

    def copyfile(self, source: IO[bytes], outputfile: IO[bytes]) -> None:  # type: ignore[override]
        self._size = 0
        for chunk in _chunks(source):
            outputfile.write(chunk)
            self._size += len(chunk)

    def parse_request(self) -> bool:
        if not super().parse_request():
            return False
        if self.server.down:
            self.close_connection = True
            return False
        if self.path.startswith(other_site.PREFIX):
            other_site.answer(self)
            return False
        return True

    def do_GET(self) -> None:
        self._size = 0
        for part, event in list(self.server.held.items()):
            if part in self.path:
                event.wait(HELD_LIMIT)
        if self.path == "/favicon.ico":  # every browser asks once, and complains
            self.send_response(204)
            self.end_headers()
            return
        try:
            super().do_GET()
        finally:
            self.server.served.append(Served(self.path, self._status, self._size))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """The record is `served`."""


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(1 << 16):
        yield chunk


StaticServer.handler = Handler
