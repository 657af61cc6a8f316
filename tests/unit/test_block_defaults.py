from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from asgi_docs.block.author import Authored, Reading, read_block
from asgi_docs.block.defaults import DEFAULTS, line_of_default, merged, read_defaults
from asgi_docs.block.groups import Groups

APP = "async def app(scope, receive, send): ...\n"
SCRIPT = '# /// script\n# dependencies = ["httpx"]\n# ///\n'
PAGE = {
    "app": "make",
    "path": "/docs",
    "requires": ("starlette",),
    "env": {"A": "1"},
    "mount": "full",
    "height": "9rem",
}


def read(body: str, groups: Groups | None = None, **given: str) -> Reading:
    return read_block(
        Authored(
            given=given,
            body=body,
            source="page.rst:3",
            locate=Path("/docs").joinpath,
            defaults=PAGE,
            groups=groups or Groups(),
        )
    )


def test_they_are_written_as_text_or_as_yaml_has_it() -> None:
    options, problems = read_defaults(
        {
            "requires": ["fastapi", "httpx<1, >0"],
            "env": {"DEBUG": 1, "GREETING": "hello world"},
            "mount": "stripped",
            "path": "/docs",
        }
    )
    assert not problems
    assert options == {
        "requires": ("fastapi", "httpx<1,>0"),
        "env": {"DEBUG": "1", "GREETING": "hello world"},
        "mount": "stripped",
        "path": "/docs",
    }
    assert [option.name for option in DEFAULTS] == [
        *("app", "path", "requires", "env", "mount", "lifespan", "run", "edit", "check"),
        "height",
    ]


@pytest.mark.parametrize(
    ("written", "option", "sentence"),
    [
        ({"moutn": "full"}, "moutn", "no option of all blocks: 'moutn'; did you mean 'mount'?"),
        (
            {"caption": "A"},
            "caption",
            "no option of all blocks: 'caption'; it is each block's own.",
        ),
        ({3: "A"}, "3", "no option of all blocks: '3'; the options are app, path,"),
        ({"mount": "half"}, "mount", "option 'mount': it is one of root_path,"),
        ({"requires": None}, "requires", "option 'requires': a value is missing."),
        ("fastapi", "asgi_docs", "'asgi_docs' has the options of the page's blocks, as in"),
        (None, "asgi_docs", "not None."),
    ],
)
def test_a_mistake_is_explained(written: object, option: str, sentence: str) -> None:
    options, [problem] = read_defaults(written)
    assert options == {}
    assert problem.option == option
    assert sentence in str(problem)


def test_the_page_comes_before_the_project() -> None:
    project = {"env": {"A": "0", "B": "0"}, "lifespan": "off", "mount": "stripped"}
    assert merged(project, {**PAGE, "mount": "root_path"}) == {
        **PAGE,
        "mount": "root_path",
        "env": {"A": "1", "B": "0"},
        "lifespan": "off",
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"path": "/docs", "mount": "full", "env": {"A": "1"}, "requires": ("starlette",)}),
        ({"path": "/", "mount": "root_path"}, {"path": "/", "mount": "root_path"}),
        ({"env": "B=2"}, {"env": {"A": "1", "B": "2"}}),
        ({"env": "A=2"}, {"env": {"A": "2"}}),
        ({"requires": "httpx"}, {"requires": ("httpx",)}),
    ],
)
def test_the_block_comes_before_the_page(given: dict[str, str], expected: dict[str, Any]) -> None:
    block = read("def make(): ...\n", **given).block
    assert block is not None
    assert block.app == "main:make"
    assert {name: getattr(block, name) for name in expected} == expected


def test_code_that_says_what_it_requires_needs_no_default() -> None:
    block = read(SCRIPT + APP, app="app").block
    assert block is not None
    assert block.requires == ("httpx",)


def test_a_group_goes_before_the_page() -> None:
    groups = Groups()
    read("x = 1", groups, group="g", mount="stripped", requires="httpx")
    block = read(APP, groups, group="g", app="app").block
    assert block is not None
    assert (block.mount, block.path, block.requires) == ("stripped", "/docs", ("httpx",))


def test_a_mistake_has_its_line_in_the_front_matter() -> None:
    page = '---\nmount: x\nasgi_docs:\n  "mount": y\n  {path: z}\n---\n\nheight: 3\n'
    assert line_of_default(page, "mount") == 4
    assert line_of_default(page, "path") == 5
    assert line_of_default(page, "asgi_docs") == 3
    assert line_of_default(page, "height") == 3
