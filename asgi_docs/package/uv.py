"""Runs uv, by default with the disguised interpreter, and with the author's settings.

Indexes, mirrors, keys, constraints: from the `uv.toml` or `[tool.uv]` that stands nearest above the
documentation, from the user's and the system's `uv.toml`, and from the environment variables of uv;
where one of these is not set, from pip's variable of the same meaning. pip's files are not read.
"""

from __future__ import annotations

import os
import re
import subprocess
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

import uv

from asgi_docs.errors import LockError
from asgi_docs.package.full_disk import refuse_full_disk
from asgi_docs.package.interpreter import disguised_interpreter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_LINES_TO_SHOW = 6
_LINE_LENGTH = 400
# Settings of the surrounding build that would make uv look at another Python than ours.
_FOREIGN_SETTINGS = ("UV_SYSTEM_PYTHON", "UV_PYTHON", "UV_PYTHON_PLATFORM", "UV_COMPILE_BYTECODE")
# pip's variable -> the variables of uv that say the same, the one to set first.
_PIP_SETTINGS = {
    "PIP_INDEX_URL": ("UV_DEFAULT_INDEX", "UV_INDEX_URL"),
    "PIP_EXTRA_INDEX_URL": ("UV_EXTRA_INDEX_URL", "UV_INDEX"),
    "PIP_FIND_LINKS": ("UV_FIND_LINKS",),
    "PIP_CONSTRAINT": ("UV_CONSTRAINT",),
    "PIP_NO_INDEX": ("UV_NO_INDEX",),
    "PIP_CERT": ("SSL_CERT_FILE",),
}

_docs_folder: ContextVar[Path | None] = ContextVar("docs_folder", default=None)


@contextmanager
def settings_of(docs_folder: Path) -> Iterator[None]:
    """Let uv look for settings in this folder and above it, wherever the process was started.

    Everything that calls uv on the way would have to hand the folder on otherwise.
    """
    folder = docs_folder.absolute()
    while not folder.is_dir():  # it may be made later
        folder = folder.parent
    token = _docs_folder.set(folder)
    try:
        yield
    finally:
        _docs_folder.reset(token)


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
        if other := changed_file(run.stderr):
            raise LockError(
                f"{failure}: {other} is not the file that is locked, for its sha256 differs: "
                "restore the lock file, or upgrade this package in it with asgi-docs lock."
            )
        raise LockError(f"{failure}:\n{essence(run.stderr)}")
    return run.stdout


def uv_pip(
    arguments: list[str],
    python: str,
    *,
    stdin: str = "",
    variables: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run `uv pip …` for the given interpreter.

    Raises:
        FullDiskError: there is no room for its files.
    """
    docs_folder = _docs_folder.get()
    project = ("--project", str(docs_folder)) if docs_folder else ()
    return run_plain_uv(
        ["pip", *arguments, "--python", python, *project], stdin=stdin, variables=variables
    )


def run_plain_uv(
    arguments: list[str], *, stdin: str = "", variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `uv …`.

    Raises:
        FullDiskError: there is no room for its files.
    """
    run = subprocess.run(
        [uv.find_uv_bin(), *arguments, "--quiet", "--color=never", "--no-progress"],
        input=stdin,
        env={**author_settings(), "UV_PYTHON_DOWNLOADS": "never", **(variables or {})},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    refuse_full_disk(run, "uv")
    return run


def author_settings() -> dict[str, str]:
    """The environment variables that uv gets, with pip's where its own are not set."""
    settings = {key: text for key, text in os.environ.items() if key not in _FOREIGN_SETTINGS}
    for of_pip, of_uv in _PIP_SETTINGS.items():
        if settings.get(of_pip) and not any(settings.get(name) for name in of_uv):
            separator = "," if of_pip == "PIP_FIND_LINKS" else " "
            settings[of_uv[0]] = separator.join(settings[of_pip].split())
    return settings


def changed_file(output: str) -> str:
    """The package whose file has another hash than wanted, if that is what uv complains about."""
    found = re.search(r"Hash mismatch for `([^`]+)`", output)
    return found[1] if found else ""


def essence(output: str) -> str:
    """The few lines of uv's errors that tell the reason."""
    lines = [line.rstrip() for line in output.splitlines() if line.strip()]
    first = next((at for at, line in enumerate(lines) if line.startswith("error")), 0)
    texts = [re.sub(r"^\s*(error|cause):\s*", "", line).strip() for line in lines[first:]]
    cut = [text if len(text) <= _LINE_LENGTH else f"{text[:_LINE_LENGTH]} …" for text in texts]
    if len(cut) > _LINES_TO_SHOW:
        cut = [*cut[:_LINES_TO_SHOW], "…"]
    return "\n".join(f"  {text}" for text in cut)
