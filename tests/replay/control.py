"""The same replay on this machine's Python: what it gets wrong says nothing about browsers."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from .answers import Outcome, answers_of, entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .recording import Exchange

SCRIPT = Path(__file__).with_name("native.py")
MOUNT = "http://testserver/project/live/~token"


def interpreter(requires: Iterable[str], cache: Path) -> Path:
    """A Python with these packages, of this machine's own version; made once."""
    packages = sorted({*requires, "httpx"})
    digest = hashlib.sha256("\n".join([sys.version, *packages]).encode()).hexdigest()
    folder = cache / f"native-{digest[:12]}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        uv = [sys.executable, "-m", "uv", "--quiet"]
        subprocess.run([*uv, "venv", "--clear", "--python", sys.executable, folder], check=True)
        subprocess.run([*uv, "pip", "install", "--python", python, *packages], check=True)
    return python


def replay(
    python: Path, files: Mapping[str, str], seed: int, exchanges: Sequence[Exchange]
) -> Outcome:
    """Start an app afresh and ask it.

    Args:
        python: what runs it.
        files: of the app, as the browser gets them.
        seed: of hashes, random numbers and addresses: what it changes is left to chance.
        exchanges: what to ask, all of one app.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        run = subprocess.run(
            [python, SCRIPT, folder, MOUNT],
            input=json.dumps(entry(exchanges)),
            capture_output=True,
            text=True,
            cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            check=False,
        )
    if run.returncode:
        return Outcome([], MOUNT, run.stderr.rstrip().rpartition("\n")[2])
    return answers_of(json.loads(run.stdout), MOUNT)
