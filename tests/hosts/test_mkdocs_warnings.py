from __future__ import annotations

import re
from typing import TYPE_CHECKING

import markdown
import pytest

from asgi_docs.block.markup import read_blocks

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Build, MkDocsBuild, WriteFiles

CONFIG = """\
site_name: Shop
plugins: []
markdown_extensions:
  [pymdownx.superfences, pymdownx.snippets, asgi_docs: {package: false}, admonition]
"""

# In these sources every line with a mistake contains the word "wrong".

PAGE = """\
---
title: Front matter
---


# Mistakes

```asgi-live path=wrong
app = shown_1 = 1
```

```asgi-live wrong="/docs" path="wrong"
app = shown_1 = 1
```

> ```asgi-live
> shown_2 = 1
> wrong = = 2
> ```

```{asgi-live} wrong
app = shown_3 = 1
```

```python asgi-live wrong="1"
app = shown_4 = 1
```

```asgi-live file="wrong.py"
```

!!! note

    ```asgi-live file="/broken.py"
    ```

    ```asgi-live hl_lines="wrong"
    app = shown_5 = 1
    ```

```asgi-live app="wrong"
shown_6 = 1
```

```asgi-live

# /// script
# dependencies = wrong
# ///
app = shown_7 = 1
```

--8<-- "docs/snippet.txt"
"""

FILES = {
    "mkdocs.yml": CONFIG,
    "docs/index.md": "# Home\n",
    "docs/guide/page.md": PAGE,
    "docs/broken.py": "# a file\nwrong = = 1\n",
    "docs/snippet.txt": "```asgi-live\nshown_8 = 1\n```\n",
}


@pytest.fixture(scope="module")
def mistakes(
    tmp_path_factory: pytest.TempPathFactory, write_files: WriteFiles, mkdocs_build: MkDocsBuild
) -> Build:
    return mkdocs_build(write_files(tmp_path_factory.mktemp("mistakes"), FILES))


def lines_with_mistakes(name: str) -> list[int]:
    lines = FILES[f"docs/{name}"].splitlines()
    return [number for number, line in enumerate(lines, start=1) if "wrong" in line]


def test_each_mistake_is_told_with_file_and_line(mistakes: Build) -> None:
    told = re.findall(r"^WARNING -  ([\w./]+):(\d+): \S", mistakes.log, re.MULTILINE)
    of_page = sorted({int(line) for name, line in told if name == "guide/page.md"})
    assert of_page == lines_with_mistakes("guide/page.md")
    assert [int(line) for name, line in told if name == "broken.py"] == [2]
    assert len(told) == len(of_page) + 2, "the one line with two mistakes has two warnings"
    assert "WARNING -  guide/page.md: no ASGI or WSGI application" in mistakes.log, (
        "from the snippet"
    )


def test_the_code_is_shown_all_the_same(mistakes: Build) -> None:
    page = mistakes.page("guide/page/index.html")
    for number in range(1, 9):
        assert f"shown_{number}" in page
    assert "asgi-live" not in page


def test_mistakes_fail_a_strict_build(
    tmp_path: Path, write_files: WriteFiles, mkdocs_build: MkDocsBuild
) -> None:
    files = {"mkdocs.yml": CONFIG, "docs/index.md": "```asgi-live\nx = 1\n```\n"}
    build = mkdocs_build(write_files(tmp_path, files), "--strict")
    assert build.returncode == 1
    assert "Aborted with 1 warnings in strict mode" in build.log


def test_an_open_fence_is_told(caplog: pytest.LogCaptureFixture) -> None:
    markdown.markdown("\n```asgi-live\napp = 1\n", extensions=["pymdownx.superfences", "asgi_docs"])
    assert caplog.messages == ["<markdown>:2: the fence is never closed, so the block is not live."]


def test_a_missing_superfences_is_told(caplog: pytest.LogCaptureFixture) -> None:
    markdown.markdown("```asgi-live\napp = 1\n```\n", extensions=["asgi_docs"])
    (message,) = caplog.messages
    assert message.startswith("<markdown>:1: asgi_docs needs the extension 'pymdownx.superfences'")


def test_one_markdown_instance_serves_many_pages() -> None:
    md = markdown.Markdown(extensions=["asgi_docs", "pymdownx.superfences"])
    text = "```asgi-live\napp = 1\n```\n"
    assert md.convert(text) == md.reset().convert(text)
    assert "<asgi-live" not in md.reset().convert("plain")


def test_a_nearly_right_fence_name_is_told_and_harms_nobody(
    tmp_path: Path, write_files: WriteFiles, mkdocs_build: MkDocsBuild
) -> None:
    page = '```asgi_live path="/"\napp = 1\n```\n\n```asgi-live\napp = 2\n```\n'
    write_files(tmp_path, {"mkdocs.yml": CONFIG, "docs/index.md": page})
    build = mkdocs_build(tmp_path)
    assert "index.md:1: the fence header 'asgi_live path=\"/\"' cannot be read" in build.log
    [block] = read_blocks(build.page("index.html"))
    assert block.files == {"main.py": "app = 2\n"}
