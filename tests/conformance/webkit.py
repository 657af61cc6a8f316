"""WebKitGTK's MiniBrowser under Xvfb, driven by plain W3C WebDriver.

It shares Safari's engine, though not its network, storage and user interface.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DRIVER = "WebKitWebDriver"
# Seconds; the page itself answers at once, its scripts are not waited for.
LIMIT = 120
START_LIMIT = 30


class WebDriverError(Exception):
    """The driver's own words."""


def missing() -> str | None:
    """Says what is not installed."""
    programs = {DRIVER: "webkit2gtk-driver", "Xvfb": "xvfb"}
    packages = [package for name, package in programs.items() if shutil.which(name) is None]
    return f"not installed: {', '.join(packages)}" if packages else None


class WebKitDriver:
    def __init__(self, url: str) -> None:
        self._url = url
        session = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": _OPTIONS}})
        self._session = f"/session/{session['sessionId']}"
        self.version = str(session["capabilities"]["browserVersion"])

    def open(self, url: str) -> None:
        self._ask("POST", f"{self._session}/url", {"url": url})

    def evaluate(self, expression: str) -> Any:
        script = {"script": f"return ({expression})", "args": []}
        return self._ask("POST", f"{self._session}/execute/sync", script)

    def hold_caches(self, url: str) -> None:
        """Has what a page keeps in Cache Storage outlast it.

        The driver's sessions are private ones. WebKit empties a cache of such a session when the
        last page or worker that has opened it is gone: a second tab stays there.
        """
        page = self._ask("GET", f"{self._session}/window")
        tab = self._ask("POST", f"{self._session}/window/new", {"type": "tab"})
        self._ask("POST", f"{self._session}/window", {"handle": tab["handle"]})
        self.open(url)
        self.evaluate(f"({_HOLD})()")
        self._ask("POST", f"{self._session}/window", {"handle": page})

    def close(self) -> None:
        self._ask("DELETE", self._session)

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data, method=method)
        request.add_header("content-type", "application/json")
        try:
            with _opener.open(request, timeout=LIMIT) as response:
                return json.load(response)["value"]
        except urllib.error.HTTPError as error:
            raise WebDriverError(error.read().decode("utf-8", "replace")) from error


# The name is that of assets/store.js. The driver waits for the promise.
_HOLD = """
async () => {
  const { src } = document.querySelector('script[src*="/asgi-live.js"]');
  globalThis.held = await caches.open(`asgi-docs ${new URL("./", src).pathname}`);
}
"""

# The driver is on this machine, whatever proxy the environment names.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

_OPTIONS = {"webkitgtk:browserOptions": {"args": ["--automation"]}}


@contextlib.contextmanager
def webkit_driver() -> Iterator[WebKitDriver]:
    """Starts a browser with a fresh profile."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, _display() as display:
        port = _free_port()
        process = subprocess.Popen(
            [DRIVER, f"--port={port}", "--host=127.0.0.1"],
            env=_environment(Path(home), display),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # so that the browser ends with it
        )
        try:
            _wait_for(port)
            driver = WebKitDriver(f"http://127.0.0.1:{port}")
            try:
                yield driver
            finally:
                with contextlib.suppress(WebDriverError, OSError):
                    driver.close()
        finally:
            _end(process)


@contextlib.contextmanager
def _display() -> Iterator[str]:
    """Starts a display; gives its name, with a number that no other one has."""
    read, write = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x1000x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()  # empty if it ends instead
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"
    finally:
        _end(process)


def _environment(home: Path, display: str) -> dict[str, str]:
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG", "DATA")}
    return {
        **{name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ},
        **folders,
        "HOME": str(home),
        "DISPLAY": display,
        "GDK_BACKEND": "x11",
        # There is no GPU, and in a container no right to make namespaces.
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
        "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    end = time.monotonic() + START_LIMIT
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)  # nothing tells when the driver listens
        else:
            return


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
