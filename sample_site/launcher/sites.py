"""Both sample sites, built into one folder below different paths of one origin."""

from __future__ import annotations

import os
import shutil
import tempfile

from launcher.checkout import PYTHON, ROOT
from launcher.steps import run_quietly

SOURCES = ROOT / "sample_site"
SITE = SOURCES / "site"

INDEX = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>asgi-docs: sample sites</title>
<link rel="icon" href="sphinx/_static/favicon.svg">
<style>
  :root { color-scheme: light dark; font: 1.1rem/1.6 system-ui, sans-serif; }
  body { max-width: 34rem; margin: 4rem auto; padding: 0 1rem; }
</style>
</head>
<body>
<h1>asgi-docs: sample sites</h1>
<p>The same small tutorial, over the same apps, made by two documentation tools.</p>
<ul>
  <li><a href="sphinx/">The Sphinx site</a> (theme: Furo)</li>
  <li><a href="mkdocs/">The MkDocs site</a> (theme: Material)</li>
</ul>
</body>
</html>
"""


def build() -> None:
    """Build both sites afresh, warnings being errors.

    Raises:
        StepFailedError: A build failed.
    """
    shutil.rmtree(SITE, ignore_errors=True)
    SITE.mkdir()
    (SITE / "index.html").write_text(INDEX, encoding="utf-8")
    with tempfile.TemporaryDirectory() as doctrees:
        run_quietly(
            "Build the Sphinx site",
            [
                *(PYTHON, "-m", "sphinx", "--fail-on-warning", "--keep-going"),
                *("--doctree-dir", doctrees, SOURCES / "sphinx", SITE / "sphinx"),
            ],
        )
    run_quietly(
        "Build the MkDocs site",
        [
            *(PYTHON, "-m", "mkdocs", "build", "--strict"),
            *("--config-file", SOURCES / "mkdocs" / "mkdocs.yml", "--site-dir", SITE / "mkdocs"),
        ],
        # Material 9 prints a notice about MkDocs 2 otherwise, before anything of ours.
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
