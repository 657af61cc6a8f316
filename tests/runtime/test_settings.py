"""What the author's options become before the app is imported."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from asgi_docs.runtime.settings import Settings


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(os, "environ", os.environ.copy())


def test_files_are_written_byte_for_byte(tmp_path: Path) -> None:
    text = json.dumps(
        {
            "app": "main:app",
            "files": {"main.py": "é\r\n", "templates/a.html": "<a>"},
            "binary": {"static/dot.png": "iVBORw0KAA=="},
        }
    )
    Settings.from_json(text).write_files(tmp_path / "app")

    assert Path.cwd() == tmp_path / "app"
    assert sys.path[0] == str(tmp_path / "app")
    assert Path("main.py").read_bytes() == "é\r\n".encode()
    assert Path("templates/a.html").read_text() == "<a>"
    assert Path("static/dot.png").read_bytes() == b"\x89PNG\r\n\x00"


def test_the_environment_has_the_authors_variables_and_the_mount() -> None:
    settings = Settings(app="main:app", files={}, env={"SHOP_DEBUG": "1"})
    settings.set_environment("/live/~token")

    assert os.environ["SHOP_DEBUG"] == "1"
    assert os.environ["ASGI_DOCS_MOUNT"] == "/live/~token"


def test_whether_the_code_reads_its_mount() -> None:
    told = Settings(app="main:app", files={"main.py": "", "urls.py": "environ['ASGI_DOCS_MOUNT']"})

    assert told.reads_mount
    assert not Settings(app="main:app", files={"main.py": ""}).reads_mount


def test_defaults() -> None:
    settings = Settings.from_json('{"app": "main:app", "files": {}}')

    assert (settings.mount, settings.lifespan) == ("root_path", "auto")
