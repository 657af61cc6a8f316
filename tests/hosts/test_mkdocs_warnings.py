"""What only superfences can get wrong; test_mistakes.py has what all tools share."""

from __future__ import annotations

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


def test_a_fence_that_an_include_brings_is_told_with_the_page(
    tmp_path: Path, write_files: WriteFiles, mkdocs_build: MkDocsBuild
) -> None:
    snippet = "```asgi-live\nshown = 1\n```\n"
    page = '# Mistakes\n\n--8<-- "docs/snippet.txt"\n'
    files = {"mkdocs.yml": CONFIG, "docs/index.md": page, "docs/snippet.txt": snippet}
    build = mkdocs_build(write_files(tmp_path, files))
    assert "WARNING -  index.md: no ASGI or WSGI application" in build.log
    assert "shown" in build.page("index.html")
    assert "asgi-live" not in build.page("index.html")


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
