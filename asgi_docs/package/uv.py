"""Runs uv, by default with the disguised interpreter.

The user's uv settings (indexes, mirrors, keys) hold.
"""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

import uv

from asgi_docs.errors import LockError
from asgi_docs.package.interpreter import disguised_interpreter

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINES_TO_SHOW = 6
_LINE_LENGTH = 400
# Settings of the surrounding build that would make uv look at another Python than ours.
_FOREIGN_SETTINGS = ("UV_SYSTEM_PYTHON", "UV_PYTHON", "UV_PYTHON_PLATFORM", "UV_COMPILE_BYTECODE")


def run_uv(
    arguments: list[str],
    failure: str,
    *,
    stdin: str = "",
    variables: Mapping[str, str] | None = None,
) -> str:
    """Run `uv pip …` with the disguised interpreter; returns its standard output.

    Args:
        arguments: what follows `uv pip`, without `--python`.
        failure: the sentence that begins the error, without a full stop.
        stdin: text for its standard input.
        variables: for its environment.

    Raises:
        LockError: uv failed; with the essence of what it said.
    """
    run = uv_pip(arguments, str(disguised_interpreter()), stdin=stdin, variables=variables)
    if run.returncode:
        raise LockError(f"{failure}:\n{essence(run.stderr)}")
    return run.stdout


def uv_pip(
    arguments: list[str],
    python: str,
    *,
    stdin: str = "",
    variables: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run `uv pip …` for the given interpreter."""
    environment = {key: text for key, text in os.environ.items() if key not in _FOREIGN_SETTINGS}
    return subprocess.run(
        [
            uv.find_uv_bin(),
            *("pip", *arguments),
            *("--python", python),
            *("--quiet", "--color=never", "--no-progress"),
        ],
        input=stdin,
        env={**environment, "UV_PYTHON_DOWNLOADS": "never", **(variables or {})},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def essence(output: str) -> str:
    """The few lines of uv's errors that tell the reason."""
    lines = [line.rstrip() for line in output.splitlines() if line.strip()]
    first = next((at for at, line in enumerate(lines) if line.startswith("error")), 0)
    texts = [re.sub(r"^\s*(error|cause):\s*", "", line).strip() for line in lines[first:]]
    cut = [text if len(text) <= _LINE_LENGTH else f"{text[:_LINE_LENGTH]} …" for text in texts]
    if len(cut) > _LINES_TO_SHOW:
        cut = [*cut[:_LINES_TO_SHOW], "…"]
    return "\n".join(f"  {text}" for text in cut)
