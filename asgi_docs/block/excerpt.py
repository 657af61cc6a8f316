"""The part of a block's code that the page shows; all of it runs."""

from __future__ import annotations

import ast
import re
from textwrap import dedent
from typing import TYPE_CHECKING

from asgi_docs.block.advice import did_you_mean
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from collections.abc import Iterator

Ranges = tuple[tuple[int, int | None], ...]
"""First and last lines, 1-based; None for the last one of all."""

_RANGE = re.compile(r"(?P<first>[1-9]\d*)(?P<to>-(?P<last>[1-9]\d*)?)?")


def parse_lines(text: str) -> Ranges:
    """Read lines and ranges such as `1-5, 9, 12-`.

    Raises:
        BlockError: the text is something else.
    """
    ranges = []
    for part in re.split(r"[,\s]+", text):
        found = _RANGE.fullmatch(part)
        if not found:
            raise BlockError(
                f"lines are written as in '1-5, 9, 12-', not {text!r}.", subtype="option"
            )
        first = int(found["first"])
        last = None if found["to"] and not found["last"] else int(found["last"] or first)
        ranges.append((first, last))
    return tuple(ranges)


def excerpt(code: str, pyobject: str | None, lines: Ranges | None) -> str:
    """The part to show, without the indentation that all of its lines have.

    Args:
        code: all of it.
        pyobject: a class, function or method of it, such as `Shop.buy`.
        lines: lines of it, or of that object.

    Raises:
        BlockError: there is no such part.
    """
    if pyobject:
        code = _object(code, pyobject)
    if lines:
        code = _lines(code, lines)
    return dedent(code) if pyobject or lines else code


def _lines(code: str, ranges: Ranges) -> str:
    written = code.splitlines(keepends=True)
    for first, last in ranges:
        if max(first, last or first) > len(written):
            raise BlockError(
                f"option 'lines': there is no line {max(first, last or first)}, the last one is "
                f"{len(written)}.",
                subtype="option",
                option="lines",
            )
    return "".join(line for first, last in ranges for line in written[first - 1 : last])


def _object(code: str, wanted: str) -> str:
    try:
        objects = dict(_objects(ast.parse(code)))
    except (SyntaxError, ValueError):  # told of the code itself
        return code
    if wanted not in objects:
        advice = did_you_mean(wanted, objects, "name a class, function or method.")
        raise BlockError(
            f"option 'pyobject': the code has no {wanted!r}; {advice}",
            subtype="option",
            option="pyobject",
        )
    first, last = objects[wanted]
    return "".join(code.splitlines(keepends=True)[first - 1 : last])


def _objects(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, tuple[int, int]]]:
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        first = min(each.lineno for each in (node, *node.decorator_list))
        yield prefix + node.name, (first, node.end_lineno or node.lineno)
        yield from _objects(node, f"{prefix}{node.name}.")
