"""Virtual environments that tests make beside their own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import uv

if TYPE_CHECKING:
    from pathlib import Path


def run_uv(*arguments: str | Path) -> None:
    done = subprocess.run(
        [uv.find_uv_bin(), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "UV_PYTHON_DOWNLOADS": "never"},
    )
    assert done.returncode == 0, done.stderr


def make_environment(folder: Path, *requirements: str | Path) -> Path:
    """A new environment with this process's Python; returns the path of its interpreter."""
    run_uv("venv", "--quiet", "--no-config", "--python", sys.executable, folder)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run_uv("pip", "install", "--quiet", "--no-config", "--python", python, *requirements)
    return python
