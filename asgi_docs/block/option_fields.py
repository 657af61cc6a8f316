"""How options are declared and read: those of a live block, and those of requests."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from asgi_docs.block.advice import did_you_mean
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from _typeshed import DataclassInstance

_CLASS_NAME = re.compile(r"[A-Za-z][\w-]*", re.ASCII)

_Options = TypeVar("_Options", bound="DataclassInstance")


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


class OptionTable(Generic[_Options]):
    """The options that the fields of a dataclass declare.

    Attributes:
        options: all of them, in their order.
        fields: the names of the fields by all spellings of their options.
    """

    def __init__(self, kind: type[_Options]) -> None:
        self._kind = kind
        declared: list[tuple[str, Option]] = [
            (each.name, each.metadata["option"]) for each in fields(kind)
        ]
        self.options = tuple(option for _, option in declared)
        self._declared = {
            spelling: (field_name, option)
            for field_name, option in declared
            for spelling in (option.name, option.alias)
            if spelling
        }
        self.fields = {spelling: name for spelling, (name, _) in self._declared.items()}

    def read(
        self, given: Mapping[str, str | None], host_options: Iterable[str] = ()
    ) -> tuple[_Options, list[BlockError]]:
        """Check what the author wrote. Wrong options keep their default; all problems are reported.

        Args:
            given: option names and values as the author wrote them. Of two spellings of one option
                the first counts.
            host_options: further names that the docs tool takes itself; used for advice only.
        """
        values: dict[str, Any] = {}
        problems = []
        for name, text in given.items():
            try:
                values.setdefault(*self._read(name, text, host_options))
            except BlockError as problem:
                problems.append(
                    BlockError(str(problem), subtype="option", line=problem.line, option=name)
                )
        return self._kind(**values), problems

    def _read(self, name: str, text: str | None, host_options: Iterable[str]) -> tuple[str, Any]:
        if name not in self._declared:
            raise wrong(self._unknown(name, host_options))
        field_name, declared = self._declared[name]
        value = (text or "").strip()
        if declared.is_flag and value in ("", name):  # HTML's way, which superfences has, too
            value = "yes"
        if not value:
            raise wrong(f"option {name!r} needs a value.")
        try:
            return field_name, declared.parse(value)
        except BlockError as problem:
            raise wrong(f"option {name!r}: {problem}", problem.line) from None

    def _unknown(self, name: str, host_options: Iterable[str]) -> str:
        known = [each.name for each in self.options] + sorted(host_options)
        advice = did_you_mean(name, known, f"the options are {', '.join(known)}.")
        return f"unknown option {name!r}; {advice}"
