"""What only Sphinx can get wrong; test_mistakes.py has what all tools share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import SphinxBuild, WriteFiles

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

.. asgi-live:: wrong.py

.. asgi-live::
   :linenos:
   :lineno-start: wrong

   shown_2 = app = 1
"""

MYST = """\
# Mistakes

```asgi-live path=wrong
app = shown_1 = 1
```

:::{asgi-live} wrong.py
:::

```{asgi-live}
---
path: wrong
---
app = shown_2 = 1
```
"""

FILES = {"conf.py": CONF, "index.rst": REST, "myst.md": MYST}

SUBTYPES = {
    "index.rst": ["option", "option", "app", "file", "option"],
    "myst.md": ["option", "file", "option"],
}


def test_each_mistake_is_told_with_file_line_and_subtype(
    tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    build = sphinx_build(write_files(tmp_path, FILES))
    told = re.findall(
        r"^(?:.*/)?([\w.]+):(\d+): WARNING: .+\[asgi_docs\.(\w+)\]$", build.log, re.MULTILINE
    )
    assert len(told) == len(build.log.splitlines()), "our warnings and no others"
    for name, subtypes in SUBTYPES.items():
        lines = FILES[name].splitlines()
        expected = [index for index, line in enumerate(lines, start=1) if "wrong" in line]
        found = [(int(line), subtype) for file, line, subtype in told if file == name]
        assert found == list(zip(expected, subtypes, strict=True)), name
    for page in ("index.html", "myst.html"):
        html = build.page(page)
        assert "shown_1" in html
        assert "shown_2" in html
        assert "<asgi-live" not in html


@pytest.mark.parametrize("form", ["asgi-live::", "code-block:: python\n   :class: asgi-live"])
def test_warnings_can_be_silenced(
    tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild, form: str
) -> None:
    files = {"conf.py": CONF, "index.rst": f"T\n=\n\n.. {form}\n\n   x = 1\n"}
    folder = write_files(tmp_path, files)
    suppressed = sphinx_build(folder, "-W", "-D", "suppress_warnings=asgi_docs.app")
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
