"""Options of the running app, from what an author writes in each tool to the built page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.markup import read_blocks
from asgi_docs.block.model import LiveBlock

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MkDocsBuild, SphinxBuild, WriteFiles

APP = "from .models import x\n\n\nasync def app(scope, receive, send): ...\n"
FLASK = "from flask import Flask\n\napp = Flask(__name__)\n"
MODELS = "x = 1\n"

REST = """\
Shop
====

.. asgi-live:: ../apps/shop/main.py
   :files: ../apps/shop/models.py
      ../apps/shop/templates
   :env: DEBUG=1
      GREETING="hello world"
   :mount: stripped
   :lifespan: off

.. asgi-live:: ../apps/flask_app.py
   :requires: flask
"""

MYST = """\
# Shop

```{asgi-live} ../apps/shop/main.py
:files: ../apps/shop/models.py ../apps/shop/templates
:env: DEBUG=1 GREETING="hello world"
:mount: stripped
:lifespan: off
```

```asgi-live file="../apps/flask_app.py" requires="flask"
```
"""

FENCE = """\
# Shop

```asgi-live file="../apps/shop/main.py" files="../apps/shop/models.py ../apps/shop/templates" \
env="DEBUG=1 GREETING='hello world'" mount="stripped" lifespan="off"
```

```asgi-live file="../apps/flask_app.py" requires="flask"
```
"""

CONF = """\
extensions = ["asgi_docs", "myst_parser"]
asgi_docs_package = False
show_warning_types = True
exclude_patterns = ["_build"]
"""
MKDOCS = "site_name: Shop\nplugins: [asgi-docs: {package: false}]\n"

APPS = {
    "apps/shop/main.py": APP,
    "apps/shop/models.py": MODELS,
    "apps/shop/templates/a.html": "<a>\n",
    "apps/flask_app.py": FLASK,
    "outside.txt": "",
}
SPHINX_FILES = {
    "conf.py": CONF,
    "index.rst": "Home\n====\n\n.. toctree::\n\n   guide/rest\n   guide/myst\n",
    "guide/rest.rst": REST,
    "guide/myst.md": MYST,
    **APPS,
}
MKDOCS_FILES = {
    "mkdocs.yml": MKDOCS,
    "docs/index.md": "# Home\n",
    "docs/guide/page.md": FENCE,
    **{f"docs/{name}": text for name, text in APPS.items()},
}

SHOP = LiveBlock(
    app="shop.main:app",
    files={
        "shop/main.py": APP,
        "shop/models.py": MODELS,
        "shop/templates/a.html": "<a>\n",
    },
    binary_files={"shop/templates/dot.png": b"\xff"},
    env={"DEBUG": "1", "GREETING": "hello world"},
    mount="stripped",
    lifespan="off",
)


def check(html: str, sources: tuple[str, str]) -> None:
    shop, flask = read_blocks(html)
    assert (shop.source, flask.source) == sources
    assert LiveBlock(**{**vars(shop), "source": ""}) == SHOP
    assert flask.requires == ("asgiref", "flask")


@pytest.fixture
def sphinx_folder(tmp_path: Path, write_files: WriteFiles) -> Path:
    write_files(tmp_path, SPHINX_FILES)
    (tmp_path / "apps/shop/templates/dot.png").write_bytes(b"\xff")
    return tmp_path


@pytest.fixture
def mkdocs_folder(tmp_path: Path, write_files: WriteFiles) -> Path:
    write_files(tmp_path, MKDOCS_FILES)
    (tmp_path / "docs/apps/shop/templates/dot.png").write_bytes(b"\xff")
    return tmp_path


def test_sphinx(sphinx_folder: Path, sphinx_build: SphinxBuild) -> None:
    build = sphinx_build(sphinx_folder, "-W")
    assert (build.returncode, build.log) == (0, "")
    check(build.page("guide/rest.html"), ("guide/rest.rst:4", "guide/rest.rst:12"))
    check(build.page("guide/myst.html"), ("guide/myst.md:3", "guide/myst.md:10"))


def test_mkdocs(mkdocs_folder: Path, mkdocs_build: MkDocsBuild) -> None:
    build = mkdocs_build(mkdocs_folder, "--strict")
    assert build.returncode == 0, build.log
    page = build.page("guide/page/index.html")
    check(page, ("guide/page.md:3", "guide/page.md:6"))


def test_an_edit_of_any_file_rebuilds_the_page(
    sphinx_folder: Path, sphinx_build: SphinxBuild
) -> None:
    sphinx_build(sphinx_folder)
    (sphinx_folder / "apps/shop/templates/a.html").write_text("<changed>")
    page = sphinx_build(sphinx_folder).page("guide/rest.html")
    assert read_blocks(page)[0].files["shop/templates/a.html"] == "<changed>"


def test_a_new_file_that_a_pattern_names_rebuilds_the_page(
    sphinx_folder: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    write_files(sphinx_folder, {"plain.rst": ":orphan:\n\nPlain\n=====\n"})
    before = sphinx_build(sphinx_folder, "-j2")
    plain = (before.out / "plain.html").stat().st_mtime_ns
    (sphinx_folder / "apps/shop/templates/new.html").write_text("<new>")
    after = sphinx_build(sphinx_folder)
    for page in ("guide/rest.html", "guide/myst.html"):
        assert "shop/templates/new.html" in read_blocks(after.page(page))[0].files
    assert (after.out / "plain.html").stat().st_mtime_ns == plain


def test_much_data_is_told_by_a_warning_that_can_be_silenced(
    sphinx_folder: Path, sphinx_build: SphinxBuild
) -> None:
    (sphinx_folder / "apps/shop/templates/dot.png").write_bytes(bytes(1_000_001))
    build = sphinx_build(sphinx_folder)
    assert "guide/rest.rst:5: WARNING: the block's files have 1.0 MB" in build.log
    assert "[asgi_docs.size]" in build.log
    assert len(read_blocks(build.page("guide/rest.html"))) == 2
    silent = sphinx_build(sphinx_folder, "-E", "-W", "-D", "suppress_warnings=asgi_docs.size")
    assert (silent.returncode, silent.log) == (0, "")
