"""The reference has every option, in every place that lists them."""

from __future__ import annotations

from pathlib import Path

import pytest

from asgi_docs.block.options import OPTIONS

HERE = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        ("README.md", ["| `{}`", ", `{}` |"]),
        ("sample_site/mkdocs/docs/using.md", ["| `{}` |"]),
        ("sample_site/sphinx/using.rst", ["   * - ``{}``\n"]),
    ],
)
def test_every_option_is_documented(page: str, rows: list[str]) -> None:
    text = (HERE / page).read_text(encoding="utf-8")
    names = [option.name for option in OPTIONS]
    assert [name for name in names if any(row.format(name) in text for row in rows)] == names
