"""Tasks as authors write them: in options of a request, or in comments such as `# @expect 201`."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asgi_docs.block.option_fields import OptionTable, option, parse_text, wrong
from asgi_docs.block.requests.tasks import Task, parse_expect, parse_hints
from asgi_docs.block.source import parse_code
from asgi_docs.block.source_files import read_source
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from asgi_docs.block.requests.notes import Note


@dataclass(frozen=True)
class TaskOptions:
    """The options of a task."""

    expect: tuple[int, str] | None = option(
        "expect",
        parse_expect,
        "Makes a task of the request: the status that the reader is to make the app answer, and "
        'behind it what the body is to contain, as in 201, 200 Hello or 201 {"title": "Emma"}.',
    )
    task: str = option(
        "task", parse_text, "The task in your own words, with code in backticks.", default=""
    )
    hint: tuple[str, ...] = option(
        "hint",
        parse_hints,
        "Hints for the task, one on a line; a reader gets them one by one.",
        default=(),
    )
    solution: str | None = option(
        "solution",
        lambda value: value.replace("\\", "/"),
        "A Python file that does the task, written like 'file' of a block: 'asgi-docs check' runs "
        "it in place of the block's code, and readers may look at it after the hints.",
    )

    @property
    def first_given(self) -> str:
        """The name of one that the author has given, or an empty string."""
        return next((name for name in _TASK_OPTIONS.fields if getattr(self, name)), "")


_TASK_OPTIONS = OptionTable(TaskOptions)


def options_in_notes(notes: Sequence[Note]) -> TaskOptions:
    """The options that stand in comments before a request.

    Raises:
        BlockError: one is wrong; with its line.
    """
    known = _TASK_OPTIONS.fields
    given: dict[str, str | None] = {}
    for note in notes:
        if note.name in known:
            before = given.get(note.name)
            given[note.name] = f"{before}\n{note.text}" if before else note.text
        elif near := difflib.get_close_matches(note.name, [*known, "name"], n=1):
            # Other words are notes to other programs that read such text.
            raise wrong(f"unknown comment '@{note.name}'; did you mean '@{near[0]}'?", note.line)
    options, problems = _TASK_OPTIONS.read(given)
    for problem in problems:
        problem.line = next(each.line for each in notes if each.name == problem.option)
        problem.option = None
        raise problem
    if name := options.first_given if not options.expect else "":
        raise wrong(_without_expect(name), next(each.line for each in notes if each.name == name))
    return options


def make_task(
    options: TaskOptions, locate: Callable[[str], Path], sources: list[Path]
) -> Task | None:
    """The task that options make of a request, or None.

    Args:
        options: those of the request.
        locate: turns a path as the author writes it into one on disk.
        sources: receives the file with the solution.

    Raises:
        BlockError: the options do not fit together, or the solution cannot be read.
    """
    if not options.expect:
        if name := options.first_given:
            problem = wrong(_without_expect(name))
            problem.option = name
            raise problem
        return None
    status, body = options.expect
    return Task(
        status=status,
        body=body,
        words=options.task,
        hints=options.hint,
        solution=_solution(options.solution, locate, sources),
    )


def _without_expect(name: str) -> str:
    return (
        f"option {name!r}: there is no task without 'expect', which has the status that the app is "
        "to answer, such as 201."
    )


def _solution(
    written: str | None, locate: Callable[[str], Path], sources: list[Path]
) -> str | None:
    if not written:
        return None
    file = locate(written)
    sources.append(file)
    text = read_source(file, written, "solution")
    try:
        parse_code(text)
    except BlockError as problem:
        place = f"{written}:{problem.line}" if problem.line else written
        raise BlockError(
            f"option 'solution', {place}: {problem}", subtype="file", option="solution"
        ) from None
    return text
