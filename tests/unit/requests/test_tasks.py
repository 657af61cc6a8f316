"""What the reader is to make an app answer: as authors write it, and as pages say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.requests.authored import RequestReading, read_requests
from asgi_docs.block.requests.model import DocumentedRequest, Request
from asgi_docs.block.requests.task_text import Piece, pieces, task_label, task_sentence
from asgi_docs.block.requests.tasks import Task

if TYPE_CHECKING:
    from pathlib import Path


def told(reading: RequestReading) -> list[tuple[str, str | None, int | None]]:
    return [(str(each).partition(";")[0], each.option, each.line) for each in reading.problems]


def test_options_make_a_task(tmp_path: Path) -> None:
    (tmp_path / "done.py").write_text("app = 2\n", "utf-8")
    given = {
        "expect": ' 201 {"title": "Emma"} ',
        "task": "Let it  `create` books.",
        "hint": "Look at the path.\n\n Then at the status. ",
        "solution": "done.py",
    }
    reading = read_requests(given, "POST /books", (), tmp_path.joinpath)
    (request,) = reading.requests
    assert request.task == Task(
        201,
        '{"title": "Emma"}',
        "Let it `create` books.",
        ("Look at the path.", "Then at the status."),
        "app = 2\n",
    )
    assert reading.sources == (tmp_path / "done.py",)
    documented = DocumentedRequest(request, page="p", source="p:1")
    assert DocumentedRequest.from_json(documented.to_json()) == documented


def test_comments_make_tasks_of_single_requests() -> None:
    text = (
        "GET /books\n\n### create\n# @hint One.\n# a note\n# @no-redirect\n// @expect 201\n"
        "# @hint Two.\nPOST /books\n"
    )
    plain, task = read_requests({}, text).requests
    assert plain.task is None
    assert (task.name, task.line, task.task) == ("create", 9, Task(201, hints=("One.", "Two.")))


@pytest.mark.parametrize(
    ("given", "text", "problem"),
    [
        ({"expect": "created"}, "GET /", ("option 'expect': it is a status such as", "expect")),
        ({"expect": "201 {a"}, "GET /", ("option 'expect': '{a' is not JSON (", "expect")),
        ({"hint": "No."}, "GET /", ("option 'hint': there is no task without", "hint")),
        ({"expect": "201"}, "GET /\n###\nPOST /", ("option 'expect': there are several", "expect")),
        ({"expect": "201", "solution": "no.py"}, "GET /", ("the file 'no.py' cannot", "solution")),
        ({"expect": "201", "solution": "b.py"}, "GET /", ("option 'solution', b.py:1", "solution")),
        ({"hnt": "1"}, "GET /", ("unknown option 'hnt'; did you mean 'hint'?", "hnt")),
        ({}, "\n# @expect 2\nGET /", ("option 'expect': it is a status such as", 2)),
        ({}, "# @hint 2\nGET /", ("option 'hint': there is no task without", 1)),
        ({}, "# @expct 201\nGET /", ("unknown comment '@expct'; did you mean '@expect'?", 1)),
    ],
)
def test_mistakes_are_told_where_they_are(
    tmp_path: Path, given: dict[str, str | None], text: str, problem: tuple[str, str | int]
) -> None:
    (tmp_path / "b.py").write_text("x = = 1", "utf-8")
    reading = read_requests(given, text, (), tmp_path.joinpath)
    says, place = problem
    (found,) = reading.problems
    assert str(found).startswith(says)
    assert (found.option or found.line) == place
    assert reading.requests == ()


def test_the_page_says_what_is_to_be_done() -> None:
    request = Request("POST", "/books", task=Task(201, "Emma"))
    assert "".join(each.text for each in task_sentence(request, "en")) == (
        "make POST /books answer 201, with Emma in the body."
    )
    plain = Request("POST", "/books", task=Task(201))
    assert task_sentence(plain, "de_AT")[1::2] == [Piece("POST /books", True), Piece("201", True)]
    assert (task_label("de_AT"), task_label("tlh")) == ("Aufgabe:", "Task:")
    own = Request("POST", "/books", task=Task(201, words="Let `a` be ``b`c``."))
    assert task_sentence(own, "de") == pieces("Let `a` be ``b`c``.")
    assert [each.text for each in pieces("Let `a` be ``b`c``.") if each.is_code] == ["a", "b`c"]
