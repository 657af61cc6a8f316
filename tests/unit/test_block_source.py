from __future__ import annotations

import pytest

from asgi_docs.block.names import bound_names
from asgi_docs.block.script import script_requirements
from asgi_docs.block.source import find_application, parse_code
from asgi_docs.errors import BlockError

ASGI_CLASS = "class Api:\n    async def __call__(self, scope, receive, send): ...\n"


def application(code: str, wanted: str | None = None) -> str:
    return find_application(parse_code(code), wanted)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("api = FastAPI()\napp = Other(api)", "app"),
        ("from shop import app", "app"),
        ("from shop import application", "application"),
        ("import shop as app", "app"),
        ("application = 1\napi = FastAPI()", "application"),
        ("try:\n    app = 1\nexcept E:\n    app = 2", "app"),
        ("if debug:\n    with x as app: pass", "app"),
        ("for x, (app, y) in z: pass", "app"),
        ("print(app := 1)", "app"),
        ("def app(): ...", "app"),
        ("import fastapi\napi: object = fastapi.FastAPI(title='x')", "api"),
        ("async def serve(scope, receive, send): ...", "serve"),
        (ASGI_CLASS + "api = Api()", "api"),
        ("from shop import *", "app"),
    ],
)
def test_the_application_is_found(code: str, name: str) -> None:
    assert application(code) == name


@pytest.mark.parametrize(
    "code",
    [
        "x = 1",
        "def make():\n    app = FastAPI()",
        "class A:\n    app = FastAPI()",
        "app: FastAPI",
        "[app for app in x]",
        ASGI_CLASS,
        "async def helper(scope, receive): ...",
    ],
)
def test_code_without_an_application_says_what_to_do(code: str) -> None:
    with pytest.raises(BlockError, match="bind it to the name 'app'") as raised:
        application(code)
    assert raised.value.subtype == "app"


def test_several_applications_are_named() -> None:
    with pytest.raises(BlockError, match="'one', 'two'; say which one"):
        application("one = FastAPI()\ntwo = Starlette()")


@pytest.mark.parametrize("wanted", ["api", "make()"])
def test_the_author_may_name_the_application(wanted: str) -> None:
    assert application("app = 1\napi = 2\ndef make(): ...", wanted) == wanted


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("shop = 1", "no name 'shap'; did you mean 'shop'?"),
        ("x = 1\ny = 2", "no name 'shap'; the code binds 'x', 'y'."),
        ("1 + 1", "no name 'shap'; the code binds no name at all."),
    ],
)
def test_a_named_application_must_be_there(code: str, sentence: str) -> None:
    with pytest.raises(BlockError, match=sentence.replace("?", r"\?")) as raised:
        application(code, "shap")
    assert raised.value.option == "app"


def test_what_a_star_import_binds_is_unknown() -> None:
    assert application("from shop import *", "shap") == "shap"


def test_match_and_imports_bind_names() -> None:
    names = bound_names(
        parse_code("import a.b, c as d\nmatch a:\n    case [e, *f]: pass\n    case g: pass")
    )
    assert list(names) == ["a", "d", "e", "f", "g"]


@pytest.mark.parametrize(
    ("code", "line"), [("x = 1\ny = = 2", 2), ("def f(:", 1), ("x = '''\n", 1)]
)
def test_a_syntax_error_has_its_line(code: str, line: int) -> None:
    with pytest.raises(BlockError, match="not valid Python") as raised:
        parse_code(code)
    assert (raised.value.line, raised.value.subtype) == (line, "app")


def test_null_bytes_are_an_error_of_the_code() -> None:
    with pytest.raises(BlockError, match="not valid Python"):
        parse_code("x = 1\0")


def test_a_doubtful_escape_is_no_error() -> None:
    parse_code(r"x = '\d'")


HEADER = """\
# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "FastAPI>=0.100,<1",
#
#   "httpx",
# ]
# ///
app = 1
"""


def test_dependencies_come_from_the_script_header() -> None:
    assert script_requirements(HEADER) == ("fastapi<1,>=0.100", "httpx")
    assert script_requirements("# /// script\n# requires-python = '>=3'\n# ///\n") == ()
    assert script_requirements("app = 1") is None
    assert script_requirements("# /// other\n# dependencies = 1\n# ///\n") is None


@pytest.mark.parametrize(
    ("code", "line", "sentence"),
    [
        ("x = 1\n" + HEADER.replace('"httpx"', '"httpx'), 7, "is not TOML"),
        (HEADER.replace("[", "", 1), 3, "is not TOML"),
        (HEADER.replace("httpx", "httpx>>1"), 6, "'httpx>>1' is not a requirement"),
        ("\n# /// script\n# dependencies = 'httpx'\n# ///\n", 3, "is a list of strings"),
        ("# /// script\n# dependencies = [1]\n# ///\n", 2, "is a list of strings"),
        ("\n# /// script\n# dependencies = []\nx = 1\n", 2, "no closing line"),
        (HEADER + HEADER, 10, "a second"),
    ],
)
def test_a_wrong_script_header_has_its_line(code: str, line: int, sentence: str) -> None:
    with pytest.raises(BlockError, match=sentence) as raised:
        script_requirements(code)
    assert raised.value.line == line
