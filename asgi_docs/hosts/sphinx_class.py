"""Ordinary code blocks that are live: by the class `asgi-live`, or by `asgi_docs_files`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from asgi_docs.block.author import Authored, Reading, read_block
from asgi_docs.block.model import LiveBlock
from asgi_docs.block.patterns import absolute, is_example
from asgi_docs.errors import BlockError
from asgi_docs.hosts.nesting import comparable
from asgi_docs.hosts.sphinx_defaults import defaults_of_page
from asgi_docs.hosts.sphinx_node import (
    asgi_live,
    groups_of_page,
    make_node,
    place_in_docs,
    tell,
    with_file_name,
)
from asgi_docs.hosts.sphinx_request import request_of_block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from asgi_docs.block.parts import Part
    from asgi_docs.hosts.sphinx_node import Place

_CLASS = "asgi-live"
_PYTHON = frozenset({"default", "py", "py3", "python", "python3"})


class MakeCodeBlocksLive(SphinxTransform):
    """Puts code blocks that are to be live into the node of a live block."""

    default_priority = 490  # after docutils has given the class of `.. class::` to what follows it

    def apply(self, **_: Any) -> None:
        """Look at every code block of the page that is not live yet, and at the page's groups."""
        wanted = (nodes.Admonition, nodes.literal_block)
        elements: list[nodes.Element] = [
            node for node in self.document.findall() if isinstance(node, wanted)
        ]
        titles = dict(self._in_admonitions(elements))
        for literal in elements:
            if not isinstance(literal, nodes.literal_block) or _is_inside(literal, asgi_live):
                continue
            asked = literal in titles or _CLASS in literal["classes"]
            if _CLASS in literal["classes"]:
                literal["classes"].remove(_CLASS)
            if asked or self._is_example(literal):
                self._make_live(literal, titles.get(literal), asked=asked)
        for source, problem in groups_of_page(self.env).problems():
            path, line = source.rsplit(":", 1)
            tell(problem, (str(absolute(Path(self.env.srcdir, path))), int(line)))

    def _in_admonitions(
        self, elements: Sequence[nodes.Element]
    ) -> Iterator[tuple[nodes.Node, str | None]]:
        """The Python code in admonitions that have our class, with their titles."""
        for admonition in elements:
            if not isinstance(admonition, nodes.Admonition) or _CLASS not in admonition["classes"]:
                continue
            titles = (node for node in admonition.children if isinstance(node, nodes.title))
            title = next((node.astext() for node in titles), None)
            found = [each for each in admonition.findall(nodes.literal_block) if self._python(each)]
            for literal in found:
                yield literal, title
            for live in admonition.findall(asgi_live):
                block = LiveBlock.from_json(live["data"])
                live["data"] = replace(block, caption=block.caption or title).to_json()
            if not found:
                problem = BlockError("the admonition has no Python code to run.", subtype="app")
                tell(problem, _place_of(admonition))

    def _python(self, literal: nodes.literal_block) -> bool:
        language = literal.get("language", self.config.highlight_language)
        return language.lower() in _PYTHON

    def _is_example(self, literal: nodes.literal_block) -> bool:
        file = literal.get("source")  # of `literalinclude`, which gives the file's full path
        return bool(
            file
            and self._python(literal)
            and is_example(Path(file), self.config.asgi_docs_files, Path(self.app.confdir))
        )

    def _make_live(self, literal: nodes.literal_block, title: str | None, *, asked: bool) -> None:
        path, line = _place_of(literal)
        file = literal.get("source")
        reading = read_block(
            Authored(
                given={},
                body=literal.astext(),
                source=place_in_docs((path, line), self.env),
                locate=lambda written: Path(self.env.relfn2path(written)[1]),
                included=absolute(Path(file)) if file else None,
                defaults=defaults_of_page(self.env, self.document),
            )
        )
        for problem in (*reading.problems, *reading.advice):
            tell(problem, _place_in_code(problem.line, reading, literal), asked=asked)
        if reading.block is None:
            if asked:
                literal["force"] = True  # no second warning, from the lexer
            return
        shown: nodes.Element = literal
        if isinstance(literal.parent, nodes.container) and literal.parent.get("literal_block"):
            shown = literal.parent  # with the caption
        requests = [
            request_of_block(request, _place_in_code(request.line, reading, literal), self.env)
            for request in reading.requests
        ]
        around, index = shown.parent, shown.parent.index(shown)
        shown_parts = _in_parts(shown, literal, reading.parts)
        for each in shown_parts:
            if each is not shown and not each["ids"]:  # for numfig, as Sphinx' AutoNumbering does
                self.document.note_implicit_target(each)
        live = make_node(replace(reading.block, caption=title), shown_parts)
        live.source, live.line = path, line
        around[index : index + 1] = [live, *requests]


def _in_parts(
    shown: nodes.Element, literal: nodes.literal_block, parts: Sequence[Part]
) -> list[nodes.Element]:
    """The code block, or one for each file that is in it."""
    first, *others = parts
    text = first.text.rstrip("\n")
    if text != literal.astext().rstrip("\n"):
        literal.rawsource = text  # the writers highlight what equals its source
        literal.children = []
        literal += nodes.Text(text)
    if not others:
        return [shown]
    made: list[nodes.Element] = [
        shown if shown is not literal else with_file_name(literal, first.name)
    ]
    for part in others:
        text = part.text.rstrip("\n")
        code = nodes.literal_block(text, text, language=part.language, force=True)
        code["classes"] = list(literal["classes"])
        code["linenos"] = literal.get("linenos", False)
        made.append(with_file_name(code, part.name))
    return made


def _is_inside(node: nodes.Element, kind: type[nodes.Element]) -> bool:
    parent = node.parent
    while parent is not None and not isinstance(parent, kind):
        parent = parent.parent
    return parent is not None


def _place_of(node: nodes.Element) -> Place:
    while node.line is None and node.parent is not None:
        node = node.parent
    source = str(node.source or "<unknown>")
    in_docstring = ":docstring of " in source
    return source if in_docstring else str(absolute(Path(source))), node.line or 1


def _place_in_code(line: int | None, reading: Reading, literal: nodes.literal_block) -> Place:
    path, opening = _place_of(literal)
    if line is None:
        return path, opening
    if reading.file:
        return str(reading.file), line
    first = _first_line(path, opening, literal.astext())
    return path, opening if first is None else first + line - 1


def _first_line(path: str, opening: int, code: str) -> int | None:
    """The line on which code begins; docutils knows only that of the directive.

    Args:
        path: of the page.
        opening: line of the directive.
        code: as the directive has it, without indentation and quote marks.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    wanted = comparable(code.splitlines())
    written = comparable(lines)
    for start in range(opening - 1, len(written) - len(wanted) + 1):
        if written[start : start + len(wanted)] == wanted:
            return start + 1
    return None
