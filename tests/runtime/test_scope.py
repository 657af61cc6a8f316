"""From a browser's request to a scope, after the ASGI specification."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from asgi_docs.runtime.scope import Mount, http_scope, websocket_scope

if TYPE_CHECKING:
    from asgi_docs.runtime.scope import MountMode

MOUNT = Mount.from_url("https://docs.example/en/R%26D/live/~token/")


def scope(
    target: str, mount: Mount = MOUNT, headers: list[tuple[bytes, bytes]] | None = None
) -> dict[str, object]:
    return dict(
        http_scope(mount, method="GET", target=target, headers=headers or [], state={"a": 1})
    )


def test_the_path_is_decoded_and_includes_the_root_path() -> None:
    made = scope("/items/caf%C3%A9%2Fbar%3F?q=%C3%A9&q=2")

    assert made["root_path"] == "/en/R&D/live/~token"
    assert made["path"] == "/en/R&D/live/~token/items/café/bar?"
    assert made["raw_path"] == b"/en/R%26D/live/~token/items/caf%C3%A9%2Fbar%3F"
    assert made["query_string"] == b"q=%C3%A9&q=2"


@pytest.mark.parametrize(
    ("mode", "root_path", "path", "raw_path"),
    [
        ("root_path", "/en/R&D/~t", "/en/R&D/~t/a b", b"/en/R%26D/~t/a%20b"),
        ("stripped", "", "/a b", b"/a%20b"),
        ("full", "", "/en/R&D/~t/a b", b"/en/R%26D/~t/a%20b"),
    ],
)
def test_the_mount_is_told_in_one_of_three_ways(
    mode: MountMode, root_path: str, path: str, raw_path: bytes
) -> None:
    made = scope("/a%20b?q", Mount.from_url("https://docs.example/en/R%26D/~t/", mode))

    assert (made["root_path"], made["path"], made["raw_path"]) == (root_path, path, raw_path)
    assert made["query_string"] == b"q"


@pytest.mark.parametrize(
    ("mode", "is_known", "root_path", "path"),
    [
        ("root_path", False, "/~t.2", "/~t.2/a"),
        ("root_path", True, "/~t", "/~t/a"),
        ("stripped", False, "", "/a"),
        ("full", False, "", "/~t/a"),
    ],
)
def test_a_client_is_told_its_own_mount_unless_the_app_knows_one(
    mode: MountMode, is_known: bool, root_path: str, path: str
) -> None:
    mount = Mount.from_url("https://docs.example/~t/", mode, is_known=is_known)

    made = scope("/a", mount.seen_from("/~t.2"))

    assert (made["root_path"], made["path"]) == (root_path, path)
    assert mount.seen_from("/~t") is mount


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/en/R%26D/live/~token/a", "/a"),
        ("/en/R%26D/live/~token", ""),
        ("/en/R%26D/live/~token.2/a", "/a"),
        ("/en/R%26D/live/~token.2", ""),
        ("/en/R%26D/live/~token.x/a", None),
        ("/en/R%26D/live/~token2/a", None),
        ("/a", None),
    ],
)
def test_what_is_below_a_mount(path: str, target: str | None) -> None:
    assert MOUNT.below(path) == target


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("/", "/en/R&D/live/~token/", b""),
        ("/?", "/en/R&D/live/~token/", b""),
        ("/a?b?c", "/en/R&D/live/~token/a", b"b?c"),
        ("//a", "/en/R&D/live/~token//a", b""),
        ("/%ff", "/en/R&D/live/~token/\ufffd", b""),
        ("/a+b", "/en/R&D/live/~token/a+b", b""),
    ],
)
def test_targets(target: str, path: str, query: bytes) -> None:
    made = scope(target)

    assert (made["path"], made["query_string"]) == (path, query)


def test_a_mount_at_the_root_of_its_host() -> None:
    made = scope("/a", Mount.from_url("http://localhost:8000/"))

    assert (made["root_path"], made["path"], made["raw_path"]) == ("", "/a", b"/a")


@pytest.mark.parametrize(
    ("url", "host", "server"),
    [
        ("https://docs.example/~t/", b"docs.example", ("docs.example", 443)),
        ("http://docs.example/~t/", b"docs.example", ("docs.example", 80)),
        ("http://localhost:8000/~t/", b"localhost:8000", ("localhost", 8000)),
        ("http://[::1]:8000/~t/", b"[::1]:8000", ("::1", 8000)),
    ],
)
def test_the_host_is_that_of_the_page(url: str, host: bytes, server: tuple[str, int]) -> None:
    made = scope("/", Mount.from_url(url), [(b"accept", b"*/*")])

    assert made["headers"] == [(b"host", host), (b"accept", b"*/*")]
    assert made["server"] == server
    assert made["scheme"] == url.partition(":")[0]


def test_a_host_that_was_sent_stays() -> None:
    headers = [(b"accept", b"*/*"), (b"host", b"shop.example")]

    assert scope("/", headers=headers)["headers"] == headers


def test_what_the_specification_fixes() -> None:
    made = scope("/")

    assert made["type"] == "http"
    assert made["http_version"] == "1.1"
    # Below 2.4, Starlette would not let send() tell it of a disconnect.
    assert made["asgi"] == {"version": "3.0", "spec_version": "2.4"}
    assert made["state"] == {"a": 1}


def test_the_scope_of_a_websocket() -> None:
    state = {"a": 1}
    headers = [
        (b"sec-websocket-protocol", b"soap, wamp"),
        (b"cookie", b"a=1"),
        (b"sec-websocket-protocol", b"chat"),
    ]

    made = websocket_scope(MOUNT, target="/caf%C3%A9?q=1", headers=headers, state=state)

    assert (made["type"], made["scheme"]) == ("websocket", "wss")
    assert made["asgi"] == {"version": "3.0", "spec_version": "2.4"}
    assert made["path"] == "/en/R&D/live/~token/café"
    assert made["raw_path"] == b"/en/R%26D/live/~token/caf%C3%A9"
    assert (made["root_path"], made["query_string"]) == ("/en/R&D/live/~token", b"q=1")
    assert made["headers"] == [(b"host", b"docs.example"), *headers]
    assert made["subprotocols"] == ["soap", "wamp", "chat"]
    assert (made["server"], made["http_version"]) == (("docs.example", 443), "1.1")
    assert (made["state"], made["state"] is state) == ({"a": 1}, False)
    assert "method" not in made


def test_the_scope_of_a_websocket_over_plain_http() -> None:
    mount = Mount.from_url("http://localhost:8000/~t/")

    made = websocket_scope(mount, target="/", headers=[], state={})

    assert (made["scheme"], made["subprotocols"]) == ("ws", [])
