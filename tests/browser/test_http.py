"""What a reader's clicks do with requests: saving files, waiting, giving up."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from .live_block import LiveBlock

pytestmark = [pytest.mark.browser, pytest.mark.thrifty]

CSV = b"number;name\n" + "1;été\n".encode() * 1000
STREAM = b"".join(bytes([number]) * 100_000 for number in range(100)) + b"end"


@pytest.fixture
def downloads(run_kept: Callable[..., LiveBlock], behaviour_site: str) -> LiveBlock:
    return run_kept(f"{behaviour_site}downloads.html")


@pytest.mark.parametrize(
    ("link", "name", "content"),
    [
        ("page", "été.html", b"<!doctype html><p>saved"),
        ("packed", "packed.csv", CSV),
        ("stream", "stream.bin", STREAM),
        ("named", "named.txt", b"plain text"),
    ],
)
def test_a_click_saves_a_file(downloads: LiveBlock, link: str, name: str, content: bytes) -> None:
    with downloads.page.expect_download() as saved:
        downloads.frame.get_by_role("link", name=link).click()
    assert saved.value.suggested_filename == name
    assert Path(saved.value.path()).read_bytes() == content
    # The page is still there.
    expect(downloads.frame.get_by_role("link", name=link)).to_be_visible()


def test_a_file_whose_name_has_a_percent_sign_is_saved(downloads: LiveBlock) -> None:
    with downloads.page.expect_download() as saved:
        downloads.frame.get_by_role("link", name="percent").click()
    assert saved.value.suggested_filename in ("100%.txt", "100_.txt")  # as Firefox makes it safe
    assert Path(saved.value.path()).read_bytes() == b"plain text"


def test_the_reader_sees_how_long_the_app_has_not_answered(downloads: LiveBlock) -> None:
    downloads.frame.get_by_role("link", name="slow").click()
    expect(downloads.status).to_contain_text("Waiting for the app's answer")
    told = downloads.element.get_by_role("group", name="Controls")
    expect(told).to_contain_text(re.compile(r"\b[23] s"))
    # Another page is what the reader wants now: the app hears that nobody waits.
    downloads.go("/plain.txt")
    downloads.expect_text("plain text")
    expect(downloads.status).to_have_text("Running.")
    expect(downloads.show_log()).to_contain_text("the client is gone")
    expect(told).not_to_contain_text(re.compile(r"\d s"))
