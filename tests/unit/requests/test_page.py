"""Which app a request of a page asks, and what is said where none is right."""

from __future__ import annotations

import pytest

from asgi_docs.block.requests.display import shown_answer
from asgi_docs.block.requests.http_text import parse_requests
from asgi_docs.block.requests.model import Answer, Digest, Request
from asgi_docs.block.requests.page import PageRequests
from asgi_docs.block.requests.records import Record, Records
from asgi_docs.errors import BlockError

ANSWER = Answer(200, (("content-type", "application/json"),), "[]")


def page(*records: Record) -> PageRequests:
    return PageRequests("shop", Records(records))


def add(requests: PageRequests, text: str, block: str = "") -> list[str]:
    (request,) = parse_requests(text)
    _, problems = requests.add(request, block=block, source="shop.rst:3")
    return [problem.subtype for problem in problems]


def test_a_record_belongs_to_its_block_and_request() -> None:
    requests = page(Record("", "GET / HTTP/1.1", ANSWER), Record("shop", "GET / HTTP/1.1", ANSWER))
    requests.add_block("shop")
    requests.add_block(None)
    assert add(requests, "/") == []
    assert add(requests, "/", "shop") == []
    assert add(requests, "/") == ["answer"]


def test_references_lead_to_requests_of_the_same_app() -> None:
    requests = page()
    requests.add_block("shop")
    add(requests, "### create\nPOST /")
    add(requests, "GET /{{create.body.0.id}}/{{1.headers.location}}?s={{ create.status }}")
    requests.add_block("other")
    with pytest.raises(BlockError, match="no request 'create' comes before"):
        add(requests, "GET /{{create.body}}")
    add(requests, "GET /{{create.body}}", "shop")


@pytest.mark.parametrize(
    ("text", "block", "words"),
    [
        ("/", "shp", "did you mean 'shop'"),
        ("/{{create.bdy}}", "", "cannot read"),
        ("/{{creat.body}}", "", "did you mean 'create'"),
        ("/{{2.body}}", "", "no request '2'"),
    ],
)
def test_what_leads_nowhere(text: str, block: str, words: str) -> None:
    requests = page()
    requests.add_block("shop")
    add(requests, "### create\nPOST /")
    with pytest.raises(BlockError, match=words):
        add(requests, text, block)


def test_without_a_block_there_is_nobody_to_ask() -> None:
    with pytest.raises(BlockError, match="no live block comes before"):
        add(page(), "/")


def test_long_json_is_shown_in_lines_and_short_json_as_it_came() -> None:
    head = "HTTP/1.1 200 OK\ncontent-type: application/json\n\n"
    assert shown_answer(ANSWER) == f"{head}[]"
    long = Answer(200, ANSWER.headers, '{"titles": ["' + "x" * 80 + '"]}')
    shown = '{\n  "titles": [\n    "' + "x" * 80 + '"\n  ]\n}'
    assert shown_answer(long) == head + shown


def test_what_is_no_text_and_what_goes_on_is_told() -> None:
    assert shown_answer(Answer(200, digest=Digest(1234567, "0" * 64))).endswith("67 bytes)")
    assert shown_answer(Answer(200, (), "data: 1\n\n", is_partial=True)).endswith("data: 1\n…")


def test_a_request_is_equal_wherever_it_stands() -> None:
    assert Request("GET", "/", line=1) == Request("GET", "/", line=9)
