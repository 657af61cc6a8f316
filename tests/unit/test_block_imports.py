from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
for name in ("sphinx", "docutils", "mkdocs", "markdown", "pymdownx", "js", "pyodide"):
    sys.modules[name] = None
import asgi_docs, asgi_docs.block.author, asgi_docs.block.markup
"""


def test_blocks_need_no_docs_tool() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], check=True)
