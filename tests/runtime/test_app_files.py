"""What an app writes into its folder, and how the next run of it finds that."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from asgi_docs.runtime import app_files
from asgi_docs.runtime.app_files import AppFiles

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "main.py").write_text("app = 1")
    (tmp_path / "seed.txt").write_text("seed")
    return tmp_path


def test_what_is_the_authors_is_not_written_by_the_app(folder: Path) -> None:
    files = AppFiles(folder)
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "main.pyc").write_bytes(b"code")

    assert not files.has_written()
    assert files.written() == []


def test_new_and_changed_files_are(folder: Path) -> None:
    files = AppFiles(folder)
    (folder / "uploads").mkdir()
    (folder / "uploads" / "é.bin").write_bytes(b"\x00\xff")
    (folder / "seed.txt").write_text("sprout")

    assert files.has_written()
    assert sorted(files.written() or []) == [
        ("seed.txt", b"sprout"),
        ("uploads/é.bin", b"\x00\xff"),
    ]


def test_a_database_goes_from_run_to_run(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = AppFiles(folder)
    with sqlite3.connect(folder / "shop.db") as database:
        database.execute("CREATE TABLE books (title)")
        database.execute("INSERT INTO books VALUES ('Emma')")
    database.close()

    later = tmp_path_factory.mktemp("later")
    (later / "main.py").write_text("app = 2")
    again = AppFiles(later)
    again.put_back(files.written() or [])
    with sqlite3.connect(later / "shop.db") as database:
        assert database.execute("SELECT title FROM books").fetchall() == [("Emma",)]
    database.close()
    # Untouched in this run, they are still what the app has written.
    assert [name for name, _ in again.written() or []] == ["shop.db"]


def test_too_much_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_files, "LIMIT", 10)
    files = AppFiles(folder)
    (folder / "large").write_bytes(b"x" * 11)

    assert files.has_written()
    assert files.written() is None
