"""Django: the ORM with migrations, forms, messages, the admin with its static files, a stream."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from ..browser.console import FIREFOX_REDIRECTED
from ..browser.live_block import LiveBlock

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from ..browser.console import Console

pytestmark = [pytest.mark.browser, pytest.mark.network, pytest.mark.thrifty, pytest.mark.alike]


def test_django(open_app: Callable[[str], LiveBlock], page: Page, console: Console) -> None:
    console.expect(FIREFOX_REDIRECTED)
    app = open_app("django")
    add_by_form(app)
    add_in_the_admin(app)
    app.go("/export/")
    app.expect_text(re.compile(r"title,author\s+Dracula,Bram Stoker\s+Emma,Jane Austen"))

    app.stop()
    behind_wsgi = LiveBlock(page, 1).run()
    expect(behind_wsgi.frame.get_by_role("heading")).to_have_text("Library")
    expect_styled(behind_wsgi)


def add_by_form(app: LiveBlock) -> None:
    frame = app.frame
    frame.get_by_label("Title").fill("EMMA")
    frame.get_by_label("Author").fill("Jane Austen")
    frame.get_by_role("button", name="Add").click()
    app.expect_text("Please do not shout.")
    frame.get_by_label("Title").fill("Emma")
    frame.get_by_role("button", name="Add").click()
    app.expect_text("“Emma” is in the catalogue.")
    app.expect_address("/")
    frame.get_by_role("link", name="Emma").click()
    app.expect_address("/books/1/")
    app.expect_text("by Jane Austen")
    frame.get_by_role("link", name="All books").click()
    frame.get_by_role("link", name="Admin").click()


def add_in_the_admin(app: LiveBlock) -> None:
    frame = app.frame
    app.expect_address(re.compile(r"^/admin/login/\?next="))
    frame.get_by_label("Username").fill("admin")
    frame.get_by_label("Password").fill("secret")
    frame.get_by_role("button", name="Log in").click()
    app.expect_address("/admin/")
    expect_styled(app)
    frame.get_by_role("link", name="Books", exact=True).click()
    expect(frame.locator("#result_list")).to_contain_text("Jane Austen")
    frame.get_by_role("link", name="Add book").click()
    # The button beside the field, which opens a window, has come from the admin's script.
    expect(frame.get_by_role("link", name="Add another author")).to_be_visible()
    app.go("/admin/catalogue/author/add/")
    frame.get_by_label("Name").fill("Bram Stoker")
    frame.get_by_role("button", name="Save", exact=True).click()
    app.expect_text("was added successfully")
    app.go("/admin/catalogue/book/add/")
    frame.get_by_label("Title").fill("Dracula")
    frame.get_by_label("Author").select_option("Bram Stoker")
    frame.get_by_role("button", name="Save", exact=True).click()
    app.expect_text("was added successfully")
    app.expect_address("/admin/catalogue/book/")


def expect_styled(app: LiveBlock) -> None:
    """The admin's stylesheet comes, which sets variables for its colours."""
    expect(app.frame.locator("html")).to_have_css("--body-bg", re.compile("."))
