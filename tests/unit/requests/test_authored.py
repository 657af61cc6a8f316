"""Requests that stand in a page by themselves."""

from __future__ import annotations

from asgi_docs.block.requests.authored import RequestOptions, read_requests

TWO = "GET /books\n\n### create\nPOST /books\n"


def test_options_and_text_are_read() -> None:
    given = {"block": " shop ", "title": "Books", "class": "wide", "linenos": None}
    reading = read_requests(given, TWO, ["linenos"])
    (problem,) = reading.problems
    assert problem.option == "linenos", "the docs tool takes it out before"
    del given["linenos"]
    reading = read_requests(given, TWO)
    assert reading.problems == ()
    assert reading.options == RequestOptions(block="shop", caption="Books", classes=("wide",))
    assert [(each.target, each.name, each.line) for each in reading.requests] == [
        ("/books", "", 1),
        ("/books", "create", 4),
    ]


def test_one_request_may_have_its_name_as_an_option() -> None:
    (request,) = read_requests({"name": "create"}, "POST /books").requests
    assert request.name == "create"
    (request,) = read_requests({"name": "create"}, "### create\nPOST /books").requests
    assert request.name == "create"
    for text in (TWO, "### other\nPOST /books"):
        reading = read_requests({"name": "create"}, text)
        assert reading.requests == ()
        assert [problem.option for problem in reading.problems] == ["name"]


def test_all_that_is_wrong_is_told() -> None:
    reading = read_requests({"name": "1"}, "GET books")
    assert reading.requests == ()
    assert [(each.option, each.line) for each in reading.problems] == [("name", None), (None, 1)]
