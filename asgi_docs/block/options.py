"""The options of a live block, each declared once."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from asgi_docs.block.advice import did_you_mean
from asgi_docs.block.excerpt import parse_lines
from asgi_docs.block.requests.curl import parse_command
from asgi_docs.block.requirements import normalise_requirements, split_requirements
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from asgi_docs.block.requests.model import Request

_CSS_LENGTH = re.compile(
    r"\d*\.?\d+(?:px|em|rem|ex|ch|lh|rlh|[sld]?v(?:h|w|min|max)|cm|mm|in|pt|pc)"
)
_CLASS_NAME = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_GROUP = re.compile(r"[\w.-]+")
_VARIABLE = re.compile(r"[A-Za-z_]\w*", re.ASCII)

MOUNT_MODES = ("root_path", "stripped", "full")
LIFESPAN_MODES = ("auto", "on", "off")
SHOWN = ("both", "code", "none")


def _wrong(sentence: str) -> BlockError:
    return BlockError(sentence, subtype="option")


def _parse_text(value: str) -> str:
    return " ".join(value.split())


def _parse_file(value: str) -> str:
    return value.replace("\\", "/")


def _parse_app(value: str) -> str:
    if value.removesuffix("()").isidentifier():
        return value
    raise _wrong(
        f"it is a name such as 'api', or a factory call such as 'make_app()', not {value!r}."
    )


def _parse_path(value: str) -> str:
    if value.startswith("//") or not value.startswith("/"):
        raise _wrong(f"a path starts with one '/', not {value!r}.")
    if any(character.isspace() or not character.isprintable() for character in value):
        raise _wrong(f"a path has no spaces ({value!r}); write %20 for a space.")
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
        raise _wrong("a quotation mark has no partner.") from None
    for name, equals, _ in settings:
        if not equals or not _VARIABLE.fullmatch(name):
            raise _wrong(
                f"variables are written as NAME=value, with quotes round a value that has spaces, "
                f"not {name + equals!r}."
            )
    return {name: text for name, _, text in settings}


def _parse_group(value: str) -> str:
    if _GROUP.fullmatch(value):
        return value
    raise _wrong(f"it is a name of letters, digits, '-', '_' and '.', not {value!r}.")


def _parse_request(value: str) -> tuple[Request, ...]:
    return tuple(parse_command(line) for line in value.splitlines() if line.strip())


def _parse_flag(value: str) -> bool:
    if value.lower() in ("yes", "true", "on"):
        return True
    if value.lower() in ("no", "false", "off"):
        return False
    raise _wrong(f"it is yes or no, not {value!r}.")


def _parse_one_of(*values: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value in values:
            return value
        raise _wrong(f"it is one of {', '.join(values)}, not {value!r}.")

    return parse


def _parse_height(value: str) -> str:
    if _CSS_LENGTH.fullmatch(value):
        return value
    raise _wrong(f"it is a CSS length such as '20rem' or '300px', not {value!r}.")


def _parse_classes(value: str) -> tuple[str, ...]:
    classes = tuple(value.split())
    for name in classes:
        if not _CLASS_NAME.fullmatch(name):
            raise _wrong(f"{name!r} is not a CSS class name; use letters, digits, '-' and '_'.")
    return classes


@dataclass(frozen=True)
class Option:
    """How one option is written and read.

    Attributes:
        name: what the author types.
        help: one sentence for the reference.
        parse: turns the author's text into the value; raises BlockError.
        alias: a second spelling, or an empty string.
        is_flag: whether the name alone means yes.
        may_be_default: whether a page or the project may set it for all blocks.
    """

    name: str
    help: str
    parse: Callable[[str], Any]
    alias: str = ""
    is_flag: bool = False
    may_be_default: bool = False


def _option(
    name: str,
    parse: Callable[[str], Any],
    help: str,  # noqa: A002
    *,
    default: Any = None,
    default_factory: Callable[[], Any] | None = None,
    alias: str = "",
    may_be_default: bool = False,
) -> Any:
    option = Option(name, help, parse, alias, parse is _parse_flag, may_be_default)
    metadata = {"option": option}
    if default_factory:
        return field(default_factory=default_factory, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True)
class Options:
    """The checked options of one block."""

    file: str | None = _option(
        "file",
        _parse_file,
        "The Python file to show and run, in place of a body: relative to the page, "
        "or to the documentation folder when it starts with '/'.",
    )
    app: str | None = _option(
        "app",
        _parse_app,
        "The application: a name in the code, or a factory call such as make_app(). "
        "By default app, else application, else the only ASGI application in sight.",
        may_be_default=True,
    )
    path: str = _option(
        "path", _parse_path, "The page that the preview opens.", default="/", may_be_default=True
    )
    request: tuple[Request, ...] = _option(
        "request",
        _parse_request,
        "Requests that the page shows with their recorded answers, one on a line: a method if it "
        'is not GET, a path, and curl\'s options, as in POST /books -d \'{"title": "Emma"}\'.',
        default=(),
    )
    requires: tuple[str, ...] = _option(
        "requires",
        _parse_requires,
        "Packages that the code needs, beside those of its PEP 723 header.",
        default=(),
        may_be_default=True,
    )
    files: tuple[str, ...] = _option(
        "files",
        _parse_files,
        "Further files of the app, as patterns such as shop/*.py or templates/**, written like "
        "'file' and with spaces between them.",
        default=(),
    )
    group: str | None = _option(
        "group",
        _parse_group,
        "A name for blocks of one page that make one app grow: each shows its own code, and runs "
        "that of all blocks of the group up to itself.",
    )
    show: str = _option(
        "show",
        _parse_one_of(*SHOWN),
        "What the page shows of the block: both, the code and the app; code, without the app; "
        "none, for set-up code that the later blocks of its group run.",
        default="both",
    )
    lines: tuple[tuple[int, int | None], ...] | None = _option(
        "lines",
        parse_lines,
        "The lines of the code to show, such as 1-5, 9, 12-; all of it runs.",
    )
    pyobject: str | None = _option(
        "pyobject",
        _parse_text,
        "The class, function or method of the code to show, such as Shop.buy; all of it runs.",
    )
    env: Mapping[str, str] = _option(
        "env",
        _parse_env,
        "Environment variables, written as NAME=value with spaces between them; "
        "set before the code is imported.",
        default_factory=dict,
        may_be_default=True,
    )
    mount: str = _option(
        "mount",
        _parse_one_of(*MOUNT_MODES),
        "How the app is told the URL path that it is mounted at: root_path, as ASGI has it; "
        "stripped, for an app that must believe itself at '/'; full, for an app that is "
        "configured with the prefix itself.",
        default="root_path",
        may_be_default=True,
    )
    lifespan: str = _option(
        "lifespan",
        _parse_one_of(*LIFESPAN_MODES),
        "Whether the app's startup and shutdown are run: auto, on or off, as in uvicorn.",
        default="auto",
        may_be_default=True,
    )
    run: bool = _option(
        "run",
        _parse_flag,
        "Whether the app starts by itself once its block comes into view; not for readers who "
        "save data.",
        default=False,
        may_be_default=True,
    )
    edit: bool = _option(
        "edit",
        _parse_flag,
        "Whether readers may edit the code.",
        default=True,
        may_be_default=True,
    )
    check: bool = _option(
        "check",
        _parse_flag,
        "Whether 'asgi-docs check' starts the app; no is for apps that are meant to fail.",
        default=True,
        may_be_default=True,
    )
    height: str | None = _option(
        "height", _parse_height, "The height of the preview, a CSS length.", may_be_default=True
    )
    caption: str | None = _option(
        "caption",
        _parse_text,
        "A caption; also what a screen reader calls the block.",
        alias="title",
    )
    name: str | None = _option("name", _parse_text, "A name for references and links to the block.")
    classes: tuple[str, ...] = _option(
        "class", _parse_classes, "CSS classes for the code.", default=()
    )


OPTIONS: tuple[Option, ...] = tuple(each.metadata["option"] for each in fields(Options))
"""All options in the order of the reference."""

_FIELD_OF = {
    spelling: each.name
    for each in fields(Options)
    for spelling in (each.metadata["option"].name, each.metadata["option"].alias)
    if spelling
}


def given_fields(given: Iterable[str]) -> frozenset[str]:
    """The fields of `Options` that the author's names stand for."""
    return frozenset(_FIELD_OF[name] for name in given if name in _FIELD_OF)


def read_options(
    given: Mapping[str, str | None], *, host_options: Iterable[str] = ()
) -> tuple[Options, list[BlockError]]:
    """Check what the author wrote. Wrong options keep their default; every problem is reported.

    Args:
        given: option names and values as the author wrote them. Of two spellings of one option
            the first counts.
        host_options: further names that the docs tool takes itself; used for advice only.
    """
    values: dict[str, Any] = {}
    problems = []
    for name, text in given.items():
        try:
            values.setdefault(*_read_option(name, text, host_options))
        except BlockError as problem:
            problems.append(BlockError(str(problem), subtype="option", option=name))
    return Options(**values), problems


def _read_option(name: str, text: str | None, host_options: Iterable[str]) -> tuple[str, Any]:
    if name not in _FIELD_OF:
        raise _wrong(_unknown(name, host_options))
    option = next(option for option in OPTIONS if name in (option.name, option.alias))
    value = (text or "").strip()
    if not value and option.is_flag:
        value = "yes"
    if not value:
        raise _wrong(f"option {name!r} needs a value.")
    try:
        return _FIELD_OF[name], option.parse(value)
    except BlockError as problem:
        raise _wrong(f"option {name!r}: {problem}") from None


def _unknown(name: str, host_options: Iterable[str]) -> str:
    known = [option.name for option in OPTIONS] + sorted(host_options)
    advice = did_you_mean(name, known, f"the options are {', '.join(known)}.")
    return f"unknown option {name!r}; {advice}"
