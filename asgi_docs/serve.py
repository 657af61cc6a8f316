"""A static file server for a look at a built site: any other will do as well."""

from __future__ import annotations

import errno
import functools
import http.server
import socket
import sys
from typing import TYPE_CHECKING

from asgi_docs.errors import AsgiDocsError

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT_PORT = 8000
_PORTS_TO_TRY = 50


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # The machine's own table may know .js as text/plain, with which browsers run no module.
    extensions_map = {  # noqa: RUF012  as in the base class
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".css": "text/css",
        ".html": "text/html",
        ".js": "text/javascript",
        ".json": "application/json",
        ".layer": "application/octet-stream",
        ".mjs": "text/javascript",
        ".svg": "image/svg+xml",
        ".wasm": "application/wasm",
        ".zip": "application/zip",
    }

    def end_headers(self) -> None:
        # Without it, browsers guess a freshness and show old pages after a rebuild.
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  as in the base class
        pass


class SiteServer(http.server.ThreadingHTTPServer):
    """Serves one folder. Listens from the moment that it is made; `serve_forever` answers."""

    daemon_threads = True

    def __init__(self, site: Path, host: str, port: int) -> None:
        # The base class looks at it before it binds.
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), functools.partial(_Handler, directory=str(site)))
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        # A browser that goes away in the middle of an answer is no news.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def listen(site: Path, host: str, port: int | None) -> SiteServer:
    """A server for a site.

    Args:
        site: the folder.
        host: address to listen on.
        port: None for the first free one from 8000.

    Raises:
        AsgiDocsError: there is no such folder, or the port cannot be had.
    """
    if not site.is_dir():
        raise AsgiDocsError(f"{site} is no folder: build the documentation first.")
    candidates = [port] if port is not None else range(DEFAULT_PORT, DEFAULT_PORT + _PORTS_TO_TRY)
    for candidate in candidates:
        try:
            return SiteServer(site, host, candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise AsgiDocsError(
                    f"Cannot listen on {host}:{candidate}: {error.strerror}."
                ) from None
    taken = f"Port {port} is" if port is not None else f"All ports from {DEFAULT_PORT} on are"
    raise AsgiDocsError(f"{taken} in use: choose another with --port.")
