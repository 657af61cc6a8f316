"""SQLModel, hence SQLAlchemy, over SQLite, behind FastAPI's `def` endpoints and dependencies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from ..browser.console import FIREFOX_REDIRECTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..browser.console import Console
    from ..browser.live_block import LiveBlock

pytestmark = [pytest.mark.browser, pytest.mark.network, pytest.mark.thrifty, pytest.mark.alike]


def test_sqlmodel(open_app: Callable[[str], LiveBlock], console: Console) -> None:
    console.expect(FIREFOX_REDIRECTED)
    console.expect("404")
    app = open_app("sqlmodel")
    app.frame.get_by_label("Name").fill("Deadpond")
    app.frame.get_by_role("button", name="Add").click()
    expect(app.frame.get_by_role("listitem")).to_have_text("Deadpond of the Preventers")
    app.expect_address("/")

    hero = {"name": "Rusty", "age": 48, "team_id": None}
    assert call(app, "POST", "/heroes/", hero) == (201, {**hero, "id": 2})
    assert call(app, "PATCH", "/heroes/2", {"age": 49}) == (200, {**hero, "id": 2, "age": 49})
    assert call(app, "DELETE", "/heroes/1") == (204, None)
    assert call(app, "DELETE", "/heroes/1") == (404, {"detail": "Hero not found"})
    assert call(app, "GET", "/heroes/?limit=5") == (200, [{**hero, "id": 2, "age": 49}])


def call(app: LiveBlock, method: str, path: str, value: Any = None) -> tuple[int, Any]:
    answer = app.fetch_in_frame(
        path,
        method=method,
        headers=[("content-type", "application/json")],
        body=None if value is None else json.dumps(value).encode(),
    )
    assert answer is not None
    return answer.status, json.loads(answer.body or b"null")
