"""A file server behind a slow network, which compresses as hosts do."""

from __future__ import annotations

import gzip
import io
import threading
import time
from typing import IO, TYPE_CHECKING, NamedTuple

from ..browser.static_server import Handler, StaticServer

if TYPE_CHECKING:
    from pathlib import Path

COMPRESSED = {".css", ".html", ".js", ".json", ".mjs", ".wasm"}
CHUNK = 4096  # bytes


class Network(NamedTuple):
    """What lies between a reader and the host.

    Attributes:
        rate: bits a second, all connections together.
        delay: seconds for the way there and back.
    """

    rate: float
    delay: float


class Transfer(NamedTuple):
    """One answer.

    Attributes:
        asked: when the request was sent, `time.monotonic()`.
        arrived: when the last byte was there.
        size: bytes on the network.
    """

    path: str
    asked: float
    arrived: float
    size: int


class SlowServer(StaticServer):
    """A static server behind a network; times of what it sends stand in `transfers`.

    The time that a connection takes to be made is not part of the picture, nor is packet loss.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self.transfers: list[Transfer] = []
        self._compressed: dict[Path, bytes] = {}
        self._free = 0.0
        self._lock = threading.Lock()
        super().__init__()

    def compressed(self, file: Path) -> bytes:
        if file not in self._compressed:
            self._compressed[file] = gzip.compress(file.read_bytes(), 6)
        return self._compressed[file]

    def send(self, size: int) -> None:
        """Wait until so many bytes have passed the network, after all that waited before."""
        with self._lock:
            self._free = max(self._free, time.monotonic()) + size * 8 / self.network.rate
            arrival = self._free
        time.sleep(max(0.0, arrival - time.monotonic()))


class _SlowHandler(Handler):
    server: SlowServer

    def do_GET(self) -> None:  # noqa: N802
        asked = time.monotonic()
        time.sleep(self.server.network.delay)
        super().do_GET()
        transfer = Transfer(self.path, asked, time.monotonic(), self._size)
        self.server.transfers.append(transfer)

    def send_head(self) -> io.BytesIO | IO[bytes] | None:  # type: ignore[override]
        file = self.server.find(self.path.partition("?")[0])
        if not (file and file.is_file() and file.suffix in COMPRESSED):
            return super().send_head()
        content = self.server.compressed(file)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)

    def copyfile(self, source: IO[bytes], outputfile: IO[bytes]) -> None:  # type: ignore[override]
        while chunk := source.read(CHUNK):
            self.server.send(len(chunk))
            outputfile.write(chunk)
            self._size += len(chunk)


SlowServer.handler = _SlowHandler
