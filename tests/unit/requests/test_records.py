"""Recorded answers in their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.requests.model import Answer, Digest, DocumentedRequest, Request
from asgi_docs.block.requests.records import (
    Records,
    read_records,
    record_file,
    write_records,
)
from asgi_docs.errors import RecordError

if TYPE_CHECKING:
    from pathlib import Path

CREATE = Request("POST", "/books", (("Content-Type", "application/json"),), '{\n  "title": ""\n}')
READ = Request("GET", "/books/1")
ANSWERS = [
    Answer(201, (("content-type", "application/json"), ("x-empty", "")), '{"id": 1}'),
    Answer(200, (("content-type", "text/plain"),), "first\n\n# no comment\n> nor this\n"),
    Answer(200, (("content-type", "image/png"),), digest=Digest(48213, "9f" * 32)),
    Answer(200, (("content-type", "text/event-stream"),), "data: 1\n\n", is_partial=True),
    Answer(204),
    Answer(299, (("x-a", "1"), ("x-a", "2")), " indented"),
    Answer(200, (("x-a", "1\x852"),), "one line\u2028of\x0cmany\x1e"),
]


def documented(answer: Answer, request: Request = READ, block: str = "") -> DocumentedRequest:
    return DocumentedRequest(request, block, "shop", "shop.rst:3", answer)


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_read_as_it_was_written(answer: Answer, tmp_path: Path) -> None:
    file = tmp_path / "shop.txt"
    assert write_records(file, [documented(answer, CREATE, "shop")])
    (record,) = read_records(file)
    assert (record.block, record.request, record.answer) == ("shop", CREATE.text, answer)
    assert not write_records(file, [documented(answer, CREATE, "shop")])


def test_all_of_a_page_are_taken_in_its_order(tmp_path: Path) -> None:
    file = record_file(tmp_path, "tutorial/first")
    assert file == tmp_path / "tutorial" / "first.txt"
    write_records(file, [documented(each) for each in ANSWERS])
    records = Records(read_records(file))
    assert records.take("shop", READ) is None
    assert [records.take("", READ) for _ in ANSWERS] == ANSWERS
    assert records.take("", READ) is None


def test_editors_may_take_spaces_from_the_ends_of_lines(tmp_path: Path) -> None:
    file = tmp_path / "shop.txt"
    request = Request("POST", "/books", body="title:  \n  Emma\n")
    write_records(file, [documented(ANSWERS[0], request)])
    file.write_text("\n".join(line.rstrip() for line in file.read_text("utf-8").splitlines()))
    assert Records(read_records(file)).take("", request) == ANSWERS[0]


def test_a_file_without_answers_is_deleted(tmp_path: Path) -> None:
    file = tmp_path / "shop.txt"
    write_records(file, [documented(ANSWERS[0])])
    assert write_records(file, [DocumentedRequest(READ)])
    assert not file.exists()
    assert read_records(file) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# a comment\n\n> GET / HTTP/1.1\n< 200 OK\n", 3),
        ("> GET / HTTP/1.1\n", 1),
        ("GET /\n", 1),
        ("< HTTP/1.1 200 OK\n", 1),
        ("> GET /\n< HTTP/1.1 200 OK\n< nonsense\n", 1),
    ],
)
def test_what_is_damaged_is_told_with_its_line(text: str, line: int, tmp_path: Path) -> None:
    file = tmp_path / "shop.txt"
    file.write_text(text)
    with pytest.raises(RecordError, match=rf"shop\.txt:{line}: .*--update"):
        read_records(file)


@pytest.mark.parametrize("answer", [None, *ANSWERS])
def test_the_page_carries_both(answer: Answer | None) -> None:
    request = DocumentedRequest(CREATE, "shop", "tutorial/first", "tutorial/first.rst:3", answer)
    assert DocumentedRequest.from_json(request.to_json()) == request
