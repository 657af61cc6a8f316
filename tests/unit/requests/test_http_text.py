"""Requests in plain HTTP text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from asgi_docs.block.requests.http_text import parse_requests
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from asgi_docs.block.requests.model import Request

# What readers' browsers read, too: tests/js/http-text.test.js.
CASES = json.loads((Path(__file__).parents[2] / "http_text.json").read_text("utf-8"))


def as_data(request: Request) -> dict[str, Any]:
    data = {
        "method": request.method,
        "target": request.target,
        "headers": [list(pair) for pair in request.headers],
    }
    return data if request.body is None else {**data, "body": request.body}


@pytest.mark.parametrize(("text", "expected"), CASES["requests"])
def test_reads_what_browsers_read(text: str, expected: dict[str, Any]) -> None:
    assert [as_data(request) for request in parse_requests(text)] == [expected]


@pytest.mark.parametrize(("text", "line"), CASES["wrong"])
def test_refuses_what_browsers_refuse(text: str, line: int) -> None:
    with pytest.raises(BlockError) as raised:
        parse_requests(text)
    assert raised.value.line == line


def test_a_path_alone_is_got() -> None:
    (request,) = parse_requests("/books")
    assert (request.method, request.target, request.headers, request.body) == (
        "GET",
        "/books",
        (),
        None,
    )


def test_several_requests_with_names_headers_and_bodies() -> None:
    create, read = parse_requests(
        """### create
post http://localhost:8000/books HTTP/1.1
Accept: application/json

{"title": "Emma"}

###
# @name read
// what was made
GET /books/{{create.body.id}}
    ?full=yes
    &page=2
"""
    )
    assert create.text == (
        "POST /books HTTP/1.1\n"
        "Accept: application/json\n"
        "Content-Type: application/json\n"
        "\n"
        '{"title": "Emma"}'
    )
    assert (create.name, create.line) == ("create", 2)
    assert read.target == "/books/{{create.body.id}}?full=yes&page=2"
    assert (read.name, read.line) == ("read", 10)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("[1]", "application/json"),
        ("name=Emma&year=1815", "application/x-www-form-urlencoded"),
        ("Dear reader,\n\na = b", "text/plain; charset=utf-8"),
    ],
)
def test_a_body_gets_the_type_that_it_looks_like(body: str, content_type: str) -> None:
    (request,) = parse_requests(f"POST /\n\n{body}")
    assert request.header("content-type") == content_type
    assert request.body == body


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "is empty"),
        ("GET books", 1, "starts with one '/'"),
        ("GET /a b", 1, "%20"),
        ("GET https://example.com/x", 1, "requests go to the block's app"),
        ("GET /\nAccept text/html", 2, "is no header"),
        ("GET /\n### 12\nGET /", 2, "no number"),
        ("GET /\n### late", 2, "nothing is asked"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(BlockError, match=words) as error:
        parse_requests(text)
    assert error.value.line == line
