"""Measures what a request costs on its way through the service worker to the app.

`python -m tests.bench.overhead [RUNS]` prints medians as Markdown, for overhead/README.md.
No driver is attached to the browser: it would slow each request down, by as much as it takes.
"""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import queue
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asgi_docs.block.markup import assets_html, block_html
from asgi_docs.block.model import LiveBlock
from asgi_docs.package.site import package_site

from .tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent / "overhead"
LIMIT = 600
"""Seconds for one run in one browser."""

Results = dict[str, Any]


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site and takes the page's results."""

    results: queue.Queue[Results] = queue.Queue()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.send_response(204)
        self.end_headers()
        self.results.put(json.loads(body))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nobody reads it."""


def write_site(folder: Path) -> None:
    shutil.copytree(HERE, folder)
    block = LiveBlock("app:app", {"app.py": (HERE / "app.py").read_text()}, ("fastapi",))
    script = '<script type="module" src="page.js"></script>'
    page = [
        "<!doctype html><body>",
        assets_html("_static/asgi-docs/"),
        block_html(block.to_json(), ""),
    ]
    (folder / "index.html").write_text("\n".join([*page, script]))
    package_site(folder, locks=folder / "locks", lock_urls=False)


@contextlib.contextmanager
def site_server(folder: Path) -> Iterator[str]:
    handler = partial(Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


@contextlib.contextmanager
def uvicorn_server(folder: Path) -> Iterator[str]:
    """The same app under uvicorn; it gives its frame the script, too."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    source = (folder / "app.py").read_text()
    source += (
        "\n\n@app.get('/measure.js')\nasync def script():\n"
        f"    return Response({(folder / 'measure.js').read_text()!r}, "
        "media_type='text/javascript')\n"
    )
    (folder / "served.py").write_text(source)
    command = [sys.executable, "-m", "uvicorn", "--port", str(port), "--log-level", "warning"]
    process = subprocess.Popen([*command, "served:app"], cwd=folder)
    url = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(url).close()
                break
            time.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait()


def command_of(engine: str, profile: str, url: str) -> list[str]:
    if engine == "chromium":
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
        return ["chromium", *flags, f"--user-data-dir={profile}", url]
    return ["firefox-esr", "--headless", "--no-remote", "--profile", profile, url]


def run_once(engine: str, url: str) -> Results:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            command_of(engine, profile, url),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "MOZ_DISABLE_CONTENT_SANDBOX": "1"},
        )
        try:
            results = Handler.results.get(timeout=LIMIT)
        finally:
            process.terminate()
            process.wait()
    if "error" in results:
        raise RuntimeError(results["error"])
    return results


def summary(runs: list[Results]) -> str:
    rows = {}
    for way in runs[0]:
        percentiles = [statistics.quantiles(run[way]["times"], n=100) for run in runs]
        cells = [f"{statistics.median(each[at] for each in percentiles):.2f}" for at in (49, 98)]
        for direction in ("down", "up"):
            rates = [rate for run in runs for rate in run[way][direction]]
            cells.append(f"{statistics.median(rates):.0f}" if rates else "")
        rows[way] = cells
    return table("", ["p50 ms", "p99 ms", "down MB/s", "up MB/s"], rows)


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "site"
        write_site(folder)
        with site_server(folder) as site, uvicorn_server(folder) as uvicorn:
            for engine in ("chromium", "firefox"):
                seen = [run_once(engine, f"{site}?uvicorn={uvicorn}") for _ in range(runs)]
                print(f"\n{engine}, medians of {runs} runs\n\n{summary(seen)}")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
