"""Requests with curl's options, in an option and in comments of the code."""

from __future__ import annotations

import pytest

from asgi_docs.block.requests.curl import parse_command
from asgi_docs.block.requests.run_comments import run_comments, without_run_comments
from asgi_docs.errors import BlockError


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("/books", "GET /books HTTP/1.1"),
        ("DELETE /books/1", "DELETE /books/1 HTTP/1.1"),
        ("curl -is http://127.0.0.1:8000/ -L --compressed", "GET / HTTP/1.1"),
        (
            "/ -X POST -d '{\"a\": 1}'",
            'POST / HTTP/1.1\nContent-Type: application/json\n\n{"a": 1}',
        ),
        (
            "/ -d a=1 -d b=2",
            "POST / HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\na=1&b=2",
        ),
        ("/?x=1 -G --data=a=1", "GET /?x=1&a=1 HTTP/1.1"),
        ("/ -XPUT -H'Accept: text/html'", "PUT / HTTP/1.1\nAccept: text/html"),
        (
            "/ -I -b 'a=1' -u me:secret",
            "HEAD / HTTP/1.1\nCookie: a=1\nAuthorization: Basic bWU6c2VjcmV0",
        ),
    ],
)
def test_options_that_curl_has(command: str, text: str) -> None:
    assert parse_command(command).text == text


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/ --heder x", "did you mean '--header'"),
        ("/ -F file=@x", "'asgi-request'"),
        ("/ -H", "needs a value"),
        ("/ -H nonsense", "is no header"),
        ("/ -d @file", "cannot be sent"),
        ("/ -d 'x", "no partner"),
        ("-v", "not 'nothing'"),
        ("GET /a /b", "not 'GET /a /b'"),
    ],
)
def test_what_cannot_be_read(command: str, words: str) -> None:
    with pytest.raises(BlockError, match=words) as error:
        parse_command(command, 7)
    assert error.value.line == 7


CODE = """from litestar import Litestar

app = Litestar([])


# run: /
    # run: /books -X DELETE
"""


def test_comments_of_the_code_are_requests_and_not_shown() -> None:
    requests = run_comments(CODE)
    assert [(each.method, each.target, each.line) for each in requests] == [
        ("GET", "/", 6),
        ("DELETE", "/books", 7),
    ]
    assert without_run_comments(CODE) == "from litestar import Litestar\n\napp = Litestar([])\n"


def test_other_code_is_left_alone() -> None:
    code = "\n\nprint('# run: /')\n\n"
    assert run_comments(code) == []
    assert without_run_comments(code) == code
