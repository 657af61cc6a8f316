"""Requests that an app sends, with a browser that remembers what it was asked."""

from __future__ import annotations

import asyncio
import http.client
import io
import json
import urllib.error
import urllib.request
from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from asgi_docs.runtime.outgoing import Outgoing, exchange, patches
from asgi_docs.runtime.outgoing.own import own_target
from asgi_docs.runtime.outgoing.request import Request, Unreachable, unreachable
from asgi_docs.runtime.server import Server

from .client import MOUNT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asgi_docs.runtime.messages import Receive, Scope, Send

SITE = "https://api.example/"


class Bytes(bytes):
    """As a JavaScript array of bytes looks to Python."""

    def to_bytes(self) -> bytes:  # type: ignore[override]
        return bytes(self)


class Browser:
    """Answers as assets/outgoing.js does; `answers` says what, by URL."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.aborted = 0
        self.answers: dict[str, dict[str, Any]] = {}

    def head(self, url: str) -> dict[str, Any]:
        usual = {"failure": "", "status": 200, "reason": "OK", "url": url, "headers": "x-a:b\n"}
        return {**usual, **self.answers.get(url, {})}

    def ask(self, method: str, url: str, headers: str, body: Any, limit: float) -> Any:
        self.asked.append((method, url, headers, body))
        return SimpleNamespace(**{"body": Bytes(b"blocked"), **self.head(url)})

    def fetch(self, method: str, url: str, headers: str, body: Any) -> Any:
        self.asked.append((method, url, headers, body))
        parts = [Bytes(b"one"), Bytes(b"two"), None]

        async def head() -> Any:
            await asyncio.sleep(self.answers.get(url, {}).get("delay", 0))
            return SimpleNamespace(**self.head(url))

        async def read() -> Any:
            return SimpleNamespace(failure="", content=parts.pop(0))

        def abort() -> None:
            self.aborted += 1

        return SimpleNamespace(head=head, read=read, abort=abort)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    body = json.dumps([scope["method"], scope["path"], scope["query_string"].decode()]).encode()
    await send({"type": "http.response.start", "status": 201, "headers": [(b"x-own", b"yes")]})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def outgoing(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Outgoing:
    server = Server(app, MOUNT)
    way = Outgoing(browser, lambda data: data, lambda: False, lambda: server)
    way.mount = MOUNT
    loop = SimpleNamespace(call_later=lambda *_: None)
    monkeypatch.setattr(exchange, "main_loop", lambda: loop)
    return way


CHANGED = {
    http.client.HTTPConnection: ("connect", "_send_request"),
    http.client.HTTPSConnection: ("connect",),
    httpx.HTTPTransport: ("handle_request",),
    httpx.AsyncHTTPTransport: ("handle_async_request",),
}


@contextmanager
def patched(outgoing: Outgoing, *modules: Any) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for owner, names in CHANGED.items():
            for name in names:  # so that they are as before afterwards
                patch.setattr(owner, name, vars(owner)[name])
        for module in modules:
            patches(outgoing)[module.__name__](module)
        yield


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("http://localhost:8000/items?q=1", "/items?q=1"),
        ("http://127.0.0.1:5000", "/"),
        ("http://localhost/x", "/x"),
        (f"https://{MOUNT.host}{MOUNT.root_path}/items", "/items"),
        (f"https://{MOUNT.host}{MOUNT.root_path}", "/"),
        (f"https://{MOUNT.host}{MOUNT.root_path}.2/items?q=1", "/items?q=1"),
        (f"https://{MOUNT.host}{MOUNT.root_path}x", None),
        (f"https://{MOUNT.host}/data.json", None),
        ("http://localhost:9200/", None),
        ("https://example.org/", None),
    ],
)
def test_which_requests_are_the_apps_own(url: str, target: str | None) -> None:
    assert own_target(url, MOUNT) == target


def test_headers_that_a_page_may_not_set_stay_away() -> None:
    headers = [("User-Agent", "python"), ("COOKIE", "a=1"), ("Sec-Ch-Ua", "x"), ("X-Mine", "1")]
    assert Request("GET", SITE, headers).allowed_headers == [("X-Mine", "1")]


def test_plain_http_from_a_page_over_https_is_told_as_such() -> None:
    assert "may not ask over plain http" in str(unreachable("http://a/", from_https=True))
    assert "CORS" in str(unreachable("https://a/", from_https=True))
    assert "CORS" in str(unreachable("http://a/", from_https=False))


def test_httpx_async(outgoing: Outgoing, browser: Browser) -> None:
    browser.answers[SITE] = {"status": 404, "reason": "Not Found"}

    async def main() -> httpx.Response:
        async with httpx.AsyncClient() as client:
            return await client.post(SITE + "#fragment", json={"a": 1})

    with patched(outgoing, httpx._transports.default):
        response = asyncio.run(main())
    assert (response.status_code, response.reason_phrase) == (404, "Not Found")
    assert (response.text, response.headers["x-a"]) == ("onetwo", "b")
    ((method, url, headers, body),) = browser.asked
    assert (method, url, body) == ("POST", SITE, b'{"a":1}')
    assert headers.lower().splitlines() == ["accept:*/*", "content-type:application/json"]


def test_a_redirect_is_the_clients_own_matter(outgoing: Outgoing, browser: Browser) -> None:
    browser.answers[SITE] = {"url": SITE + "final"}

    async def main(follow: bool) -> httpx.Response:
        async with httpx.AsyncClient(follow_redirects=follow) as client:
            return await client.get(SITE)

    with patched(outgoing, httpx._transports.default):
        seen = asyncio.run(main(False))
        assert (seen.status_code, seen.headers["location"]) == (302, SITE + "final")
        followed = asyncio.run(main(True))
    assert (followed.text, str(followed.url)) == ("onetwo", SITE + "final")
    assert [each[1] for each in browser.asked] == [SITE, SITE], "the answer is fetched once"


def test_a_timeout_ends_the_request(outgoing: Outgoing, browser: Browser) -> None:
    browser.answers[SITE] = {"delay": 60}

    async def main() -> None:
        async with httpx.AsyncClient(timeout=0.01) as client:
            await client.get(SITE)

    with (
        patched(outgoing, httpx._transports.default),
        pytest.raises(httpx.ReadTimeout, match=r"did not answer within 0\.01 seconds"),
    ):
        asyncio.run(main())
    assert browser.aborted == 1


def test_a_failure_is_an_error_of_the_client(outgoing: Outgoing, browser: Browser) -> None:
    browser.answers[SITE] = {"failure": "network"}
    with patched(outgoing, httpx._transports.default, http.client):
        with httpx.Client() as client, pytest.raises(httpx.ConnectError, match="CORS"):
            client.get(SITE)
        with pytest.raises(urllib.error.URLError, match="CORS"):
            urllib.request.urlopen(SITE)
    browser.answers[SITE] = {"failure": "'TRACE' HTTP method is unsupported."}
    with pytest.raises(Unreachable, match="'TRACE' HTTP method is unsupported"):
        outgoing.send_blocking(Request("TRACE", SITE))


def test_urllib(outgoing: Outgoing, browser: Browser) -> None:
    with patched(outgoing, http.client):
        request = urllib.request.Request(SITE + "a", b"sent", {"X-Mine": "1"})
        with urllib.request.urlopen(request) as response:
            assert (response.status, response.headers["x-a"]) == (200, "b")
            assert response.read() == b"blocked"
    ((method, url, headers, body),) = browser.asked
    assert (method, url, body) == ("POST", SITE + "a", b"sent")
    assert "X-Mine:1" in headers


def test_http_client_sends_in_chunks_and_to_other_ports(
    outgoing: Outgoing, browser: Browser
) -> None:
    with patched(outgoing, http.client):
        connection = http.client.HTTPConnection("api.example", 81)
        connection.request("PUT", "/a?b", io.BytesIO(b"sent"))
        assert connection.getresponse().read() == b"blocked"
    method, url, _, body = browser.asked[0]
    assert (method, url, body) == ("PUT", "http://api.example:81/a?b", b"sent")


def test_the_app_answers_itself(outgoing: Outgoing, browser: Browser) -> None:
    async def main() -> httpx.Response:
        async with httpx.AsyncClient() as client:
            return await client.delete("http://localhost:8000/items?q=1")

    with patched(outgoing, httpx._transports.default):
        response = asyncio.run(main())
    assert (response.status_code, response.headers["x-own"]) == (201, "yes")
    assert response.json() == ["DELETE", f"{MOUNT.root_path}/items", "q=1"]
    assert browser.asked == []
