from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.markup import read_blocks, read_page
from asgi_docs.block.model import environment_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from conftest import MkDocsBuild, WriteFiles

PLUGIN = """\
site_name: Shop
plugins:
  - asgi-docs:
      package: false
      requires: [starlette]
markdown_extensions: [admonition, pymdownx.tabbed]
"""

EXTENSION_ALONE = """\
site_name: Shop
theme: material
plugins: []
markdown_extensions:
  - asgi_docs:
      package: false
      requires: [starlette]
  - admonition
  - pymdownx.tabbed
  - pymdownx.superfences
"""

SHOP = "async def shop(scope, receive, send):\n    pass\n"

PAGE = """\
---
title: Front matter
---

# Shop

```asgi-live path="/docs" requires="fastapi>=0.100,<1 httpx" title="main.py" hl_lines="1"
from fastapi import FastAPI

app = FastAPI()
```

!!! note

    ```asgi-live file="../apps/shop.py" height="20rem" name="shop" class="wide"
    ```

=== "Tab"

    > ```asgi-live {path=/quoted}
    > app = 1
    > ```

````text title="a wrong asgi-live fence"
```asgi-live wrong="1"
```
````

~~~asgi-live file="/apps/shop.py" caption="A <shop>"
~~~

`<asgi-live>` and <asgi-live-other></asgi-live-other>
"""

FILES = {
    "docs/index.md": '# Home\n\n```asgi-live\napp = "<b>"\n```\n',
    "docs/guide/page.md": PAGE,
    "docs/plain.md": "# Plain\n\n```python\napp = 1\n```\n",
    "docs/apps/shop.py": SHOP,
}


def build_site(
    folder: Path, write: WriteFiles, build: MkDocsBuild, config: str
) -> Mapping[str, str]:
    write(folder, {**FILES, "mkdocs.yml": config})
    built = build(folder, "--strict")
    assert built.returncode == 0, built.log
    return {
        path.relative_to(built.out).as_posix(): path.read_text(encoding="utf-8")
        for path in built.out.rglob("*.html")
    }


@pytest.mark.parametrize("config", [PLUGIN, EXTENSION_ALONE], ids=["plugin", "extension"])
def test_fences_become_live_blocks(
    tmp_path: Path, write_files: WriteFiles, mkdocs_build: MkDocsBuild, config: str
) -> None:
    pages = build_site(tmp_path, write_files, mkdocs_build, config)
    page = pages["guide/page/index.html"]
    first, second, quoted, last = read_blocks(page)
    assert (first.app, first.path, first.caption) == ("main:app", "/docs", "main.py")
    assert first.files == {"main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n"}
    assert first.requires == ("fastapi<1,>=0.100", "httpx")
    assert (second.app, second.height, second.requires) == ("shop:shop", "20rem", ("starlette",))
    assert quoted.path == "/quoted"
    assert quoted.files == {"main.py": "app = 1\n"}
    assert (last.files, last.caption) == ({"shop.py": SHOP}, "A <shop>")
    lines = [
        number
        for number, line in enumerate(PAGE.splitlines(), start=1)
        if "```asgi-live" in line.replace("~", "`") and "wrong" not in line
    ]
    assert [each.source for each in read_blocks(page)] == [f"guide/page.md:{n}" for n in lines]

    assert '<span class="filename">main.py</span>' in page
    assert page.count('<span class="hll">') == 1
    assert 'id="shop"' in page
    assert "<p><asgi-live" not in page
    assert read_page(page).scripts == ["../../assets/asgi-docs/asgi-live.js"]
    assert page.count("asgi-live.css") == 1
    assert page.index("asgi-live.css") < page.index("<asgi-live data-block")

    assert read_blocks(pages["index.html"])[0].files == {"main.py": 'app = "<b>"\n'}
    assert read_page(pages["index.html"]).scripts == ["assets/asgi-docs/asgi-live.js"]
    assert "asgi-" not in pages["plain/index.html"]


def test_pages_may_be_files(
    tmp_path: Path, write_files: WriteFiles, mkdocs_build: MkDocsBuild
) -> None:
    config = "use_directory_urls: false\n" + PLUGIN
    pages = build_site(tmp_path, write_files, mkdocs_build, config)
    assert read_page(pages["guide/page.html"]).scripts == ["../assets/asgi-docs/asgi-live.js"]
    assert read_page(pages["index.html"]).scripts == ["assets/asgi-docs/asgi-live.js"]


def test_builds_repeat_byte_for_byte(
    tmp_path: Path, write_files: WriteFiles, mkdocs_build: MkDocsBuild
) -> None:
    one = build_site(tmp_path / "one", write_files, mkdocs_build, PLUGIN)
    two = build_site(tmp_path / "two", write_files, mkdocs_build, PLUGIN)
    assert {name: page.partition("Build Date")[0] for name, page in one.items()} == {
        name: page.partition("Build Date")[0] for name, page in two.items()
    }


def test_a_wrong_requirement_in_mkdocs_yml_ends_the_build(
    tmp_path: Path, write_files: WriteFiles, mkdocs_build: MkDocsBuild
) -> None:
    config = PLUGIN.replace("starlette", "starlette>>1")
    build = mkdocs_build(write_files(tmp_path, {**FILES, "mkdocs.yml": config}))
    assert build.returncode == 1
    assert "Plugin 'asgi-docs' option 'requires': 'starlette>>1' is not a requirement" in build.log


def test_a_failed_packaging_fails_the_build_with_one_sentence(
    tmp_path: Path, write_files: WriteFiles, mkdocs_build: MkDocsBuild
) -> None:
    environment = environment_name(("starlette",))
    files = {
        **FILES,
        "mkdocs.yml": PLUGIN.replace("package: false", "package: true"),
        f"asgi-docs/pylock.{environment}.toml": "no lock",
    }
    build = mkdocs_build(write_files(tmp_path, files))
    assert build.returncode == 1
    assert environment in build.log
    assert "Traceback" not in build.log


@pytest.mark.node
@pytest.mark.network
def test_the_extension_alone_packages_the_site(
    tmp_path: Path, write_files: WriteFiles, mkdocs_build: MkDocsBuild
) -> None:
    config = "site_name: X\nmarkdown_extensions: [pymdownx.superfences, asgi_docs]\n"
    write_files(tmp_path, {"mkdocs.yml": config, "docs/index.md": FILES["docs/index.md"]})
    mkdocs_build(tmp_path, "--strict")
    manifest = tmp_path / "site/assets/asgi-docs/environments/python.json"
    assert json.loads(manifest.read_text())["layers"] == []
