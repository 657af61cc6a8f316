from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.model import LiveBlock
from asgi_docs.cli import main
from asgi_docs.errors import AsgiDocsError
from asgi_docs.serve import listen

from .site_building import STARLETTE, write_page
from .wheels import write_wheel

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Built

COMMANDS = ("cache", "check", "list", "lock", "package", "serve", "vendor")


@pytest.fixture
def site_with_a_wheel(index: Path, tmp_path: Path) -> Path:
    write_wheel(index, "web-1")
    block = LiveBlock(app="main:app", files={"main.py": "app = 1"}, requires=("web-1",))
    write_page(tmp_path / "site/index.html", block, base="asgi-docs/")
    return tmp_path / "site"


@pytest.mark.network
@pytest.mark.node
def test_package(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["package", str(built.site), "--locks", str(built.locks)]) == 0
    output = capsys.readouterr()
    fastapi, python, starlette, packaged = output.out.splitlines()
    assert re.fullmatch(
        r"fastapi-\w+: 11 packages, \d\.\d of 1\d\.\d MB until the first answer", fastapi
    )
    assert (python.split(",")[0], starlette.split(":")[0]) == (
        "python: 0 packages",
        STARLETTE.environment,
    )
    assert packaged == f"Packaged 4 live blocks in 3 environments: {built.folder}"
    assert output.err == ""


def test_log_has_no_progress(
    site_with_a_wheel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only what is made is told, not what is going on."""
    assert main(["lock", str(site_with_a_wheel), "--locks", str(tmp_path / "locks")]) == 0
    output = capsys.readouterr()
    assert output.err == ""
    assert output.out.startswith("New lock file, to be committed: ")


def test_terminal_shows_what_takes_time(
    site_with_a_wheel: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert main(["lock", str(site_with_a_wheel), "--locks", str(tmp_path / "locks")]) == 0
    assert "Resolving web-1" in capsys.readouterr().err


def test_problem_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    absent = tmp_path / ("a" * 200)
    assert main(["package", str(absent)]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err == f"asgi-docs: {absent} is no folder: build the documentation first.\n"


def test_site_without_blocks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["package", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{tmp_path} has no live blocks.\n"


def test_blocks_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "site"
    shop = LiveBlock(app="shop:app", files={"shop.py": ""}, caption="[Shop]", source="shop.rst:2")
    web = LiveBlock(app="web:app", files={"web.py": ""}, requires=("web",), path="/docs")
    write_page(site / "index.html", shop, base="asgi-docs/")
    write_page(site / "guide/web.html", web, shop, base="../asgi-docs/")
    assert main(["list", str(site)]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows == [
        ["Place", "Block", "Environment", "Page"],
        ["shop.rst:2", "[Shop]", "python", "index.html"],
        ["-", "web:app", web.environment, "guide/web.html"],
        ["shop.rst:2", "[Shop]", "python", "guide/web.html"],
        ["3", "live", "blocks", "on", "2", "pages."],
    ]
    assert main(["list", str(site), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[1] == {
        "source": "",
        "caption": None,
        "app": "web:app",
        "environment": web.environment,
        "requires": ["web"],
        "path": "/docs",
        "page": "guide/web.html",
    }


def test_a_list_may_be_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", str(tmp_path)]) == 0
    assert main(["list", "--json", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{tmp_path} has no live blocks.\n[]\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_in_sentences_what_a_command_is_for(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    assert f"  {command} " in capsys.readouterr().out
    with pytest.raises(SystemExit, match="0"):
        main([command, "--help"])
    usage, description, *_ = capsys.readouterr().out.split("\n\n")
    assert usage.startswith(f"usage: asgi-docs {command} ")
    assert description.endswith(".")


def test_server_sends_types_that_browsers_accept(tmp_path: Path) -> None:
    types = {
        "index.html": "text/html",
        "a.js": "text/javascript",
        "a.css": "text/css",
        "a.wasm": "application/wasm",
        "a.json": "application/json",
        "a.layer": "application/octet-stream",
        "a.zip": "application/zip",
    }
    for name in types:
        (tmp_path / name).write_bytes(b"x")
    with listen(tmp_path, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            for name, wanted in types.items():
                with urllib.request.urlopen(f"{server.url}{name}") as response:
                    assert response.headers["Content-Type"] == wanted
        finally:
            server.shutdown()
            thread.join()


def test_port_in_use(tmp_path: Path) -> None:
    with (
        listen(tmp_path, "127.0.0.1", 0) as first,
        pytest.raises(AsgiDocsError, match=f"Port {first.server_port} is in use"),
    ):
        listen(tmp_path, "127.0.0.1", first.server_port)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C cannot be sent to one process there")
def test_ctrl_c_ends_the_server_quietly(tmp_path: Path) -> None:
    # A test run in the background of a script hands down that Ctrl+C is to be ignored.
    script = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    script += "import sys; from asgi_docs.cli import main; sys.exit(main(sys.argv[1:]))"
    with subprocess.Popen(
        [sys.executable, "-c", script, "serve", tmp_path, "--host", "127.0.0.1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None
        assert "http://127.0.0.1:" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=10)
    assert (process.returncode, errors) == (0, "")
