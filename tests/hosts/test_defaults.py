"""What a page or the project says for all blocks, in every tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.markup import read_blocks

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MarkdownBuild, SphinxBuild, WriteFiles

    from asgi_docs.block.model import LiveBlock

CONF = """\
extensions = ["asgi_docs", "myst_parser"]
asgi_docs_package = False
asgi_docs_requires = ["starlette"]
asgi_docs_env = {"GREETING": "hello world", "DEBUG": 0}
asgi_docs_lifespan = "off"
asgi_docs_path = "/project"
"""

INDEX = "Home\n====\n\n.. toctree::\n\n   rest\n   myst\n   plain\n"

REST = """\
:asgi_docs_requires: fastapi>=0.100, <1
   httpx
:asgi_docs_env: DEBUG=1
:asgi_docs_path: /docs

Title
=====

.. asgi-live::

   app = 1

.. asgi-live::
   :path: /block

   app = 2

.. code-block:: python
   :class: asgi-live

   app = 3
"""

FENCES = """\
---
title: Front matter
asgi_docs:
  requires: [fastapi>=0.100, httpx, "fastapi<1"]
  env: {DEBUG: 1}
  path: /docs
---

# Title

```asgi-live
app = 1
```

```asgi-live path="/block"
app = 2
```
"""

MKDOCS = """\
site_name: Shop
theme: {name: material}
markdown_extensions: [pymdownx.superfences]
"""
OPTIONS = """\
      package: false
      requires: [starlette]
      env: {GREETING: hello world, DEBUG: 0}
      lifespan: "off"
      path: /project
"""
PLUGIN = f"{MKDOCS}plugins:\n  - asgi-docs:\n{OPTIONS}"
EXTENSION = f"{MKDOCS.replace('[pymdownx.superfences]', '')}  - pymdownx.superfences\n"
EXTENSION += f"  - asgi_docs:\n{OPTIONS}plugins: []\n"

BLOCKS = "# T\n\n```asgi-live\napp = 1\n```\n\n```asgi-live\napp = 2\n```\n"


def check(blocks: list[LiveBlock], plain: list[LiveBlock]) -> None:
    for block in blocks:
        assert {each.split("<")[0].split(">")[0] for each in block.requires} == {
            "fastapi",
            "httpx",
        }
        assert block.env == {"GREETING": "hello world", "DEBUG": "1"}
        assert block.lifespan == "off"
    assert [block.path for block in blocks[:2]] == ["/docs", "/block"]
    [other] = plain
    assert (other.path, other.requires) == ("/project", ("starlette",))
    assert other.env == {"GREETING": "hello world", "DEBUG": "0"}


def test_sphinx(tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild) -> None:
    plain = "Plain\n=====\n\n.. asgi-live::\n\n   app = 1\n"
    files = {"conf.py": CONF, "index.rst": INDEX, "rest.rst": REST, "myst.md": FENCES}
    build = sphinx_build(write_files(tmp_path, {**files, "plain.rst": plain}), "-W")
    assert (build.returncode, build.log) == (0, "")
    check(read_blocks(build.page("rest.html")), read_blocks(build.page("plain.html")))
    check(read_blocks(build.page("myst.html")), read_blocks(build.page("plain.html")))
    assert "asgi_docs" not in build.page("rest.html")


@pytest.mark.parametrize(
    ("tool", "config"), [("mkdocs", PLUGIN), ("mkdocs", EXTENSION), ("zensical", EXTENSION)]
)
def test_markdown_tools(
    tmp_path: Path, write_files: WriteFiles, markdown_build: MarkdownBuild, tool: str, config: str
) -> None:
    plain = "# Plain\n\n```asgi-live\napp = 1\n```\n"
    files = {"mkdocs.yml": config, "docs/index.md": plain, "docs/page.md": FENCES}
    build = markdown_build(tool, write_files(tmp_path, files), "--strict")
    assert build.returncode == 0, build.log
    check(read_blocks(build.page("page/index.html")), read_blocks(build.page("index.html")))


def test_a_mistake_in_the_projects_configuration_is_told(
    tmp_path: Path,
    write_files: WriteFiles,
    sphinx_build: SphinxBuild,
    markdown_build: MarkdownBuild,
) -> None:
    write_files(tmp_path / "sphinx", {"conf.py": CONF + 'asgi_docs_mount = "half"\n'})
    write_files(tmp_path / "sphinx", {"index.rst": "T\n=\n\n.. asgi-live::\n\n   app = 1\n"})
    log = sphinx_build(tmp_path / "sphinx").log
    assert log.count("WARNING: asgi_docs_mount in conf.py: it is one of root_path,") == 1
    config = PLUGIN.replace("path: /project", "mount: half")
    write_files(tmp_path / "mkdocs", {"mkdocs.yml": config, "docs/index.md": BLOCKS})
    build = markdown_build("mkdocs", tmp_path / "mkdocs")
    assert build.returncode == 1
    assert "Plugin 'asgi-docs' option 'mount': it is one of root_path," in build.log
