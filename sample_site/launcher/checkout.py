"""The checkout and its `.venv`, made without ensurepip: Debian ships that apart from Python."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from launcher.steps import StepFailedError, run_quietly

if sys.version_info < (3, 11):
    sys.exit("This command needs Python 3.11 or later.")
import tomllib

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "asgi-docs-installed.json"


def install(*groups: str) -> None:
    """Bring this project and the given dependency groups into `.venv`, unless they are there.

    Raises:
        StepFailedError: pip or the network failed.
    """
    pyproject = (ROOT / "pyproject.toml").read_bytes()
    digest = hashlib.sha256(pyproject).hexdigest()
    if not _is_usable():
        run_quietly(
            "Create .venv", [sys.executable, "-m", "venv", "--clear", "--without-pip", VENV]
        )
    installed = _installed_groups(digest)
    if installed.issuperset(groups):
        return
    wanted = sorted(installed.union(groups))
    extras = ["sphinx", "mkdocs"]
    if shutil.which("node") is None:
        extras.append("node")
    table: dict[str, list[Any]] = tomllib.loads(pyproject.decode())["dependency-groups"]
    requirements = sorted({line for group in wanted for line in _requirements(table, group)})
    run_quietly(
        "Install the project and its tools into .venv",
        [
            *_pip(),
            *("--python", PYTHON, "install", "--disable-pip-version-check", "--no-input"),
            *("--editable", f"{ROOT}[{','.join(extras)}]"),
            *requirements,
        ],
    )
    STAMP.write_text(json.dumps({"pyproject": digest, "groups": wanted}), encoding="utf-8")


def _is_usable() -> bool:
    """Whether `.venv` has a Python that starts: its base may have been removed since."""
    try:
        return subprocess.run([PYTHON, "-c", ""], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def _installed_groups(digest: str) -> set[str]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    return set(stamp["groups"]) if stamp["pyproject"] == digest else set()


def _requirements(table: dict[str, list[Any]], group: str) -> Iterator[str]:
    """The lines of a dependency group, included groups unfolded (pip before 25.1 cannot)."""
    for entry in table[group]:
        if isinstance(entry, str):
            yield entry
        else:
            yield from _requirements(table, entry["include-group"])


def _pip() -> list[str]:
    """A pip of another Python than that of `.venv`, which has none and may be running this."""
    pythons: Iterable[str | None] = (sys.executable, shutil.which("python3", path=_base_path()))
    for python in filter(None, pythons):
        command = [python, "-m", "pip"]
        if (
            subprocess.run([*command, "--version"], check=False, capture_output=True).returncode
            == 0
        ):
            return command
    title = "Install the project and its tools into .venv"
    raise StepFailedError(title, "pip is missing; on Debian: apt-get install python3-pip")


def _base_path() -> str:
    return str(Path(sys.base_prefix) / ("." if os.name == "nt" else "bin"))
