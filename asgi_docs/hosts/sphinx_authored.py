"""What both directives have in common: their options, their text, and the place of each line."""

from __future__ import annotations

import os
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.directives.code import CodeBlock

from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from asgi_docs.hosts.sphinx_node import Place

_WORD = re.compile(
    r"""\s*(?P<name>[A-Za-z][\w-]*)(?:=(?P<quote>["'])(?P<value>.*?)(?P=quote))?(?=\s|$)"""
)
OF_CODE_BLOCK = frozenset({"linenos", "lineno-start", "emphasize-lines"})
"""The options that a code block of Sphinx checks itself."""


class AnyOption(dict[str, "Callable[[str], Any]"]):
    """An option_spec that lets every option through.

    docutils drops the whole directive, code included, at the first unknown or wrong option; ours
    are checked by `asgi_docs.block`, which reports them and keeps the code.
    """

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__(dict.fromkeys(known, directives.unchanged))

    def __missing__(self, _name: str) -> Callable[[str], Any]:
        return directives.unchanged


def _as_in_sphinx(words: dict[str, str | None]) -> dict[str, str | None]:
    """The words of a fence that was written for a Markdown tool, in Sphinx's spelling."""
    words = dict(words)
    if "hl_lines" in words:
        words["emphasize-lines"] = ",".join((words.pop("hl_lines") or "").split())
    if "linenums" in words:
        words["lineno-start"] = words.pop("linenums")
    return words


def _absolute(path: str) -> str:
    """The path in full; docutils names included files relative to the current folder."""
    return os.path.abspath(path)  # noqa: PTH100  resolve() would follow symbolic links


class AuthoredDirective(CodeBlock):
    """A code block whose options are ours."""

    required_arguments = 0
    optional_arguments = 1
    final_argument_whitespace = True

    def locate(self) -> None:
        """Note where the directive and its content stand; the first thing to do."""
        source, self.first_line = self.get_source_info()
        self.file = _absolute(source)
        self._written = self.content  # a code block puts another in its place

    def place_of(
        self, *, option: str | None = None, line: int | None = None, file: Path | None = None
    ) -> Place:
        """Where something is wrong.

        Args:
            option: name of the option, or None.
            line: of the option's value; else of the file, or of the content.
            file: the one that was read in place of the content.
        """
        if option:
            return self.file, self.first_line + self._lines_to_option(option, line)
        if line is None or not (file or self.places):
            return self.file, self.first_line
        if file:
            return str(file), line
        return self.places[min(line, len(self.places)) - 1]

    def words(self, argument: str) -> dict[str, str | None]:
        """The options behind the name of a MyST fence.

        Raises:
            BlockError: they cannot be read.
        """
        words: dict[str, str | None] = {}
        position = 0
        while position < len(argument):
            found = _WORD.match(argument, position)
            if not found:
                raise BlockError(
                    f"cannot read {argument[position:].strip()!r}; options behind the name are "
                    f'written as path="/docs", in quotes.',
                    subtype="option",
                )
            words[found["name"]] = found["value"]
            position = found.end()
        return _as_in_sphinx(words)

    def layout(self, given: dict[str, str | None]) -> tuple[dict[str, Any], list[BlockError]]:
        """The options of the code block, taken out of those that are given; and what is wrong."""
        layout: dict[str, Any] = {}
        problems = []
        for name in sorted(OF_CODE_BLOCK & given.keys()):
            try:
                layout[name] = CodeBlock.option_spec[name](given.pop(name) or "")
            except (ValueError, TypeError) as error:
                sentence = f"option {name!r}: {error}."
                problems.append(BlockError(sentence, subtype="option", option=name))
        return layout, problems

    def code_block(self, text: str, language: str, layout: dict[str, Any]) -> list[nodes.Node]:
        """An ordinary code block."""
        self.arguments = [language]
        self.content = StringList(text.splitlines(), source=self.file)
        self.options = layout
        made = super().run()
        if isinstance(made[0], nodes.system_message):  # a refused option; the code is to be shown
            self.options = {}
            made += super().run()
        return made

    def places_of_argument(self) -> list[Place]:
        """Where the lines of the argument stand."""
        first = self.first_line + self.argument_begins_below()
        return [(self.file, first + index) for index in range(self.arguments[0].count("\n") + 1)]

    def argument_begins_below(self) -> bool:
        """Whether nothing follows the name in the directive's first line."""
        return self.block_text.splitlines()[0].rstrip().endswith("::")

    @cached_property
    def places(self) -> list[Place]:
        """Where each line of the content stands."""
        lines = range(len(self._written))
        if self.is_myst():
            # content_offset counts from the directive in MyST, from the start of the file in reST.
            first = self.first_line + self.content_offset + 1
            return [(self.file, first + index) for index in lines]
        infos = [self._written.info(index) for index in lines]
        return [(_absolute(source or self.file), (offset or 0) + 1) for source, offset in infos]

    def _lines_to_option(self, name: str, line: int | None) -> int:
        """How many lines an option, or a line of its value, is below the directive's first."""
        written = re.compile(rf"[>\s]*:?{re.escape(name)}\s*:(?P<value>\s.*|$)")
        for index, text in enumerate(self._lines_of_header()):
            if found := written.match(text):
                if line is None:
                    return index
                return index + line - (1 if found["value"].strip("|> ") else 0)
        return 0

    def _lines_of_header(self) -> list[str]:
        if not self.is_myst():
            return self.block_text.splitlines()
        try:  # block_text lacks the options in MyST 4
            lines = Path(self.file).read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            return []
        return lines[self.first_line - 1 : self.first_line + self.content_offset]

    def is_myst(self) -> bool:
        """Whether MyST reads the page."""
        return type(self.state).__module__.startswith("myst_parser")
