"""When an answer counts as equal to a recorded one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .recording import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

UNSTABLE_HEADERS = {"date", "content-length", "last-modified", "etag"}
"""Of the moment, or of the moment in which the sources were unpacked."""


def differences(recorded: Answer, seen: Answer, *, origin: str, mount: str) -> list[str]:
    """Say where an answer is not the recorded one.

    Two things follow from the mount itself and are mapped back: `servers` of an OpenAPI document,
    and absolute URLs.

    Args:
        recorded: an answer of the app at the root of its host.
        seen: an answer of the app below a mount.
        origin: scheme and host of the recorded URL.
        mount: absolute URL of the mount.
    """
    root_path = urlsplit(mount).path.rstrip("/")
    hosts = (urlsplit(mount).netloc, urlsplit(origin).netloc)
    # The scheme is the mount's too; a WebSocket's URL has its own.
    places = [
        f"{scheme}://{host}{root_path}" for host in hosts for scheme in ("http", "https", "ws")
    ]
    expected, actual = (
        _comparable(recorded, [], origin, ""),
        _comparable(seen, places, origin, root_path),
    )
    return [
        f"{name}: expected {_short(wanted)}, got {_short(got)}"
        for name, wanted, got in zip(Answer._fields, expected, actual, strict=True)
        if wanted != got
    ]


def as_pages_read_it(answer: Answer) -> Answer:
    """A page gets headers sorted, and those of one name joined.

    https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine
    """
    joined: dict[str, str] = {}
    for name, value in answer.headers:
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return answer._replace(headers=sorted(joined.items()))


def _comparable(answer: Answer, places: Sequence[str], origin: str, root_path: str) -> Answer:
    headers = []
    for name, value in answer.headers:
        if name.lower() not in UNSTABLE_HEADERS:
            headers.append((name.lower(), _replaced(value, places, origin)))
    body = _replaced(answer.body.decode("latin-1"), places, origin).encode("latin-1")
    if body.startswith(b'{"openapi":'):
        body = _openapi_without_mount(body, root_path)
    return Answer(answer.status, headers, body)


def _replaced(text: str, places: Sequence[str], origin: str) -> str:
    for place in places:
        text = text.replace(place, origin)
    return text


def _openapi_without_mount(body: bytes, root_path: str) -> bytes:
    document = json.loads(body)
    servers = [
        {**server, "url": server["url"].removeprefix(root_path)}
        for server in document.get("servers", [])
        if server["url"] != root_path
    ]
    if servers:
        document["servers"] = servers
    else:
        document.pop("servers", None)
    return json.dumps(document).encode()


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 400 else f"{text[:400]}…"
