"""Recorded exchanges of FastAPI's tutorial apps, and when an answer counts as equal to one."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

RECORDING = Path(__file__).parent / "corpus" / "fastapi-tutorials.jsonl"
RECORDED_ORIGIN = "http://testserver"
UNSTABLE_HEADERS = {"date", "content-length"}

HeaderPairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HeaderPairs
    body: bytes


@dataclass(frozen=True)
class Exchange:
    module: str
    method: str
    path: str
    headers: HeaderPairs
    body: bytes
    answer: Answer


def load_recording(path: Path = RECORDING) -> dict[str, list[Exchange]]:
    exchanges: dict[str, list[Exchange]] = {}
    for line in path.read_text("utf-8").splitlines():
        exchange = _exchange(json.loads(line))
        exchanges.setdefault(exchange.module, []).append(exchange)
    return exchanges


def _exchange(row: dict[str, Any]) -> Exchange:
    answer = row["answer"]
    return Exchange(
        module=row["module"],
        method=row["method"],
        path=row["path"],
        headers=_pairs(row.get("headers", [])),
        body=_body(row),
        answer=Answer(answer["status"], _pairs(answer["headers"]), _body(answer)),
    )


def _pairs(headers: list[list[str]]) -> HeaderPairs:
    return [(name, value) for name, value in headers]


def _body(row: dict[str, Any]) -> bytes:
    if "base64" in row:
        return base64.b64decode(row["base64"])
    return str(row.get("body", "")).encode()


def as_pages_read_it(answer: Answer) -> Answer:
    """A page gets headers sorted, and those of one name joined.

    https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine
    """
    joined: dict[str, str] = {}
    for name, value in answer.headers:
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return Answer(answer.status, sorted(joined.items()), answer.body)


def differences(recorded: Answer, seen: Answer, mount: str) -> list[str]:
    """Says where an answer of an app below `mount` (an absolute URL) is not the recorded one.

    Two things follow from the mount itself and are mapped back: `servers` of an OpenAPI document,
    and absolute URLs.
    """
    expected, actual = _without_mount(recorded, RECORDED_ORIGIN), _without_mount(seen, mount)
    found = []
    if expected.status != actual.status:
        found.append(f"status: expected {expected.status}, got {actual.status}")
    if expected.headers != actual.headers:
        found.append(f"headers: expected {expected.headers}, got {actual.headers}")
    if expected.body != actual.body:
        found.append(f"body: expected {expected.body[:600]!r}, got {actual.body[:600]!r}")
    return found


def _without_mount(answer: Answer, mount: str) -> Answer:
    mount = mount.rstrip("/")
    headers = [
        (name.lower(), value.replace(mount, RECORDED_ORIGIN))
        for name, value in answer.headers
        if name.lower() not in UNSTABLE_HEADERS
    ]
    body = answer.body.replace(mount.encode(), RECORDED_ORIGIN.encode())
    if body.startswith(b'{"openapi":'):
        body = _openapi_without_mount(body, urlsplit(mount).path)
    return Answer(answer.status, headers, body)


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
