"""The world outside: a proxy that lets nothing through and remembers who asked."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# What the browsers themselves look for, whatever page they show.
BROWSERS_OWN = (
    ".mozilla.com",
    ".mozilla.net",
    ".mozilla.org",
    ".firefox.com",
    "accounts.google.com",
    "content-autofill.googleapis.com",
    "clients2.google.com",
    "update.googleapis.com",
    "android.clients.google.com",
    "optimizationguide-pa.googleapis.com",
    "redirector.gvt1.com",
)
# Where a reader may be led. Answered by the driver; Chromium opens a connection before it asks.
ELSEWHERE = "elsewhere.example"


class Outside(ThreadingHTTPServer):
    """Set as the browsers' proxy for every host but our own."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    server: Outside

    def _refuse(self) -> None:
        host = self.path.split("://")[-1].split("/")[0].split(":")[0]
        if not host.endswith((*BROWSERS_OWN, ELSEWHERE)):
            self.server.asked.append(self.path)
        self.send_error(502)

    do_CONNECT = do_GET = do_HEAD = do_POST = do_OPTIONS = _refuse  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """The record is `asked`."""
