"""Code that is live by a class, by the admonition it stands in, or by the project's patterns."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.markup import read_blocks

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MarkdownBuild, SphinxBuild, WriteFiles

APP = "# one\nasync def app(scope, receive, send): ...\n"

EXAMPLES = {
    "examples/sub/first.py": APP,
    "examples/helper.py": "x = 1\n",
    "examples/broken.py": "# a file\nx = = 1\n",
    "other/app.py": APP,
}

CONF = """\
extensions = ["asgi_docs", "myst_parser"]
myst_enable_extensions = ["colon_fence", "attrs_block"]
asgi_docs_package = False
asgi_docs_files = ["examples/**/*.py"]
numfig = True
exclude_patterns = ["_build"]
"""

REST = """\
Home
====

.. toctree::

   myst

.. code-block:: python
   :class: asgi-live wide
   :caption: A *first* app
   :name: first

   app = 1

See :ref:`first` and :numref:`first`.

.. rst-class:: asgi-live

::

   app = 2

.. literalinclude:: other/app.py
   :class: asgi-live
   :pyobject: app

.. admonition:: Try *it*
   :class: asgi-live

   Some text.

   .. code-block:: python

      app = 3

   .. code-block:: console

      $ uvicorn main:app

   .. asgi-live::

      app = 4

.. literalinclude:: examples/sub/first.py
   :lines: 2

.. literalinclude:: examples/helper.py

.. literalinclude:: examples/broken.py

.. literalinclude:: other/app.py
"""

MYST = """\
# MyST

{.asgi-live #here}
```python
app = 1
```

:::{admonition} Try it
:class: asgi-live

```python
app = 2
```
:::

```{literalinclude} examples/sub/first.py
```
"""


@pytest.fixture
def docs(tmp_path: Path, write_files: WriteFiles) -> Path:
    return write_files(tmp_path, {**EXAMPLES, "conf.py": CONF, "index.rst": REST, "myst.md": MYST})


def test_sphinx(docs: Path, sphinx_build: SphinxBuild) -> None:
    build = sphinx_build(docs, "-W")
    assert (build.returncode, build.log) == (0, "")
    page = build.page("index.html")
    assert [(each.app, each.caption, each.source) for each in read_blocks(page)] == [
        ("main:app", "A first app", "index.rst:8"),
        ("main:app", None, "index.rst:21"),
        ("app:app", None, "index.rst:23"),
        ("main:app", "Try it", "index.rst:32"),
        ("main:app", "Try it", "index.rst:40"),
        ("first:app", None, "index.rst:44"),
    ]
    assert [block.files for block in read_blocks(page)][2:6:3] == [
        {"app.py": APP},
        {"first.py": APP},
    ], "a part is shown, the whole runs"
    assert page.count('class="c1"># one') == 1, "it is in the last block, which is not live"
    assert '<span class="std std-ref">A first app</span>' in page
    assert '<span class="std std-numref">Listing 1</span>' in page
    assert 'class="wide highlight-python' in page
    assert '<p class="admonition-title">Try <em>it</em></p>' in page
    myst = build.page("myst.html")
    assert [(each.caption, each.source) for each in read_blocks(myst)] == [
        (None, "myst.md:4"),
        ("Try it", "myst.md:11"),
        (None, "myst.md:16"),
    ]
    assert 'id="here"' in myst


def test_other_formats_of_sphinx_have_ordinary_code(docs: Path, sphinx_build: SphinxBuild) -> None:
    build = sphinx_build(docs, "-W", "-b", "text")
    assert (build.returncode, build.log) == (0, "")
    assert build.page("index.txt").count("app = ") == 4


def test_sphinx_tells_of_examples_that_are_not_live_without_a_warning(
    docs: Path, sphinx_build: SphinxBuild
) -> None:
    usual = sphinx_build(docs, "-v", out="usual")
    (told,) = [line for line in usual.log.splitlines() if "not live: the code is not" in line]
    assert told.startswith(f"{docs / 'examples/broken.py'}:2: not live: ")


def test_an_admonition_without_code_is_told(
    tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    index = "T\n=\n\n.. admonition:: Try it\n   :class: asgi-live\n\n   No code.\n"
    build = sphinx_build(write_files(tmp_path, {"conf.py": CONF, "index.rst": index}))
    assert "index.rst:4: WARNING: the admonition has no Python code to run." in build.log


def test_a_docstring_may_have_one(
    tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    conf = "import sys; sys.path.insert(0, '.')\n" + CONF.replace("[", '["sphinx.ext.autodoc", ', 1)
    block = ".. code-block:: python\n   :class: asgi-live\n\n   app = {}\n"
    module = f'"""A module.\n\n{block.format(1)}\n\n{block.format("= 2")}"""\n'
    index = "T\n=\n\n.. automodule:: shop_docs\n"
    files = {"conf.py": conf, "index.rst": index, "shop_docs.py": module}
    build = sphinx_build(write_files(tmp_path, files))
    (told,) = build.log.splitlines()
    assert "shop_docs.py:docstring of shop_docs:" in told
    assert "WARNING: the code is not valid Python" in told
    assert len(read_blocks(build.page("index.html"))) == 1


MKDOCS = """\
site_name: Shop
theme: {name: material}
plugins: []
markdown_extensions:
  - asgi_docs: {package: false, files: ["examples/**/*.py"]}
  - admonition
  - pymdownx.details
  - pymdownx.snippets
  - pymdownx.superfences
"""

PAGE = """\
# Home

```python {.asgi-live .wide #first path=/docs title="main.py" hl_lines=1}
app = 1
```

```{.py .asgi-live}
app = 2
```

```python {.asgi-live}
--8<-- "other/app.py:2"
```

!!! asgi-live "Try it"

    Some text.

    ```python hl_lines="1"
    app = 3
    ```

    ```console
    $ uvicorn main:app
    ```

    ```asgi-live path="/x"
    app = 4
    ```

??? note asgi-live "Again"

    > ```Python
    > app = 5
    > ```

```python title="first.py"
--8<-- "examples/sub/first.py:2"
```

```python
--8<--
examples/helper.py
--8<--
```

```python
--8<-- "examples/broken.py"
```

```python
--8<-- "other/app.py"
```

```python
app = "plain"
```
"""


@pytest.mark.parametrize("tool", ["mkdocs", "zensical"])
def test_markdown_tools(
    tmp_path: Path, write_files: WriteFiles, markdown_build: MarkdownBuild, tool: str
) -> None:
    write_files(tmp_path, {**EXAMPLES, "mkdocs.yml": MKDOCS, "docs/index.md": PAGE})
    build = markdown_build(tool, tmp_path, "--strict")
    assert build.returncode == 0, build.log
    page = build.page("index.html")
    assert [(each.app, each.path, each.caption, each.source) for each in read_blocks(page)] == [
        ("main:app", "/docs", "main.py", "index.md:3"),
        ("main:app", "/", None, "index.md:7"),
        ("app:app", "/", None, "index.md:11"),
        ("main:app", "/", "Try it", "index.md:19"),
        ("main:app", "/x", "Try it", "index.md:27"),
        ("main:app", "/", "Again", "index.md:33"),
        ("first:app", "/", None, "index.md:37"),
    ]
    assert [block.files for block in read_blocks(page)][2::4] == [
        {"app.py": APP},
        {"first.py": APP},
    ], "a part is shown, the whole runs"
    assert page.count('class="c1"># one') == 1, "it is in the last block, which is not live"
    assert 'id="first"' in page
    assert 'class="wide highlight"' in page or 'class="highlight wide"' in page
    assert page.count('<span class="hll">') == 2
    assert '<p class="admonition-title">Try it</p>' in page
    told = [line for line in build.log.splitlines() if "not live" in line]
    if tool == "mkdocs":
        (line,) = told
        assert "broken.py:2: not live: the code is not valid Python" in line


def test_the_plugin_takes_the_patterns_too(
    tmp_path: Path, write_files: WriteFiles, markdown_build: MarkdownBuild
) -> None:
    config = (
        'site_name: Shop\nplugins: [asgi-docs: {package: false, files: ["examples/sub"]}]\n'
        "markdown_extensions: [pymdownx.snippets]\n"
    )
    page = '```py\n--8<-- "examples/sub/first.py"\n```\n'
    write_files(tmp_path, {**EXAMPLES, "mkdocs.yml": config, "docs/index.md": page})
    build = markdown_build("mkdocs", tmp_path, "--strict")
    assert [each.app for each in read_blocks(build.page("index.html"))] == ["first:app"]


def test_a_mistake_in_an_included_file_has_its_line_there(
    tmp_path: Path, write_files: WriteFiles, markdown_build: MarkdownBuild
) -> None:
    page = (
        '```py {.asgi-live}\n--8<-- "examples/broken.py"\n```\n\n'
        '```asgi-live\napp = 1\n--8<-- "examples/broken.py"\n```\n\n'
        '!!! asgi-live "Empty"\n\n    No code.\n'
    )
    write_files(tmp_path, {**EXAMPLES, "mkdocs.yml": MKDOCS, "docs/index.md": page})
    log = markdown_build("mkdocs", tmp_path).log
    assert f"WARNING -  {tmp_path}/examples/broken.py:2: the code is not valid Python" in log
    assert "WARNING -  index.md:5: the code is not valid Python" in log, "one line of many files"
    assert "WARNING -  index.md:10: the admonition has no fence with Python to run." in log


def test_fastapis_way_to_include_files(
    tmp_path: Path, write_files: WriteFiles, markdown_build: MarkdownBuild
) -> None:
    pytest.importorskip("markdown_include_variants")
    pytest.importorskip("mdx_include")
    config = (
        "site_name: Shop\nplugins: []\nmarkdown_extensions:\n  - mdx_include\n"
        "  - markdown_include_variants\n  - pymdownx.blocks.details\n  - pymdownx.blocks.tab\n"
        '  - pymdownx.superfences\n  - asgi_docs: {package: false, files: ["examples/**"]}\n'
    )
    page = (
        "{* examples/sub/first.py hl[2] *}\n\n{* examples/helper.py *}\n\n"
        "```py\n{!examples/sub/first.py[ln:2-2]!}\n```\n\n"
        '{* examples/twin.py title["Twin"] *}\n\n{* examples/sub/first.py ln[2] *}\n'
    )
    twin = {"examples/twin.py": APP}
    write_files(tmp_path, {**EXAMPLES, **twin, "mkdocs.yml": config, "docs/index.md": page})
    build = markdown_build("mkdocs", tmp_path, "--strict")
    assert build.returncode == 0, build.log
    blocks = read_blocks(build.page("index.html"))
    assert [(each.files, each.source) for each in blocks] == [
        ({"first.py": APP}, "index.md:1"),
        ({"first.py": APP}, "index.md:5"),
        ({"twin.py": APP}, "index.md:9"),
        ({"first.py": APP}, "index.md:11"),  # the preview of the full file
    ]


@pytest.mark.parametrize("tool", ["mkdocs", "zensical"])
def test_pages_without_live_blocks_stay_as_they_are(
    tmp_path: Path, write_files: WriteFiles, markdown_build: MarkdownBuild, tool: str
) -> None:
    page = "\n".join(
        [
            '# Plain\n\n```python title="a" hl_lines="1"\napp = 1\n```\n\n    indented\n',
            '```python\n--8<-- "examples/helper.py"\n```\n\n```python x="1"\napp = 2\n```\n',
            "!!! note\n\n    ```py {.asgi}\n    app = 3\n    ```\n",
        ]
    )
    ours = '  - asgi_docs: {package: false, files: ["examples/**/*.py"]}\n'
    pages = []
    for config in (MKDOCS, MKDOCS.replace(ours, "")):
        folder = tmp_path / str(len(pages))
        write_files(folder, {**EXAMPLES, "mkdocs.yml": config, "docs/index.md": page})
        pages.append(markdown_build(tool, folder).page("index.html").partition("Build Date")[0])
    assert pages[0] == pages[1]
    assert os.linesep in pages[0]
