from __future__ import annotations

import pytest

from asgi_docs.block.excerpt import excerpt, parse_lines
from asgi_docs.errors import BlockError

CODE = """\
import x

class Shop:
    size = 1

    @x
    async def buy(self):
        pass

app = Shop()
"""


@pytest.mark.parametrize(
    ("pyobject", "lines", "shown"),
    [
        (None, None, CODE),
        (None, "1, 10-", "import x\napp = Shop()\n"),
        (None, "8 1", "        pass\nimport x\n"),
        ("Shop", "1-2", "class Shop:\n    size = 1\n"),
        ("Shop.buy", None, "@x\nasync def buy(self):\n    pass\n"),
        ("Shop.buy", "3", "pass\n"),
    ],
)
def test_a_part_is_shown(pyobject: str | None, lines: str | None, shown: str) -> None:
    assert excerpt(CODE, pyobject, parse_lines(lines) if lines else None) == shown


@pytest.mark.parametrize(
    ("pyobject", "lines", "sentence"),
    [
        ("Shop.by", None, "the code has no 'Shop.by'; did you mean 'Shop.buy'?"),
        ("zzz", None, "the code has no 'zzz'; name a class, function or method."),
        (None, "3-11", "there is no line 11, the last one is 10."),
        ("Shop.buy", "4-", "there is no line 4, the last one is 3."),
    ],
)
def test_a_part_that_is_not_there_is_explained(
    pyobject: str | None, lines: str | None, sentence: str
) -> None:
    with pytest.raises(BlockError) as caught:
        excerpt(CODE, pyobject, parse_lines(lines) if lines else None)
    assert sentence in str(caught.value)
    assert caught.value.option == ("lines" if lines else "pyobject")


def test_code_that_is_not_python_is_shown_as_it_is() -> None:
    assert excerpt("x = = 1\n", "x", None) == "x = = 1\n"
