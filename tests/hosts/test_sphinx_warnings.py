"""What only Sphinx can get wrong; test_mistakes.py has what all tools share."""

from __future__ import annotations

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
