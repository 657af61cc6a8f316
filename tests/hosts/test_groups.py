"""Apps that grow from block to block, and parts of code that runs as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.markup import read_blocks

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MarkdownBuild, SphinxBuild, WriteFiles

SHOP = "class Shop:\n    def buy(self):\n        pass  # bought\n\n\napp = Shop\n"

CONF = 'extensions = ["asgi_docs", "myst_parser"]\nasgi_docs_package = False\n'

REST = """\
Home
====

.. toctree::

   myst

.. asgi-live::
   :group: blog
   :show: none

   hidden = 1

.. asgi-live::
   :group: blog

   first = 2

.. asgi-live::
   :group: blog
   :emphasize-lines: 1

   app = 3

.. asgi-live:: shop.py
   :pyobject: Shop.buy

.. asgi-live::
   :lines: 2-
   :linenos:

   hidden = 4
   app = 5

.. asgi-live::
   :group: never

   x = 6
"""

FENCES = """\
# Home

```asgi-live group="blog" show="none"
hidden = 1
```

```asgi-live group="blog"
first = 2
```

```asgi-live group="blog" hl_lines="1"
app = 3
```

```asgi-live file="shop.py" pyobject="Shop.buy"
```

```asgi-live lines="2-" linenums="1"
hidden = 4
app = 5
```

```asgi-live group="never"
x = 6
```
"""


def check(page: str) -> None:
    grown, part, rest = read_blocks(page)
    assert grown.files == {"main.py": "hidden = 1\n\n\nfirst = 2\n\n\napp = 3\n"}
    assert part.files == {"shop.py": SHOP}
    assert rest.files == {"main.py": "hidden = 4\napp = 5\n"}
    assert 'class="n">hidden' not in page
    assert page.count('<span class="hll">') == 1
    assert 'class="n">first' in page
    assert "<p></p>" not in page
    assert "# bought" in page


def test_sphinx(tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild) -> None:
    files = {"conf.py": CONF, "index.rst": REST, "myst.md": FENCES, "shop.py": SHOP}
    build = sphinx_build(write_files(tmp_path, files))
    told = [line.replace(str(tmp_path), "") for line in build.log.splitlines()]
    sentence = "WARNING: no block of the group 'never' has an ASGI or WSGI application"
    assert [line.partition(";")[0] for line in sorted(told)] == [
        f"/index.rst:{REST.splitlines().index('   :group: never')}: {sentence}",
        f"/myst.md:{FENCES.splitlines().index('x = 6')}: {sentence}",
    ]
    check(build.page("index.html"))
    check(build.page("myst.html"))
    text = sphinx_build(tmp_path, "-b", "text", out="text").page("index.txt")
    assert "hidden" not in text
    assert "first = 2" in text


@pytest.mark.parametrize("tool", ["mkdocs", "zensical"])
def test_markdown_tools(
    tmp_path: Path, write_files: WriteFiles, markdown_build: MarkdownBuild, tool: str
) -> None:
    config = (
        "site_name: Shop\nplugins: []\ntheme: {name: material}\n"
        "markdown_extensions: [pymdownx.superfences, asgi_docs: {package: false}]\n"
    )
    files = {"mkdocs.yml": config, "docs/index.md": FENCES, "docs/shop.py": SHOP}
    build = markdown_build(tool, write_files(tmp_path, files))
    line = FENCES.splitlines().index("x = 6")
    assert f"index.md:{line}: no block of the group 'never' has an ASGI" in build.log
    check(build.page("index.html"))
