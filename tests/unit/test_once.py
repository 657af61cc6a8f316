"""Of several processes one makes what all of them need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ..once import made_once

PROCESS = """
import sys, time
from pathlib import Path
from types import SimpleNamespace
from tests.once import made_once

def make(folder):
    with Path(folder.parent, "made").open("a") as made:
        made.write("once ")
    time.sleep(0.5)  # while the other one asks
    return folder

print(made_once(SimpleNamespace(getbasetemp=lambda: Path(sys.argv[1])), "site", make))
"""


def test_two_processes_share_it(tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, base],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(2)
    ]
    told = [process.communicate(timeout=60)[0] for process in processes]
    assert told[0] == told[1] != ""
    (made,) = tmp_path.rglob("made")
    assert made.read_text("utf-8") == "once "


def test_a_failure_is_told_to_all(tmp_path_factory: pytest.TempPathFactory) -> None:
    def fail(folder: Path) -> None:
        raise ValueError("no site")

    with pytest.raises(ValueError, match="no site"):
        made_once(tmp_path_factory, "failing", fail)
    with pytest.raises(RuntimeError, match="once-failing: no site"):
        made_once(tmp_path_factory, "failing", fail)


def test_nobody_waits_for_ever(tmp_path_factory: pytest.TempPathFactory) -> None:
    def ask_again(folder: Path) -> None:
        made_once(tmp_path_factory, "slow", ask_again, limit=0.2)

    with pytest.raises(RuntimeError, match=r"once-slow: not made within 0\.2 s"):
        made_once(tmp_path_factory, "slow", ask_again)
