"""Long commands with a progress display: seconds while they run, their output when they fail."""

from __future__ import annotations

import io
import itertools
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

CLEAR_LINE = "\r\x1b[2K"
REDRAW_SECONDS = 0.1
HEARTBEAT_SECONDS = 30
TAIL_BYTES = 4096
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


def run_side_by_side(
    title: str, commands: Mapping[str, Sequence[str | Path]], *, limit: float, telling: str
) -> dict[str, str]:
    """Run commands at the same time, each line of output behind its command's name.

    What runs longer than `limit` seconds is interrupted as Ctrl+C does, so that it can still tell
    how far it came. Gives what each has written.

    Raises:
        StepFailedError: One of them ended with an error or was interrupted; the reason repeats
            its lines that match `telling`.
    """
    say(f"{title} ...")
    started = time.monotonic()
    outputs: dict[str, list[str]] = {name: [] for name in commands}

    def relay(name: str, stream: IO[bytes]) -> None:
        for line in io.TextIOWrapper(stream, "utf-8", "replace"):
            outputs[name].append(line)
            say(f"{name} | {line.rstrip()}")

    with ExitStack() as stack:
        processes = {
            name: stack.enter_context(_process(title, command, stdout=subprocess.PIPE))
            for name, command in commands.items()
        }
        relays = []
        for name, process in processes.items():
            assert process.stdout is not None
            relays.append(threading.Thread(target=relay, args=(name, process.stdout), daemon=True))
            relays[-1].start()
        reasons = {}
        for name, process in processes.items():
            try:
                code = process.wait(max(0, started + limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                reasons[name] = f"{name} did not end within {limit:.0f} s"
                _interrupt(process)
            else:
                if code != 0:
                    reasons[name] = f"{name} ended with exit code {code}"
        for thread in relays:
            # A browser that outlives its test run would hold the pipe open.
            thread.join(LAST_WORDS_SECONDS)
    say(f"{title}: {'FAILED' if reasons else 'done'} in {time.monotonic() - started:.0f} s")
    if reasons:
        lines = [line.rstrip() for name in reasons for line in outputs[name]]
        told = [line for line in lines if re.match(telling, line)]
        raise StepFailedError(title, "\n".join(["; ".join(reasons.values()), *told]))
    return {name: "".join(lines) for name, lines in outputs.items()}


def run_openly(title: str, command: Sequence[str | Path], closing: str) -> str:
    """Run a command and show its output as it comes; gives the last line that matches `closing`.

    Raises:
        StepFailedError: The command is missing or its exit code is not 0.
    """
    say(f"{title} ...")
    tail = b""
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with _process(title, command, stdout=subprocess.PIPE, env=env) as process:
        assert isinstance(process.stdout, io.BufferedReader)
        # Not line by line: a line of dots grows for minutes.
        while chunk := process.stdout.read1():
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
            tail = (tail + chunk)[-TAIL_BYTES:]
        code = process.wait()
    lines = tail.decode("utf-8", "replace").strip().splitlines()
    # Not simply the last one: an interpreter may have a word to say at its end.
    last_line = next((line for line in reversed(lines) if re.search(closing, line)), "")
    if code != 0:
        raise StepFailedError(title, last_line or f"exit code {code}")
    return last_line


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
