"""Long commands with a progress display: seconds while they run, their output when they fail."""

from __future__ import annotations

import itertools
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

CLEAR_LINE = "\r\x1b[2K"
REDRAW_SECONDS = 0.1
HEARTBEAT_SECONDS = 30
LAST_WORDS_SECONDS = 60


class StepFailedError(Exception):
    """A command ended with an error; `output` is all that it wrote and was not shown."""

    def __init__(self, title: str, reason: str, output: str = "") -> None:
        super().__init__(f"{title}: {reason}")
        self.reason = reason
        self.output = output


def say(text: str = "") -> None:
    """Print a line at once, also into a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def run_quietly(
    title: str, command: Sequence[str | Path], *, env: Mapping[str, str] | None = None
) -> None:
    """Run a command behind a progress display.

    Raises:
        StepFailedError: The command is missing or its exit code is not 0.
    """
    with tempfile.TemporaryFile() as output:
        started = time.monotonic()
        on_terminal = sys.stdout.isatty()
        if not on_terminal:
            say(f"{title} ...")
        with _process(title, command, env=env, stdout=output.fileno()) as process:
            code = _wait(process, title, started, on_terminal=on_terminal)
        seconds = time.monotonic() - started
        verdict = "done" if code == 0 else "FAILED"
        say(f"{CLEAR_LINE if on_terminal else ''}{title}: {verdict} in {seconds:.0f} s")
        if code != 0:
            output.seek(0)
            raise StepFailedError(
                title, f"exit code {code}", output.read().decode("utf-8", "replace")
            )


def run_openly(
    title: str,
    command: Sequence[str | Path],
    *,
    closing: str,
    telling: str,
    limit: float | None = None,
) -> str:
    """Run a command and show its output as it comes; gives the last line that matches `closing`.

    What runs longer than `limit` seconds is interrupted as Ctrl+C does, so that it can still tell
    how far it came.

    Raises:
        StepFailedError: The command is missing, its exit code is not 0 or it was interrupted; the
            reason repeats the lines that match `telling`.
    """
    say(f"{title} ...")
    output = bytearray()
    reason = ""
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with _process(title, command, stdout=subprocess.PIPE, env=env) as process:
        relay = threading.Thread(target=_relay, args=(process.stdout, output), daemon=True)
        relay.start()
        try:
            if code := process.wait(limit):
                reason = f"exit code {code}"
        except subprocess.TimeoutExpired:
            reason = f"did not end within {limit:.0f} s"
            _interrupt(process)
        # A browser that outlives its test run would hold the pipe open.
        relay.join(LAST_WORDS_SECONDS)
    lines = [line.rstrip() for line in output.decode("utf-8", "replace").splitlines()]
    # Not simply the last one: an interpreter may have a word to say at its end.
    last_line = next((line for line in reversed(lines) if re.search(closing, line)), "")
    if reason:
        told = [line for line in lines if re.match(telling, line)]
        raise StepFailedError(title, "\n".join([f"{reason}: {last_line}", *told]))
    return last_line


def _relay(stream: io.BufferedReader, output: bytearray) -> None:
    # Not line by line: a line of dots grows for minutes.
    while chunk := stream.read1():
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        output += chunk


def _interrupt(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(LAST_WORDS_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def _process(
    title: str,
    command: Sequence[str | Path],
    *,
    stdout: int,
    env: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.STDOUT, env=env
        )
    except FileNotFoundError as error:
        raise StepFailedError(title, f"there is no program {command[0]}") from error
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _wait(
    process: subprocess.Popen[bytes], title: str, started: float, *, on_terminal: bool
) -> int:
    spinner = itertools.cycle("|/-\\")
    while True:
        try:
            return process.wait(REDRAW_SECONDS if on_terminal else HEARTBEAT_SECONDS)
        except subprocess.TimeoutExpired:
            seconds = time.monotonic() - started
            if on_terminal:
                sys.stdout.write(f"{CLEAR_LINE}{next(spinner)} {title}: {seconds:.0f} s")
                sys.stdout.flush()
            else:
                say(f"  still running after {seconds:.0f} s")
