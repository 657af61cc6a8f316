"""How the commands talk to a person."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


def say(line: str, *, stderr: bool = False) -> None:
    """Print a line as it is."""
    # Not wrapped, and no part of it read as rich's markup.
    Console(stderr=stderr, soft_wrap=True, highlight=False).print(Text(line))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines with columns that are as wide as they must be; none without rows."""
    lines = [head, *rows]
    if len(lines) == 1:
        return []
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]


def count(number: int, noun: str) -> str:
    """Such as `1 package` or `2 packages`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """The way to tell what takes time: a moving line on a terminal, and nothing in a log."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as line:
        task = line.add_task("Reading the pages", total=None)
        yield lambda sentence: line.update(task, description=sentence)
