"""Requests that stand in a page by themselves, as a docs tool hands them over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs.block.option_fields import OptionTable, option, parse_classes, parse_text, wrong
from asgi_docs.block.requests.authored_tasks import TaskOptions, make_task, options_in_notes
from asgi_docs.block.requests.http_text import parse_name, parse_requests
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from asgi_docs.block.requests.model import Request


@dataclass(frozen=True)
class RequestOptions(TaskOptions):
    """The options of requests."""

    block: str = option(
        "block",
        parse_text,
        "The name of the live block whose app is asked; without it, the nearest one before.",
        default="",
    )
    name: str = option(
        "name",
        parse_name,
        "A name by which later requests refer to the answer, as in {{create.body.id}}.",
        default="",
    )
    caption: str | None = option("caption", parse_text, "A caption.", alias="title")
    classes: tuple[str, ...] = option(
        "class", parse_classes, "CSS classes for the request.", default=()
    )


REQUEST_OPTIONS = OptionTable(RequestOptions)


@dataclass(frozen=True)
class RequestReading:
    """What became of it.

    Attributes:
        options: the checked options; defaults where the author's were wrong.
        requests: none where there are problems: the page then shows the text as code.
        problems: everything that was found wrong.
        sources: files that were read, or would be if they were there.
    """

    options: RequestOptions
    requests: tuple[Request, ...]
    problems: tuple[BlockError, ...]
    sources: tuple[Path, ...] = ()


def read_requests(
    given: Mapping[str, str | None],
    body: str,
    host_options: Iterable[str] = (),
    locate: Callable[[str], Path] = Path,
) -> RequestReading:
    """Check options and text together.

    Args:
        given: option names and values, unchecked.
        body: requests in HTTP text.
        host_options: names of options that the docs tool takes itself.
        locate: turns a path as the author writes it into one on disk.
    """
    options, problems = REQUEST_OPTIONS.read(given, host_options)
    requests: list[Request] = []
    sources: list[Path] = []
    try:
        requests = parse_requests(body)
        if options.name:
            requests = [_named(requests, options.name)]
        requests = _with_tasks(requests, options, locate, sources)
    except BlockError as problem:
        problems.append(problem)
    return RequestReading(
        options, () if problems else tuple(requests), tuple(problems), tuple(sources)
    )


def _with_tasks(
    requests: list[Request],
    options: RequestOptions,
    locate: Callable[[str], Path],
    sources: list[Path],
) -> list[Request]:
    if name := options.first_given:
        return [replace(_only(requests, name), task=make_task(options, locate, sources))]
    return [
        replace(each, task=make_task(options_in_notes(each.notes), locate, sources))
        for each in requests
    ]


def _named(requests: list[Request], name: str) -> Request:
    request, *others = requests
    if others or request.name not in ("", name):
        problem = wrong("option 'name': here each request has its name behind '###'.")
        problem.option = "name"
        raise problem
    return replace(request, name=name)


def _only(requests: list[Request], option: str) -> Request:
    if len(requests) == 1:
        return requests[0]
    problem = wrong(
        f"option {option!r}: there are several requests here, so write it before the one that it "
        f"is about, as in '# @{option} …'."
    )
    problem.option = option
    raise problem
