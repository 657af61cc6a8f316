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

    from conftest import WriteFiles

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
