"""The directive `asgi-live`: an ordinary code block in the node of a live one."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.directives.code import CodeBlock
from sphinx.util.osutil import relpath

from asgi_docs.block.author import Authored, Reading, read_block
from asgi_docs.block.options import OPTIONS
from asgi_docs.errors import BlockError
from asgi_docs.hosts.sphinx_defaults import defaults_of_page
from asgi_docs.hosts.sphinx_files import note_patterns
from asgi_docs.hosts.sphinx_node import groups_of_page, make_node, tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgi_docs.block.parts import Part
    from asgi_docs.hosts.sphinx_node import Place

_WORD = re.compile(
    r"""\s*(?P<name>[A-Za-z][\w-]*)(?:=(?P<quote>["'])(?P<value>.*?)(?P=quote))?(?=\s|$)"""
)
_OF_CODE_BLOCK = frozenset({"linenos", "lineno-start", "emphasize-lines"})


class _AnyOption(dict[str, "Callable[[str], Any]"]):
    """An option_spec that lets every option through.

    docutils drops the whole directive, code included, at the first unknown or wrong option; ours
    are checked by `asgi_docs.block`, which reports them and keeps the code.
    """

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


class AsgiLive(CodeBlock):
    """A code block that the reader can run."""

    required_arguments = 0
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = _AnyOption(
        dict.fromkeys([option.name for option in OPTIONS], directives.unchanged)
    )

    def run(self) -> list[nodes.Node]:
        """Make the code block, live when everything is right."""
        source, self._line = self.get_source_info()
        self._file = _absolute(source)
        self._places = self._places_of_content()
        given, layout, body, problems = self._read_header()
        reading = read_block(
            Authored(
                given=given,
                body=body,
                source=self._place_in_docs(),
                locate=self._locate,
                defaults=defaults_of_page(self.env, self.state.document),
                host_options=_OF_CODE_BLOCK,
                groups=groups_of_page(self.env),
            )
        )
        for file in reading.sources:
            self.env.note_dependency(relpath(str(file), str(self.env.srcdir)))
        note_patterns(self.env, reading.options.files)
        problems += reading.problems
        for problem in [*problems, *reading.advice]:
            tell(problem, self._place_of(problem, reading.file))
        if reading.is_hidden:
            return []
        if problems:  # they have been told; no second warning from the lexer
            layout["force"] = None
        made = self._code_blocks(reading, layout)
        if reading.block is None or problems or isinstance(made[0], nodes.system_message):
            return made
        live = make_node(reading.block, made)
        self.set_source_info(live)
        return [live]

    def _read_header(
        self,
    ) -> tuple[dict[str, str | None], dict[str, Any], str, list[BlockError]]:
        """Our options, those of the code block, the body, and what is wrong."""
        problems: list[BlockError] = []
        body = "\n".join(self.content)
        given: dict[str, str | None] = dict(self.options)
        try:
            given = {**self._argument(), **given}
        except BlockError as problem:
            problems.append(problem)
            if self._is_code(self.arguments[0]):
                body = f"{self.arguments[0]}\n{body}"
                self._places = [*self._places_of_argument(), *self._places]
        layout: dict[str, Any] = {}
        for name in sorted(_OF_CODE_BLOCK & given.keys()):
            try:
                layout[name] = CodeBlock.option_spec[name](given.pop(name) or "")
            except (ValueError, TypeError) as error:
                sentence = f"option {name!r}: {error}."
                problems.append(BlockError(sentence, subtype="option", option=name))
        return given, layout, body, problems

    def _argument(self) -> dict[str, str | None]:
        """The file, or the options that stand behind the name of a MyST fence."""
        argument = self.arguments[0].strip() if self.arguments else ""
        if self._is_code(argument):
            raise BlockError(
                "leave an empty line between '.. asgi-live::' with its options and the code.",
                subtype="option",
            )
        if "=" in argument:
            return _as_in_sphinx(self._words(argument))
        return {"file": argument} if argument else {}

    def _is_code(self, argument: str) -> bool:
        """Whether it is the beginning of the code, for lack of an empty line before it."""
        begins_below = not self._is_myst() and self._argument_begins_below()
        return "\n" in argument or (begins_below and bool(argument) and argument[-3:] != ".py")

    def _words(self, argument: str) -> dict[str, str | None]:
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
        return words

    def _locate(self, written: str) -> Path:
        return Path(self.env.relfn2path(written)[1])

    def _code_blocks(self, reading: Reading, layout: dict[str, Any]) -> list[nodes.Node]:
        first, *others = reading.parts
        if reading.options.classes:
            layout["class"] = directives.class_option(" ".join(reading.options.classes))
        of_others = {name: value for name, value in layout.items() if name in ("class", "linenos")}
        if reading.options.name:
            layout["name"] = reading.options.name
        if caption := reading.options.caption or (first.name if others else None):
            layout["caption"] = caption
        made = self._code_block(first, layout)
        for part in others:
            made += self._code_block(part, {**of_others, "caption": part.name, "force": None})
        return made

    def _code_block(self, part: Part, layout: dict[str, Any]) -> list[nodes.Node]:
        self.arguments = [part.language]
        self.content = StringList(part.text.splitlines(), source=self._file)
        self.options = layout
        made = super().run()
        if isinstance(made[0], nodes.system_message):  # a refused option; the code is to be shown
            self.options = {}
            made += super().run()
        return made

    def _place_of(self, problem: BlockError, file: Path | None) -> Place:
        if problem.option:
            return self._file, self._line + self._lines_to_option(problem.option)
        if problem.line is None:
            return self._file, self._line
        if file:
            return str(file), problem.line
        return self._places[min(problem.line, len(self._places)) - 1]

    def _places_of_content(self) -> list[Place]:
        if self._is_myst():
            # content_offset counts from the directive in MyST, from the start of the file in reST.
            first = self._line + self.content_offset + 1
            return [(self._file, first + index) for index in range(len(self.content))]
        infos = [self.content.info(index) for index in range(len(self.content))]
        return [(_absolute(source or self._file), (offset or 0) + 1) for source, offset in infos]

    def _places_of_argument(self) -> list[Place]:
        first = self._line + self._argument_begins_below()
        return [(self._file, first + index) for index in range(self.arguments[0].count("\n") + 1)]

    def _argument_begins_below(self) -> bool:
        return self.block_text.splitlines()[0].rstrip().endswith("::")

    def _lines_to_option(self, name: str) -> int:
        written = re.compile(rf"[>\s]*:?{re.escape(name)}\s*:(?:\s|$)")
        for index, line in enumerate(self._lines_of_header()):
            if written.match(line):
                return index
        return 0

    def _lines_of_header(self) -> list[str]:
        if not self._is_myst():
            return self.block_text.splitlines()
        try:  # block_text lacks the options in MyST 4
            lines = Path(self._file).read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            return []
        return lines[self._line - 1 : self._line + self.content_offset]

    def _is_myst(self) -> bool:
        return type(self.state).__module__.startswith("myst_parser")

    def _place_in_docs(self) -> str:
        relative = relpath(self._file, str(self.env.srcdir))
        return f"{Path(relative).as_posix()}:{self._line}"
