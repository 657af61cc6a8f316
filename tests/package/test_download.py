"""Files by their URLs; from servers of this machine."""

from __future__ import annotations

import base64
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from asgi_docs.errors import LockError
from asgi_docs.package.download import download

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WANTED = f"Basic {base64.b64encode(b'me:p@ss').decode()}"


class Index(BaseHTTPRequestHandler):
    """Gives its file to whoever logs in."""

    def do_GET(self) -> None:
        known = self.headers["Authorization"] == WANTED
        self.send_response(200 if known else 401)
        self.end_headers()
        self.wfile.write(b"content" if known else b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def host() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Index) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("value", ["http://me:p%40ss@{}/simple", "ours=http://me:p%40ss@{}/simple"])
@pytest.mark.parametrize("variable", ["UV_INDEX", "PIP_EXTRA_INDEX_URL"])
def test_the_login_of_an_index_is_that_of_its_files(
    host: str, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, f"http://elsewhere/simple {value.format(host)}")
    assert download(f"http://{host}/web.whl") == b"content"


def test_a_login_may_stand_in_netrc(
    host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with pytest.raises(LockError, match="HTTP status 401"):
        download(f"http://{host}/web.whl")
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password p@ss", "utf-8")
    assert download(f"http://{host}/web.whl") == b"content"


def test_files_need_no_network(tmp_path: Path, no_network: None) -> None:
    (tmp_path / "web.whl").write_bytes(b"content")
    assert download((tmp_path / "web.whl").as_uri()) == b"content"
    with pytest.raises(LockError, match="UV_OFFLINE is set"):
        download("http://127.0.0.1:9/web.whl")
