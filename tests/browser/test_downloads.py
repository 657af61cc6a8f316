"""What is loaded, and when. Every test of this folder also fails when another origin is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from .live_block import LiveBlock
    from .static_server import StaticServer

pytestmark = [pytest.mark.browser, pytest.mark.alike]

SMALL = 30_000
"""Bytes, as compressed by most hosts."""


def test_before_the_click_only_small_files(
    open_block: Callable[[str], LiveBlock], behaviour_site: str, server: StaticServer
) -> None:
    start = len(server.served)
    block = open_block(f"{behaviour_site}fastapi.html")
    block.page.wait_for_load_state("networkidle")
    before = [answer for answer in server.served[start:] if "/asgi-docs/" in answer.path]
    assert before
    assert sum(server.compressed_size(answer.path) for answer in before) < SMALL
    assert {urlsplit(answer.path).path.rpartition(".")[2] for answer in before} == {"css", "js"}
    assert not [answer.path for answer in before if "/pyodide-" in answer.path]

    clicked = len(server.served)
    block.run()
    after = [answer.path for answer in server.served[clicked:]]
    for part in ("/environments/", "/layers/fastapi-", "/pyodide-", "/service-worker.js"):
        assert any(part in path for path in after), part


def test_nothing_is_missing(
    open_block: Callable[[str], LiveBlock], behaviour_site: str, server: StaticServer
) -> None:
    start = len(server.served)
    block = open_block(f"{behaviour_site}fastapi.html").run()
    block.expect_text('{"hello":"world"}')
    assert block.fetch("/sync").body == b'{"hello":"thread"}'

    missing = [answer.path for answer in server.served[start:] if answer.status >= 400]
    assert [path for path in missing if not path.endswith("/favicon.ico")] == []
