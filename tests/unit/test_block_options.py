from __future__ import annotations

import pytest

from asgi_docs.block.options import OPTIONS, Options, read_options
from asgi_docs.block.requests.model import Request
from asgi_docs.block.requirements import normalise_requirements, split_requirements


def only_problem(**given: str | None) -> str:
    options, problems = read_options({name.rstrip("_"): text for name, text in given.items()})
    assert options == Options(), "a wrong option keeps its default"
    (problem,) = problems
    assert problem.subtype == "option"
    assert problem.option in {name.rstrip("_") for name in given}
    return str(problem)


@pytest.mark.parametrize(
    ("text", "value"),
    [(None, True), ("", True), ("run", True), ("Yes", True), ("1", True), ("off", False)],
)
def test_the_name_of_a_flag_alone_means_yes(text: str | None, value: bool) -> None:
    options, problems = read_options({"run": text})
    assert (options.run, problems) == (value, [])


def test_a_wrong_request_has_its_line_and_its_option() -> None:
    options, [problem] = read_options({"request": "/books\n/books -Z"})
    assert options.request == ()
    assert (problem.option, problem.line) == ("request", 2)


def test_every_option_is_read() -> None:
    options, problems = read_options(
        {
            "file": "apps\\shop.py",
            "app": "make_app()",
            "path": "/docs?a=b#c",
            "request": "/books\n DELETE /books/1",
            "requires": "httpx FastAPI",
            "files": "shop/*.py\n templates\\** shop/*.py",
            "group": "blog",
            "show": "code",
            "lines": "1-5, 9\n12-",
            "pyobject": "Shop.buy",
            "env": "DEBUG=1 EMPTY= \n GREETING='hello  world' URL=a=b#c",
            "mount": "stripped",
            "lifespan": "off",
            "run": "",
            "edit": "no",
            "check": "False",
            "height": "20.5rem",
            "caption": " A\n  shop ",
            "name": "shop",
            "class": "wide dark",
        }
    )
    assert not problems
    assert options == Options(
        file="apps/shop.py",
        app="make_app()",
        path="/docs?a=b#c",
        request=(Request("GET", "/books"), Request("DELETE", "/books/1")),
        requires=("fastapi", "httpx"),
        files=("shop/*.py", "templates/**"),
        group="blog",
        show="code",
        lines=((1, 5), (9, 9), (12, None)),
        pyobject="Shop.buy",
        env={"DEBUG": "1", "EMPTY": "", "GREETING": "hello  world", "URL": "a=b#c"},
        mount="stripped",
        lifespan="off",
        run=True,
        edit=False,
        check=False,
        height="20.5rem",
        caption="A shop",
        name="shop",
        classes=("wide", "dark"),
    )
    assert [option.name for option in OPTIONS] == [
        *(
            "file",
            "app",
            "path",
            "request",
            "requires",
            "files",
            "group",
            "since",
            "show",
            "lines",
            "pyobject",
        ),
        *("env", "mount", "lifespan", "run", "edit", "check"),
        *("height", "caption", "name", "class"),
    ]
    assert all(option.help.endswith(".") for option in OPTIONS)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"path": "docs"}, "a path starts with one '/', not 'docs'"),
        ({"path": "//docs"}, "a path starts with one '/'"),
        ({"path": "/a b"}, "write %20 for a space"),
        ({"height": "300"}, "a CSS length such as '20rem' or '300px', not '300'"),
        ({"height": "1rem;color:red"}, "a CSS length"),
        ({"app": "main:app"}, "a name such as 'api', or a factory call such as 'make_app()'"),
        ({"app": "make(debug=True)"}, "a factory call such as 'make_app()'"),
        ({"requires": "fastapi>>1"}, "'fastapi>>1' is not a requirement"),
        ({"env": "DEBUG"}, "variables are written as NAME=value, with quotes round"),
        ({"env": "A=1 B C=2"}, "not 'B'"),
        ({"env": "MY-VAR=1"}, "not 'MY-VAR='"),
        ({"env": "A='1"}, "a quotation mark has no partner"),
        ({"group": "my blog"}, "it is a name of letters, digits, '-', '_' and '.', not 'my blog'"),
        ({"show": "all"}, "it is one of both, code, none, not 'all'."),
        ({"lines": "0-3"}, "lines are written as in '1-5, 9, 12-', not '0-3'."),
        ({"lines": "a"}, "lines are written as in"),
        ({"mount": "root"}, "it is one of root_path, stripped, full, not 'root'."),
        ({"lifespan": "yes"}, "it is one of auto, on, off, not 'yes'."),
        ({"class": "a 1st"}, "'1st' is not a CSS class name"),
        ({"caption": None}, "option 'caption' needs a value"),
        ({"heigth": "3rem"}, "unknown option 'heigth'; did you mean 'height'?"),
        ({"zzz": "1"}, "unknown option 'zzz'; the options are file, app, path,"),
    ],
)
def test_a_wrong_option_is_explained(given: dict[str, str | None], sentence: str) -> None:
    assert sentence in only_problem(**given)


def test_all_wrong_options_are_reported_at_once() -> None:
    _, problems = read_options({"path": "x", "height": "y", "nme": "z"}, host_options=["linenos"])
    assert [problem.option for problem in problems] == ["path", "height", "nme"]


def test_advice_knows_the_options_of_the_docs_tool() -> None:
    _, (problem,) = read_options({"lineno": ""}, host_options=["linenos"])
    assert "did you mean 'linenos'?" in str(problem)


def test_title_is_a_second_spelling_of_caption() -> None:
    options, problems = read_options({"title": "main.py"})
    assert (options.caption, problems) == ("main.py", [])


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("fastapi httpx", ["fastapi", "httpx"]),
        ("fastapi, httpx", ["fastapi", "httpx"]),
        ("fastapi>=0.100,<1 httpx", ["fastapi>=0.100,<1", "httpx"]),
        ("fastapi >= 0.100, < 1, httpx", ["fastapi >= 0.100, < 1", "httpx"]),
        ("uvicorn[standard, extra]~=0.30 httpx", ["uvicorn[standard, extra]~=0.30", "httpx"]),
        (
            "a; python_version < '4'\nb>=1,\n c",
            ["a; python_version < '4'", "b>=1", "c"],
        ),
        (
            "x @ https://example.org/x-1-py3-none-any.whl y",
            ["x @ https://example.org/x-1-py3-none-any.whl", "y"],
        ),
        ("!bad good", ["!bad", "good"]),
        (" ,\n ", []),
    ],
)
def test_requirements_stand_between_spaces_or_commas(text: str, pieces: list[str]) -> None:
    assert split_requirements(text) == pieces


def test_equal_requirements_are_spelt_alike() -> None:
    written = ["Python_Multipart", "fastapi<1, >=0.100", "python-multipart", "fastapi>=0.100,<1"]
    assert normalise_requirements(written) == ("fastapi<1,>=0.100", "python-multipart")
