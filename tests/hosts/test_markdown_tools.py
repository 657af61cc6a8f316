"""ProperDocs runs the MkDocs plugin; Zensical runs the Markdown extension only."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.markup import read_blocks, read_page

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import MarkdownBuild, WriteFiles

CONFIG = """\
site_name: Shop
theme: {{name: material}}
markdown_extensions: [pymdownx.superfences, asgi_docs: {{package: false}}]
use_directory_urls: {directory_urls}
"""

PAGE = """\
---
title: Front matter
---

```asgi-live file="shop.py"
```

```asgi-live wrong="1"
app = 1
```
"""

FILES = {
    "docs/index.md": "# Home\n\n```asgi-live\napp = 1\n```\n",
    "docs/guide/page.md": PAGE,
    "docs/guide/shop.py": "app = 1\n",
}


@pytest.mark.parametrize("tool", ["properdocs", "zensical"])
@pytest.mark.parametrize("directory_urls", ["true", "false"])
def test_pages_are_as_in_mkdocs(
    tmp_path: Path, write_files: WriteFiles, tool: str, directory_urls: str
) -> None:
    pytest.importorskip(tool)
    config = CONFIG.format(directory_urls=directory_urls)
    write_files(tmp_path, {**FILES, "mkdocs.yml": config})
    done = subprocess.run(
        [sys.executable, "-m", tool, "build"],
        cwd=tmp_path,
        env={**os.environ, "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "guide/page.md:8: unknown option 'wrong'" in done.stdout

    in_folders = directory_urls == "true"
    name = "guide/page/index.html" if in_folders else "guide/page.html"
    page = (tmp_path / "site" / name).read_text(encoding="utf-8")
    (block,) = read_blocks(page)
    assert (block.app, block.source) == ("shop:app", "guide/page.md:5")
    up = "../../" if in_folders else "../"
    assert read_page(page).scripts == [up + "assets/asgi-docs/asgi-live.js"]
    home = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert read_page(home).scripts == ["assets/asgi-docs/asgi-live.js"]


OUTSIDE = """\
```asgi-live file="/../apps/shop.py" request="/"
```

```asgi-live file="first.py"
```

```python {.asgi-live}
--8<-- "snippets/first.py"
```
"""


def test_zensical_is_to_watch_what_blocks_are_made_of(
    tmp_path: Path, write_files: WriteFiles, markdown_build: MarkdownBuild
) -> None:
    config = CONFIG.format(directory_urls="true").replace("[", "[pymdownx.snippets, ", 1)
    files = {
        "mkdocs.yml": config,
        "apps/shop.py": "app = 1\n",
        "snippets/first.py": "app = 2\n",
        "docs/index.md": OUTSIDE.replace("/../", "../"),
        "docs/guide/page.md": OUTSIDE,
        "docs/first.py": "app = 3\n",
        "docs/guide/first.py": "app = 4\n",
        "asgi-docs/answers/guide/page.txt": "# None yet.\n",
    }
    told = markdown_build("zensical", write_files(tmp_path, files)).log
    for file, wanted in (
        ("asgi-docs/answers/", "asgi-docs"),
        ("apps/shop.py", "apps"),
        ("docs/first.py", "docs/first.py"),
        ("docs/guide/first.py", "docs/guide"),
    ):
        found = [line for line in told.splitlines() if f"; add {wanted!r} to 'watch'" in line]
        assert len(found) == 1, told
        assert "Zensical keeps this page as it is when " + file in found[0]
    assert "snippets" not in told, "these files Zensical knows"

    watch = "watch: [apps, asgi-docs, docs/first.py, docs/guide]\n"
    write_files(tmp_path, {"mkdocs.yml": config + watch})
    build = markdown_build("zensical", tmp_path)
    assert "watch" not in build.log
    new = {"apps/shop.py": "app = 'new'\n", "docs/guide/first.py": "app = 'newer'\n"}
    write_files(tmp_path, new)
    for path in new:  # Zensical counts in seconds
        os.utime(tmp_path / path, (2**31, 2**31))
    page = markdown_build("zensical", tmp_path).page("guide/page/index.html")
    shop, first, _ = read_blocks(page)
    assert {**shop.files, **first.files} == {
        "shop.py": new["apps/shop.py"],
        "first.py": new["docs/guide/first.py"],
    }
