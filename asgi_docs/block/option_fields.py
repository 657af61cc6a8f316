"""How options are declared and read: those of a live block, and those of requests."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar

from asgi_docs.block.advice import did_you_mean
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_CLASS_NAME = re.compile(r"[A-Za-z][\w-]*", re.ASCII)

_Options = TypeVar("_Options")


def wrong(sentence: str, line: int | None = None) -> BlockError:
    """The error of a parser of one option."""
    return BlockError(sentence, subtype="option", line=line)


def parse_text(value: str) -> str:
    """Text in one line."""
    return " ".join(value.split())


def parse_flag(value: str) -> bool:
    """Yes or no."""
    if value.lower() in ("yes", "true", "on", "1"):
        return True
    if value.lower() in ("no", "false", "off", "0"):
        return False
    raise wrong(f"it is yes or no, not {value!r}.")


def parse_classes(value: str) -> tuple[str, ...]:
    """Names of CSS classes."""
    classes = tuple(value.split())
    for name in classes:
        if not _CLASS_NAME.fullmatch(name):
            raise wrong(f"{name!r} is not a CSS class name; use letters, digits, '-' and '_'.")
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


def option(
    name: str,
    parse: Callable[[str], Any],
    help: str,  # noqa: A002
    *,
    default: Any = None,
    default_factory: Callable[[], Any] | None = None,
    alias: str = "",
    may_be_default: bool = False,
) -> Any:
    """A field of a dataclass that is one option."""
    declared = Option(name, help, parse, alias, parse is parse_flag, may_be_default)
    metadata = {"option": declared}
    if default_factory:
        return field(default_factory=default_factory, metadata=metadata)
    return field(default=default, metadata=metadata)


def options_of(kind: type[Any]) -> tuple[Option, ...]:
    """All options of a dataclass, in their order."""
    return tuple(each.metadata["option"] for each in fields(kind))


def fields_of(kind: type[Any]) -> dict[str, str]:
    """The fields of a dataclass of options by all spellings."""
    return {
        spelling: each.name
        for each in fields(kind)
        for spelling in (each.metadata["option"].name, each.metadata["option"].alias)
        if spelling
    }


def read_fields(
    kind: type[_Options], given: Mapping[str, str | None], host_options: Iterable[str]
) -> tuple[_Options, list[BlockError]]:
    """Check what the author wrote. Wrong options keep their default; every problem is reported.

    Args:
        kind: the dataclass of the options.
        given: option names and values as the author wrote them. Of two spellings of one option
            the first counts.
        host_options: further names that the docs tool takes itself; used for advice only.
    """
    values: dict[str, Any] = {}
    problems = []
    for name, text in given.items():
        try:
            values.setdefault(*_read(kind, name, text, host_options))
        except BlockError as problem:
            problems.append(
                BlockError(str(problem), subtype="option", line=problem.line, option=name)
            )
    return kind(**values), problems


def _read(
    kind: type[Any], name: str, text: str | None, host_options: Iterable[str]
) -> tuple[str, Any]:
    field_of = fields_of(kind)
    if name not in field_of:
        raise wrong(_unknown(kind, name, host_options))
    declared = next(each for each in options_of(kind) if name in (each.name, each.alias))
    value = (text or "").strip()
    if declared.is_flag and value in ("", name):  # HTML's way, which superfences has, too
        value = "yes"
    if not value:
        raise wrong(f"option {name!r} needs a value.")
    try:
        return field_of[name], declared.parse(value)
    except BlockError as problem:
        raise wrong(f"option {name!r}: {problem}", problem.line) from None


def _unknown(kind: type[Any], name: str, host_options: Iterable[str]) -> str:
    known = [each.name for each in options_of(kind)] + sorted(host_options)
    advice = did_you_mean(name, known, f"the options are {', '.join(known)}.")
    return f"unknown option {name!r}; {advice}"
