"""The options of a live block, each declared once."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from asgi_docs.block.excerpt import parse_lines
from asgi_docs.block.option_fields import (
    OptionTable,
    option,
    parse_classes,
    parse_flag,
    parse_text,
    wrong,
)
from asgi_docs.block.requests.curl import parse_command
from asgi_docs.block.requirements import normalise_requirements, split_requirements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from asgi_docs.block.requests.model import Request
    from asgi_docs.errors import BlockError

_CSS_LENGTH = re.compile(
    r"\d*\.?\d+(?:px|em|rem|ex|ch|lh|rlh|[sld]?v(?:h|w|min|max)|cm|mm|in|pt|pc)"
)
_GROUP = re.compile(r"[\w.-]+")
_VARIABLE = re.compile(r"[A-Za-z_]\w*", re.ASCII)

MOUNT_MODES = ("root_path", "stripped", "full")
LIFESPAN_MODES = ("auto", "on", "off")
SHOWN = ("both", "code", "none")


def _parse_file(value: str) -> str:
    return value.replace("\\", "/")


def _parse_app(value: str) -> str:
    if value.removesuffix("()").isidentifier():
        return value
    raise wrong(
        f"it is a name such as 'api', or a factory call such as 'make_app()', not {value!r}."
    )


def _parse_path(value: str) -> str:
    if value.startswith("//") or not value.startswith("/"):
        raise wrong(f"a path starts with one '/', not {value!r}.")
    if any(character.isspace() or not character.isprintable() for character in value):
        raise wrong(f"a path has no spaces ({value!r}); write %20 for a space.")
    return value


def _parse_requires(value: str) -> tuple[str, ...]:
    return normalise_requirements(split_requirements(value))


def _parse_files(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_parse_file(pattern) for pattern in value.split()))


def _parse_env(value: str) -> dict[str, str]:
    lexer = shlex.shlex(value, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = lexer.escape = ""
    try:
        settings = [setting.partition("=") for setting in lexer]
    except ValueError:
        raise wrong("a quotation mark has no partner.") from None
    for name, equals, _ in settings:
        if not equals or not _VARIABLE.fullmatch(name):
            raise wrong(
                f"variables are written as NAME=value, with quotes round a value that has spaces, "
                f"not {name + equals!r}."
            )
    return {name: text for name, _, text in settings}


def _parse_group(value: str) -> str:
    if _GROUP.fullmatch(value):
        return value
    raise wrong(f"it is a name of letters, digits, '-', '_' and '.', not {value!r}.")


def _parse_request(value: str) -> tuple[Request, ...]:
    lines = enumerate(value.splitlines(), start=1)
    return tuple(
        replace(parse_command(line, number), option="request")
        for number, line in lines
        if line.strip()
    )


def _parse_one_of(*values: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value in values:
            return value
        raise wrong(f"it is one of {', '.join(values)}, not {value!r}.")

    return parse


def _parse_height(value: str) -> str:
    if _CSS_LENGTH.fullmatch(value):
        return value
    raise wrong(f"it is a CSS length such as '20rem' or '300px', not {value!r}.")


@dataclass(frozen=True)
class Options:
    """The checked options of one block."""

    file: str | None = option(
        "file",
        _parse_file,
        "The Python file to show and run, in place of a body: relative to the page, "
        "or to the documentation folder when it starts with '/'.",
    )
    app: str | None = option(
        "app",
        _parse_app,
        "The application: a name in the code, or a factory call such as make_app(). "
        "By default app, else application, else the only ASGI application in sight.",
        may_be_default=True,
    )
    path: str = option(
        "path", _parse_path, "The page that the preview opens.", default="/", may_be_default=True
    )
    request: tuple[Request, ...] = option(
        "request",
        _parse_request,
        "Requests that the page shows with their recorded answers, one on a line: a method if it "
        'is not GET, a path, and curl\'s options, as in POST /books -d \'{"title": "Emma"}\'.',
        default=(),
    )
    requires: tuple[str, ...] = option(
        "requires",
        _parse_requires,
        "Packages that the code needs, beside those of its PEP 723 header.",
        default=(),
        may_be_default=True,
    )
    files: tuple[str, ...] = option(
        "files",
        _parse_files,
        "Further files of the app, as patterns such as shop/*.py or templates/**, written like "
        "'file' and with spaces between them.",
        default=(),
    )
    group: str | None = option(
        "group",
        _parse_group,
        "A name for blocks of one page that make one app grow: each shows its own code, and runs "
        "that of all blocks of the group up to itself.",
    )
    since: str | None = option(
        "since",
        parse_text,
        "The name of an earlier block of the page that this one goes on from: readers may look at "
        "what has changed. Without it: the block of the same group before.",
    )
    show: str = option(
        "show",
        _parse_one_of(*SHOWN),
        "What the page shows of the block: both, the code and the app; code, without the app; "
        "none, for set-up code that the later blocks of its group run.",
        default="both",
    )
    lines: tuple[tuple[int, int | None], ...] | None = option(
        "lines",
        parse_lines,
        "The lines of the code to show, such as 1-5, 9, 12-; all of it runs.",
    )
    pyobject: str | None = option(
        "pyobject",
        parse_text,
        "The class, function or method of the code to show, such as Shop.buy; all of it runs.",
    )
    env: Mapping[str, str] = option(
        "env",
        _parse_env,
        "Environment variables, written as NAME=value with spaces between them; "
        "set before the code is imported.",
        default_factory=dict,
        may_be_default=True,
    )
    mount: str = option(
        "mount",
        _parse_one_of(*MOUNT_MODES),
        "How the app is told the URL path that it is mounted at: root_path, as ASGI has it; "
        "stripped, for an app that must believe itself at '/'; full, for an app that is "
        "configured with the prefix itself.",
        default="root_path",
        may_be_default=True,
    )
    lifespan: str = option(
        "lifespan",
        _parse_one_of(*LIFESPAN_MODES),
        "Whether the app's startup and shutdown are run: auto, on or off, as in uvicorn.",
        default="auto",
        may_be_default=True,
    )
    run: bool = option(
        "run",
        parse_flag,
        "Whether the app starts by itself once its block comes into view; not for readers who "
        "save data.",
        default=False,
        may_be_default=True,
    )
    edit: bool = option(
        "edit",
        parse_flag,
        "Whether readers may edit the code.",
        default=True,
        may_be_default=True,
    )
    check: bool = option(
        "check",
        parse_flag,
        "Whether 'asgi-docs check' starts the app; no is for apps that are meant to fail.",
        default=True,
        may_be_default=True,
    )
    height: str | None = option(
        "height", _parse_height, "The height of the preview, a CSS length.", may_be_default=True
    )
    caption: str | None = option(
        "caption",
        parse_text,
        "A caption; also what a screen reader calls the block.",
        alias="title",
    )
    name: str | None = option("name", parse_text, "A name for references and links to the block.")
    classes: tuple[str, ...] = option(
        "class", parse_classes, "CSS classes for the code.", default=()
    )


_TABLE = OptionTable(Options)
OPTIONS = _TABLE.options
"""All options in the order of the reference."""


def given_fields(given: Iterable[str]) -> frozenset[str]:
    """The fields of `Options` that the author's names stand for."""
    return frozenset(_TABLE.fields[name] for name in given if name in _TABLE.fields)


def read_options(
    given: Mapping[str, str | None], *, host_options: Iterable[str] = ()
) -> tuple[Options, list[BlockError]]:
    """Check what the author wrote: `OptionTable.read` for a live block."""
    return _TABLE.read(given, host_options)
