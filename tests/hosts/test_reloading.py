"""The servers that authors have open while they write: one build for each change.

Zensical's is not among them: it counts in seconds, and takes a second change in one for none.
"""

from __future__ import annotations

import os
import queue
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.markup import read_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import WriteFiles

LIMIT = 60  # seconds without a line, after which the server is taken for stuck

SOURCES = {
    "sphinx_autobuild": {
        "conf.py": 'extensions = ["asgi_docs"]\n',
        "index.rst": "Shop\n====\n\n.. asgi-live:: apps/shop.py\n",
        "apps/shop.py": "app = 1\n",
    },
    "mkdocs": {
        "mkdocs.yml": "site_name: Shop\nplugins: [asgi-docs]\n",
        "docs/index.md": '# Shop\n\n```asgi-live file="../apps/shop.py"\n```\n',
        "apps/shop.py": "app = 1\n",
    },
}
COMMANDS = {
    "sphinx_autobuild": ["--port", "{port}", ".", "_build"],
    "mkdocs": ["serve", "--dev-addr", "127.0.0.1:{port}"],
}
PAGES = {"sphinx_autobuild": "index.rst"}
IS_SHOWN = {
    "sphinx_autobuild": "Serving on",
    "mkdocs": "Serving on|Reloading browsers",
}
"""What each says once for each build, at its end."""


@dataclass
class Server:
    """A tool that serves a documentation and builds it again when it changes."""

    tool: str
    url: str
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    lines: queue.Queue[str] = field(default_factory=queue.Queue)

    def read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.put(line)

    def wait_until_shown(self) -> None:
        while True:
            try:
                self.said.append(self.lines.get(timeout=LIMIT))
            except queue.Empty:
                pytest.fail("".join(self.said))
            if re.search(IS_SHOWN[self.tool], self.said[-1]):
                return

    @property
    def builds(self) -> int:
        return len(re.findall(IS_SHOWN[self.tool], "".join(self.said)))

    def code(self) -> str:
        (block,) = read_blocks(self._page())
        return block.files["shop.py"]

    def _page(self) -> str:
        # sphinx-autobuild does not tell when it listens, and begins to watch.
        for _ in range(LIMIT):
            try:
                with urllib.request.urlopen(self.url) as answer:
                    return str(answer.read().decode())
            except urllib.error.URLError:
                time.sleep(1)
        pytest.fail("".join(self.said))


@contextmanager
def served(tool: str, folder: Path) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [each.format(port=port) for each in COMMANDS[tool]]
    process = subprocess.Popen(
        [sys.executable, "-m", tool, *command],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    server = Server(tool, f"http://127.0.0.1:{port}/", process)
    reader = threading.Thread(target=server.read)
    reader.start()
    try:
        yield server
    finally:
        process.terminate()
        process.wait()
        reader.join()
        assert process.stdout
        process.stdout.close()


@pytest.mark.network
@pytest.mark.node
@pytest.mark.parametrize("tool", SOURCES)
def test_a_change_is_shown_after_one_build(
    tool: str, tmp_path: Path, write_files: WriteFiles
) -> None:
    pytest.importorskip(tool)
    write_files(tmp_path, SOURCES[tool])
    page = tmp_path / PAGES.get(tool, "docs/index.md")
    with served(tool, tmp_path) as server:
        server.wait_until_shown()
        assert server.code() == "app = 1\n"
        for number in (2, 3):
            write_files(tmp_path, {"apps/shop.py": f"app = {number}\n"})
            server.wait_until_shown()
            assert server.code() == f"app = {number}\n"
        page.write_text(f"{page.read_text('utf-8')}\nOne sentence more.\n", "utf-8")
        server.wait_until_shown()
        assert server.code() == "app = 3\n"
        assert server.builds == 4, "".join(server.said)
