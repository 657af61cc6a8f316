from __future__ import annotations

import pytest

from asgi_docs.block.parts import Part, split_body
from asgi_docs.errors import BlockError


def test_a_body_without_names_is_one_file() -> None:
    assert split_body("\nx = 1\n", "main.py") == [Part("main.py", "\nx = 1\n")]


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (
            "x = 1\n\n\n## file: a/b.html\n<p>\n\n## file:c.py\n",
            [Part("main.py", "x = 1\n"), Part("a/b.html", "<p>\n", 5), Part("c.py", "\n", 8)],
        ),
        (
            "\n## file: shop/main.py \n\nx = 1\n  ## file: no.py\n### file: no.py",
            [Part("shop/main.py", "\nx = 1\n  ## file: no.py\n### file: no.py\n", 3)],
        ),
        (
            "## file: ./main.py\nx = 1\n## file: a//./b.html\n<p>",
            [Part("main.py", "x = 1\n", 2), Part("a/b.html", "<p>\n", 4)],
        ),
    ],
)
def test_a_line_with_a_name_begins_a_file(body: str, parts: list[Part]) -> None:
    assert split_body(body, "main.py") == parts


@pytest.mark.parametrize(
    ("name", "language"),
    [("a.py", "python"), ("b/a.html", "html"), ("a.js", "javascript"), ("Makefile", "text")],
)
def test_a_file_is_highlighted_by_its_name(name: str, language: str) -> None:
    assert Part(name, "").language == language


@pytest.mark.parametrize("name", ["", ".", "/etc/x.py", "../x.py", "a\\b.py"])
def test_a_name_that_is_no_path_in_the_app_is_refused(name: str) -> None:
    with pytest.raises(BlockError, match="by its path below the app's folder") as caught:
        split_body(f"x = 1\n## file: {name}\n", "main.py")
    assert caught.value.line == 2
