"""What only superfences can get wrong; test_mistakes.py has what all tools share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import markdown

from asgi_docs.block.markup import read_blocks

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from conftest import MkDocsBuild, WriteFiles

CONFIG = """\
site_name: Shop
plugins: []
markdown_extensions: [pymdownx.superfences, pymdownx.snippets, asgi_docs: {package: false}]
"""

# In this page every line with a mistake contains the word "wrong".

PAGE = """\
# Mistakes

```asgi-live path=wrong
app = shown_1 = 1
```

```{asgi-live} wrong
app = shown_2 = 1
```

```python asgi-live wrong="1"
app = shown_3 = 1
```

```python {.asgi_live path=wrong}
app = shown_4 = 1
```

```console {.asgi-live path=wrong}
app = shown_5 = 1
```

```asgi-live hl_lines="wrong"
app = shown_6 = 1
```

--8<-- "docs/snippet.txt"
"""


def test_headers_that_cannot_be_read_are_told_and_the_code_shown(
    tmp_path: Path, write_files: WriteFiles, mkdocs_build: MkDocsBuild
) -> None:
    snippet = "```asgi-live\nshown_7 = 1\n```\n"
    files = {"mkdocs.yml": CONFIG, "docs/index.md": PAGE, "docs/snippet.txt": snippet}
    build = mkdocs_build(write_files(tmp_path, files))
    told = re.findall(r"^WARNING -  index.md:(\d+): \S", build.log, re.MULTILINE)
    lines = PAGE.splitlines()
    wrong = [number for number, line in enumerate(lines, start=1) if "wrong" in line]
    assert sorted(map(int, told)) == wrong
    assert "WARNING -  index.md: no ASGI or WSGI application" in build.log, "from the snippet"
    page = build.page("index.html")
    for number in range(1, 8):
        assert f"shown_{number}" in page
    assert "asgi-live" not in page


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
