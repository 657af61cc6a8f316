"""What a page or the project says for all of its blocks, by the names of their options."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from asgi_docs.block.advice import did_you_mean
from asgi_docs.block.options import OPTIONS, Options
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from asgi_docs.block.option_fields import Option

Defaults = Mapping[str, Any]
"""Checked values by the names of their options."""

PAGE_KEY = "asgi_docs"
"""What they stand below in a page's front matter."""

DEFAULTS: tuple[Option, ...] = tuple(option for option in OPTIONS if option.may_be_default)
"""The options that a page or the project may set, in the order of the reference."""

_NAMES = [option.name for option in DEFAULTS]


def read_default(name: str, value: object) -> Any:
    """The checked value of one option.

    Args:
        name: of one of `DEFAULTS`.
        value: the author's text; or as YAML and Python have it, a list or a mapping.

    Raises:
        BlockError: it cannot be the option's value; the text does not name the option.
    """
    option = next(option for option in DEFAULTS if option.name == name)
    text = _as_text(value).strip()
    if not text:
        raise BlockError("a value is missing.", subtype="option", option=name)
    return option.parse(text)


def _as_text(value: object) -> str:
    if isinstance(value, Mapping):
        return "\n".join(f"{name}={shlex.quote(str(text))}" for name, text in value.items())
    if isinstance(value, (list, tuple, set, frozenset)):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def read_defaults(written: object) -> tuple[Defaults, list[BlockError]]:
    """Check what a page says. What is wrong counts as not said; every problem is reported."""
    if not isinstance(written, Mapping):
        sentence = (
            f"'{PAGE_KEY}' has the options of the page's blocks, as in "
            f"'{PAGE_KEY}: {{requires: fastapi}}', not {written!r}."
        )
        return {}, [BlockError(sentence, subtype="option", option=PAGE_KEY)]
    values: dict[str, Any] = {}
    problems = []
    for name, value in written.items():
        try:
            if name not in _NAMES:
                raise BlockError(_unknown(str(name)), subtype="option")
            values[name] = read_default(name, value)
        except BlockError as problem:
            about = "" if name not in _NAMES else f"option {name!r}: "
            problems.append(BlockError(f"{about}{problem}", subtype="option", option=str(name)))
    return values, problems


def _unknown(name: str) -> str:
    if any(name == option.name for option in OPTIONS):
        advice = "it is each block's own."
    else:
        advice = did_you_mean(name, _NAMES, f"the options are {', '.join(_NAMES)}.")
    return f"no option of all blocks: {name!r}; {advice}"


def merged(project: Defaults, page: Defaults) -> Defaults:
    """What holds for the blocks of a page: the page's own word comes first."""
    return {**project, **page, "env": {**project.get("env", {}), **page.get("env", {})}}


def with_defaults(options: Options, given: frozenset[str], defaults: Defaults) -> Options:
    """The options of a block, with the defaults where it says nothing.

    Requirements are left alone, since the code may name them, too.

    Args:
        options: those of the block.
        given: names of the options that the block has.
        defaults: for those that it has not.
    """
    values = {
        name: value
        for name, value in defaults.items()
        if name not in given and name not in ("requires", "env")
    }
    if env := defaults.get("env"):
        values["env"] = {**env, **options.env}
    return replace(options, **values) if values else options


def line_of_default(page: str, name: str) -> int:
    """The 1-based line of a page's text on which its front matter has the option, else has ours."""
    found = 1
    for number, line in enumerate(page.splitlines(), start=1):
        if re.match(rf"{PAGE_KEY}\s*:", line):
            found = number
        if found == 1:
            continue
        if re.search(rf"(?<![\w-]){re.escape(name)}[\"']?\s*:", line):
            return number
        if line.startswith(("---", "...")):
            break
    return found
