from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.markup import read_blocks, read_page
from asgi_docs.block.model import environment_name

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import SphinxBuild, WriteFiles

CONF = """\
project = "Shop"
copyright = author = "us"
version = release = "1"
extensions = ["asgi_docs", "myst_parser"]
myst_enable_extensions = ["colon_fence"]
asgi_docs_requires = ["starlette"]
asgi_docs_package = False
html_theme = "furo"
numfig = True
exclude_patterns = ["_build"]
"""

INDEX = """\
Shop
====

.. toctree::

   guide/myst
   plain

.. asgi-live::
   :path: /docs
   :requires: fastapi>=0.100, <1
      httpx
   :height: 20rem
   :caption: The *first* app
   :name: first
   :class: wide
   :emphasize-lines: 2

   from fastapi import FastAPI
   app = FastAPI()

See :ref:`first` and :numref:`first`.

.. note::

   .. asgi-live:: apps/shop.py

   .. asgi-live::
      :file: /apps/shop.py
      :app: shop
"""

MYST = """\
# MyST

```asgi-live path="/docs" requires="httpx" title="main.py" hl_lines="1" linenums="7"
app = 1
```

```{asgi-live} ../apps/shop.py
:path: /fenced
```

:::{asgi-live}
:path: /colon

app = 1
:::
"""

SHOP = "async def shop(scope, receive, send):\n    pass\n"

FILES = {
    "conf.py": CONF,
    "index.rst": INDEX,
    "guide/myst.md": MYST,
    "plain.rst": "Plain\n=====\n\n.. code-block:: python\n\n   app = 1\n",
    "apps/shop.py": SHOP,
}


@pytest.fixture
def shop(tmp_path: Path, write_files: WriteFiles) -> Path:
    return write_files(tmp_path, FILES)


def test_directives_become_live_blocks(shop: Path, sphinx_build: SphinxBuild) -> None:
    build = sphinx_build(shop, "-W")
    assert (build.returncode, build.log) == (0, "")
    first, second, third = read_blocks(build.page("index.html"))
    assert first.app == "main:app"
    assert first.files == {"main.py": "from fastapi import FastAPI\napp = FastAPI()\n"}
    assert first.requires == ("fastapi<1,>=0.100", "httpx")
    assert (first.path, first.height) == ("/docs", "20rem")
    assert first.caption == "The first app", "a screen reader gets no markup"
    assert first.source == "index.rst:9"
    assert second.app == third.app == "shop:shop"
    assert second.files == third.files == {"shop.py": SHOP}
    assert second.requires == ("starlette",)

    page = build.page("index.html")
    assert 'class="wide highlight-python' in page
    assert page.count('<span class="hll">') == 1
    assert '<span class="std std-ref">The first app</span>' in page
    assert '<span class="std std-numref">Listing 2</span>' in page
    assert read_page(page).scripts == ["_static/asgi-docs/asgi-live.js"]

    myst = build.page("guide/myst.html")
    assert [each.path for each in read_blocks(myst)] == ["/docs", "/fenced", "/colon"]
    assert [each.source for each in read_blocks(myst)] == [
        f"guide/myst.md:{line}" for line in (3, 7, 11)
    ]
    assert read_blocks(myst)[0].requires == ("httpx",)
    assert read_blocks(myst)[0].caption == "main.py"
    assert 'class="linenos">7</span>' in myst
    assert myst.count('<span class="hll">') == 1
    assert read_page(myst).scripts == ["../_static/asgi-docs/asgi-live.js"]

    assert "asgi-" not in build.page("plain.html")


def test_builds_repeat_byte_for_byte(
    tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    one = sphinx_build(write_files(tmp_path / "one", FILES), "-j2")
    two = sphinx_build(write_files(tmp_path / "two", FILES))
    assert (one.returncode, one.log) == (0, "")
    assert one.bytes() == two.bytes()


def test_a_changed_file_rebuilds_its_pages_only(shop: Path, sphinx_build: SphinxBuild) -> None:
    before = sphinx_build(shop)
    plain = (before.out / "plain.html").stat().st_mtime_ns
    (shop / "apps/shop.py").write_text(SHOP + "# changed\n", encoding="utf-8")
    after = sphinx_build(shop)
    for page, position in (("index.html", 1), ("guide/myst.html", 1)):
        assert "# changed" in read_blocks(after.page(page))[position].files["shop.py"]
    assert (after.out / "plain.html").stat().st_mtime_ns == plain
    assert (
        read_page(after.page("index.html")).scripts == read_page(before.page("index.html")).scripts
    )


def test_a_wrong_requirement_in_conf_py_is_told_once(shop: Path, sphinx_build: SphinxBuild) -> None:
    build = sphinx_build(shop, "-W", "-D", "asgi_docs_requires=fastapi>>1")
    assert build.returncode != 0
    assert build.log.count("asgi_docs_requires in conf.py: 'fastapi>>1' is not a requirement") == 1
    assert "Traceback" not in build.log


def test_a_failed_packaging_fails_the_build_with_one_sentence(
    shop: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    environment = environment_name(("starlette",))
    write_files(shop, {f"asgi-docs/pylock.{environment}.toml": "no lock"})
    build = sphinx_build(shop, "-D", "asgi_docs_package=1")
    assert build.returncode == 1
    (line,) = build.log.splitlines()
    assert line.startswith("ERROR: asgi_docs: ")
    assert environment in line
