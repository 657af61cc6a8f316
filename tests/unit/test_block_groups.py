from __future__ import annotations

from pathlib import Path

import pytest

from asgi_docs.block.author import Authored, Reading, read_block
from asgi_docs.block.groups import Groups

APP = "async def app(scope, receive, send): ...\n"


class Page:
    """The blocks of a page in their order."""

    def __init__(self) -> None:
        self.groups = Groups()
        self.count = 0

    def read(self, body: str, **given: str) -> Reading:
        self.count += 1
        return read_block(
            Authored(
                given=given,
                body=body,
                source=f"page.rst:{self.count}",
                locate=Path("/docs").joinpath,
                groups=self.groups,
            )
        )


def told(reading: Reading) -> list[tuple[int | None, str]]:
    assert reading.block is None
    return [(problem.line, str(problem)) for problem in reading.problems]


def test_each_block_shows_its_own_code_and_runs_all_up_to_it() -> None:
    page = Page()
    setup = page.read("x = 1", group="blog", show="none", requires="httpx", env="A=1 B=1")
    first = page.read("y = 2", group="blog", env="B=2")
    app = page.read(APP, group="blog", path="/a", mount="full", lifespan="off", caption="C")
    other = page.read(APP, group="other")
    last = page.read("z = 3", group="blog", requires="fastapi")

    assert setup.is_hidden
    assert (first.parts[0].text, first.block, first.problems) == ("y = 2\n", None, ())
    assert not first.is_hidden
    assert app.block is not None
    assert app.parts[0].text == APP
    assert app.block.files == {"main.py": f"x = 1\n\n\ny = 2\n\n\n{APP}"}
    assert (app.block.requires, app.block.env) == (("httpx",), {"A": "1", "B": "2"})
    assert other.block is not None
    assert other.block.files == {"main.py": APP}
    assert last.block is not None
    assert last.block.requires == ("fastapi", "httpx")
    assert (last.block.mount, last.block.lifespan) == ("full", "off")
    assert (last.block.path, last.block.caption) == ("/", None), "these are the block's own"
    assert last.block.files["main.py"].endswith(f"{APP}\n\nz = 3\n")
    assert page.groups.problems() == []


def test_a_mistake_has_its_line_in_its_own_block() -> None:
    page = Page()
    page.read("x = 1\nx = 2", group="blog")
    assert told(page.read("y = 1\nfrom . import z", group="blog"))[0][0] == 2


def test_a_wrong_name_of_the_application_is_told() -> None:
    page = Page()
    [(_, sentence)] = told(page.read("x = 1", group="blog", app="api"))
    assert sentence.startswith("the code has no name 'api'")


def test_what_follows_a_mistake_is_not_live_and_told_of_itself_only() -> None:
    page = Page()
    assert len(told(page.read("x = = 1", group="blog"))) == 1
    assert told(page.read(APP, group="blog")) == []
    assert [line for line, _ in told(page.read("y = 1\nz = = 1", group="blog"))] == [2]
    assert page.groups.problems() == []


def test_a_group_without_an_application_is_told_at_its_end() -> None:
    page = Page()
    page.read("x = 1", group="blog")
    page.read("x = 2", group="blog")
    [(source, problem)] = page.groups.problems()
    assert source == "page.rst:1"
    assert str(problem).startswith("no block of the group 'blog' has an ASGI or WSGI application")


@pytest.mark.parametrize(("show", "live"), [("both", True), ("code", False)])
def test_code_may_be_shown_alone(show: str, live: bool) -> None:
    reading = Page().read(APP, show=show)
    assert (reading.parts[0].text, reading.problems) == (APP, ())
    assert (reading.block is not None) is live


def test_hidden_code_without_a_group_is_told_and_shown() -> None:
    reading = Page().read(APP, show="none")
    [(_, sentence)] = told(reading)
    assert sentence.startswith("option 'show': with 'none' the block is of use in a group only")
    assert not reading.is_hidden


def test_blocks_know_the_step_before() -> None:
    page = Page()
    page.read("x = 1", group="blog")
    app = page.read(APP, group="blog")
    other = page.read(APP, name="other")
    last = page.read("z = 3", group="blog")
    since = page.read(APP, since="other")
    both = page.read("z = 4", group="blog", since="other")
    blocks = [each.block for each in (app, other, last, since, both)]
    assert [each and each.since for each in blocks] == [
        None,
        None,
        app.block and app.block.source,
        other.block and other.block.source,
        other.block and other.block.source,
    ]


def test_a_step_that_goes_on_from_nothing() -> None:
    page = Page()
    page.read(APP, name="first")
    page.read("x = = 1", name="broken")
    page.read(APP, name="code", show="code")
    assert told(page.read(APP, since="frist")) == [
        (
            None,
            "option 'since': no live block named 'frist' comes before this one; "
            "did you mean 'first'?",
        )
    ]
    for name in ("broken", "code"):  # no second warning
        reading = page.read(APP, since=name)
        assert reading.block is not None
        assert reading.block.since is None
