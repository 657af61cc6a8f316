from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Build, SphinxBuild, WriteFiles

CONF = """\
extensions = ["asgi_docs", "myst_parser"]
myst_enable_extensions = ["colon_fence"]
asgi_docs_package = False
show_warning_types = True
exclude_patterns = ["_build", "*.txt"]
"""

# In these sources every line with a mistake contains the word "wrong".

REST = """\
Mistakes
========

.. toctree::

   myst

.. asgi-live::
   :wrong: /docs
   :path: wrong
   :requires: fastapi
      httpx

   import shown_1
   def wrong(:
       pass

.. note::

   .. asgi-live::
      :file: wrong.py

   .. asgi-live:: shop.py
      :app: wrong

   .. asgi-live::

      shown_2 = 1
      wrong = = 2

.. asgi-live:: broken.py

.. include:: included.txt
"""

INCLUDED = """\
.. asgi-live::

   # /// script
   # dependencies = wrong
   # ///
   shown_3 = app = 1

.. asgi-live::
   :linenos:
   :lineno-start: wrong

   shown_4 = app = 1
"""

MYST = """\
---
title: Front matter
---

# Mistakes

```asgi-live path=wrong
app = shown_1 = 1
```

```asgi-live pth="wrong"
app = shown_2 = 1
```

> ```asgi-live
> shown_3 = 1
> wrong = = 2
> ```

```{asgi-live}
:class: example
:height: wrong

app = shown_4 = 1
wrong = = 2
```

:::{asgi-live} wrong.py
:::

```{asgi-live}
---
path: wrong
---
app = shown_5 = 1
```
"""

FILES = {
    "conf.py": CONF,
    "index.rst": REST,
    "included.txt": INCLUDED,
    "myst.md": MYST,
    "shop.py": "async def shop(scope, receive, send): ...\n",
    "broken.py": "# a file\n\nwrong = = 1\n",
}

SUBTYPES = {
    "index.rst": ["option", "option", "app", "file", "option", "app"],
    "included.txt": ["app", "option"],
    "broken.py": ["app"],
    "myst.md": ["option", "option", "app", "option", "app", "file", "option"],
}


@pytest.fixture(scope="module")
def mistakes(
    tmp_path_factory: pytest.TempPathFactory, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> Build:
    return sphinx_build(write_files(tmp_path_factory.mktemp("mistakes"), FILES))


def test_each_mistake_is_told_with_file_and_line(mistakes: Build) -> None:
    told = re.findall(
        r"^(?:.*/)?([\w.]+):(\d+): WARNING: .+\[asgi_docs\.(\w+)\]$", mistakes.log, re.MULTILINE
    )
    assert len(told) == len(mistakes.log.splitlines()), "our warnings and no others"
    for name, subtypes in SUBTYPES.items():
        lines = FILES[name].splitlines()
        expected = [index for index, line in enumerate(lines, start=1) if "wrong" in line]
        found = [(int(line), subtype) for file, line, subtype in told if file == name]
        assert found == list(zip(expected, subtypes, strict=True)), name


@pytest.mark.parametrize(("page", "count"), [("index.html", 4), ("myst.html", 5)])
def test_the_code_is_shown_all_the_same(mistakes: Build, page: str, count: int) -> None:
    html = mistakes.page(page)
    for number in range(1, count + 1):
        assert f"shown_{number}" in html
    assert "<asgi-live" not in html
    assert "asgi-live.js" not in html


def test_mistakes_fail_a_strict_build(
    tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    files = {"conf.py": CONF, "index.rst": "T\n=\n\n.. asgi-live::\n\n   x = 1\n"}
    folder = write_files(tmp_path, files)
    assert sphinx_build(folder, "-E", "-W").returncode != 0
    suppressed = sphinx_build(folder, "-E", "-W", "-D", "suppress_warnings=asgi_docs.app")
    assert (suppressed.returncode, suppressed.log) == (0, "")


def test_code_without_an_empty_line_before_it_is_explained(
    tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    index = "T\n=\n\n.. asgi-live::\n   import shown\n   x = = 1\n\n   y = shown\n"
    build = sphinx_build(write_files(tmp_path, {"conf.py": CONF, "index.rst": index}))
    assert "index.rst:4: WARNING: leave an empty line between" in build.log
    assert "index.rst:6: WARNING: the code is not valid Python" in build.log
    assert build.page("index.html").count("shown") == 2


def test_the_code_survives_what_sphinx_itself_refuses(
    tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    index = "T\n=\n\n.. asgi-live::\n   :emphasize-lines: x\n\n   app = shown = 1\n"
    build = sphinx_build(write_files(tmp_path, {"conf.py": CONF, "index.rst": index}))
    assert "index.rst:4: WARNING: invalid line number spec: 'x'" in build.log
    assert "shown" in build.page("index.html")
    assert "<asgi-live" not in build.page("index.html")
