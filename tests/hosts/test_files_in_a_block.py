"""Several files in the body of one block."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.markup import read_blocks

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MarkdownBuild, SphinxBuild, WriteFiles

BODY = """\
## file: shop/main.py
from .models import x

app = x

## file: shop/models.py
x = 1

## file: shop/templates/home.html
<h1>{{ title }}</h1>
"""

FILES = {
    "shop/main.py": "from .models import x\n\napp = x\n",
    "shop/models.py": "x = 1\n",
    "shop/templates/home.html": "<h1>{{ title }}</h1>\n",
    "shop/data.bin": None,
}

CONF = """\
extensions = ["asgi_docs", "myst_parser"]
asgi_docs_package = False
numfig = True
exclude_patterns = ["_build"]
"""

REST = f"""\
Home
====

.. toctree::

   myst

.. asgi-live::
   :files: shop/data.bin
   :name: shop
   :class: wide
   :linenos:

{indent(BODY, "   ")}

See :ref:`shop`.

.. code-block:: python
   :class: asgi-live
   :linenos:

{indent(BODY, "   ")}
"""

FENCES = f"""\
# Home

```asgi-live files="shop/data.bin" name="shop" class="wide" linenums="1"
{BODY}```

!!! asgi-live "Try it"

    ```python
{indent(BODY, "    ")}    ```
"""

NAMES = ["shop/main.py", "shop/models.py", "shop/templates/home.html"]
BINARY = b"\xff\x00"


def check(page: str, *, count: int) -> None:
    blocks = read_blocks(page)
    assert len(blocks) == count
    for block in blocks:
        assert block.app == "shop.main:app"
        assert block.files == {name: FILES[name] for name in NAMES}
    assert blocks[0].binary_files == {"shop/data.bin": BINARY}
    assert "## file" not in page.replace("&#34;", '"').partition("</asgi-live>")[0]
    assert page.count('<span class="nt">h1</span>') == count * 2, "highlighted as HTML"


def captions(page: str, before: str) -> list[str]:
    return [name for part in page.split(before)[1:] for name in NAMES if part.startswith(name)]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    for folder in (tmp_path, tmp_path / "docs"):
        (folder / "shop").mkdir(parents=True)
        (folder / "shop/data.bin").write_bytes(BINARY)
    return tmp_path


def test_sphinx(docs: Path, write_files: WriteFiles, sphinx_build: SphinxBuild) -> None:
    fence = FENCES.partition("!!!")[0].replace('name="shop"', 'name="myst"')
    write_files(docs, {"conf.py": CONF, "index.rst": REST, "myst.md": fence})
    build = sphinx_build(docs, "-W", "--keep-going")
    assert (build.returncode, build.log) == (0, "")
    page = build.page("index.html")
    check(page, count=2)
    assert captions(page, '<span class="caption-text">') == NAMES * 2
    assert page.count('class="wide highlight') == 3
    assert page.count('class="linenos">1</span>') == 6
    assert '<span class="std std-ref">shop/main.py</span>' in page
    check(build.page("myst.html"), count=1)
    text = sphinx_build(docs, "-W", "-b", "text", out="text").page("index.txt")
    assert text.count("x = 1") == 2
    assert text.count("<h1>{{ title }}</h1>") == 2


@pytest.mark.parametrize("tool", ["mkdocs", "zensical"])
def test_markdown_tools(
    docs: Path, write_files: WriteFiles, markdown_build: MarkdownBuild, tool: str
) -> None:
    config = (
        "site_name: Shop\nplugins: []\ntheme: {name: material}\n"
        "markdown_extensions: [admonition, pymdownx.superfences, asgi_docs: {package: false}]\n"
    )
    write_files(docs, {"mkdocs.yml": config, "docs/index.md": FENCES})
    build = markdown_build(tool, docs, "--strict")
    assert build.returncode == 0, build.log
    page = build.page("index.html")
    check(page, count=2)
    assert captions(page, '<span class="filename">') == NAMES * 2
    assert page.count('id="shop"') == 1
    assert [block.caption for block in read_blocks(page)] == [None, "Try it"]


@pytest.mark.parametrize("page", ["index.rst", "index.md"])
def test_names_are_no_markup(
    tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild, page: str
) -> None:
    names = ["main_.py", "shop/__init__.py", "shop/*.txt"]
    body = "".join(f"## file: {name}\napp = 1\n\n" for name in names)
    text = {
        "index.rst": f"Home\n====\n\n.. asgi-live::\n\n{indent(body, '   ')}",
        "index.md": f"# Home\n\n```asgi-live\n{body}```\n",
    }[page]
    write_files(tmp_path, {"conf.py": CONF, page: text})
    build = sphinx_build(tmp_path, "-W")
    assert (build.returncode, build.log) == (0, "")
    found = build.page("index.html").split('<span class="caption-text">')[1:]
    assert [each.partition("</span>")[0] for each in found] == names
    messages = sphinx_build(tmp_path, "-W", "-b", "gettext", out="gettext").page("index.pot")
    assert not [name for name in names if name in messages], "nothing to translate"
