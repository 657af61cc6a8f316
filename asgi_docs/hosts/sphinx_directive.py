"""The directive `asgi-live`: an ordinary code block in the node of a live one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.osutil import relpath

from asgi_docs.block.author import Authored, Reading, read_block
from asgi_docs.block.options import OPTIONS
from asgi_docs.errors import BlockError
from asgi_docs.hosts.sphinx_authored import OF_CODE_BLOCK, AnyOption, AuthoredDirective
from asgi_docs.hosts.sphinx_defaults import defaults_of_page
from asgi_docs.hosts.sphinx_files import note_patterns
from asgi_docs.hosts.sphinx_node import (
    groups_of_page,
    make_node,
    place_in_docs,
    tell,
    with_file_name,
)
from asgi_docs.hosts.sphinx_request import request_of_block

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgi_docs.block.requests.model import Request
    from asgi_docs.hosts.sphinx_node import Place


class AsgiLive(AuthoredDirective):
    """A code block that the reader can run."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = AnyOption(
        option.name for option in OPTIONS
    )

    def run(self) -> list[nodes.Node]:
        """Make the code block, live when everything is right."""
        self.locate()
        given, layout, body, problems = self._read_header()
        reading = read_block(
            Authored(
                given=given,
                body=body,
                source=place_in_docs((self.file, self.first_line), self.env),
                locate=lambda written: Path(self.env.relfn2path(written)[1]),
                defaults=defaults_of_page(self.env, self.state.document),
                host_options=OF_CODE_BLOCK,
                groups=groups_of_page(self.env),
            )
        )
        for file in reading.sources:
            self.env.note_dependency(relpath(str(file), str(self.env.srcdir)))
        note_patterns(self.env, reading.options.files)
        problems += reading.problems
        for problem in [*problems, *reading.advice]:
            tell(problem, self._place_of(problem, reading))
        if reading.is_hidden:
            return []
        if problems:  # they have been told; no second warning from the lexer
            layout["force"] = None
        made = self._code_blocks(reading, layout)
        if reading.block is None or problems or isinstance(made[0], nodes.system_message):
            return made
        live = make_node(reading.block, made)
        self.set_source_info(live)
        return [
            live,
            *(
                request_of_block(request, self._place_of(request, reading), self.env)
                for request in reading.requests
            ),
        ]

    def _place_of(self, written: BlockError | Request, reading: Reading) -> Place:
        return self.place_of(option=written.option, line=written.line, file=reading.file)

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
                self.places = [*self.places_of_argument(), *self.places]
        layout, refused = self.layout(given)
        return given, layout, body, [*problems, *refused]

    def _argument(self) -> dict[str, str | None]:
        """The file, or the options that stand behind the name of a MyST fence."""
        argument = self.arguments[0].strip() if self.arguments else ""
        if self._is_code(argument):
            raise BlockError(
                "leave an empty line between '.. asgi-live::' with its options and the code.",
                subtype="option",
            )
        if "=" in argument:
            return self.words(argument)
        return {"file": argument} if argument else {}

    def _is_code(self, argument: str) -> bool:
        """Whether it is the beginning of the code, for lack of an empty line before it."""
        begins_below = not self.is_myst() and self.argument_begins_below()
        return "\n" in argument or (begins_below and bool(argument) and argument[-3:] != ".py")

    def _code_blocks(self, reading: Reading, layout: dict[str, Any]) -> list[nodes.Node]:
        first, *others = reading.parts
        if reading.options.classes:
            layout["class"] = directives.class_option(" ".join(reading.options.classes))
        of_others = {name: value for name, value in layout.items() if name in ("class", "linenos")}
        if reading.options.caption:
            layout["caption"] = reading.options.caption
        made = self.code_block(first.text, first.language, layout)
        if others and not reading.options.caption:
            made[-1] = with_file_name(made[-1], first.name)
        if reading.options.name:
            self.options = {"name": reading.options.name}
            self.add_name(made[-1])
        for part in others:
            (code,) = self.code_block(part.text, part.language, {**of_others, "force": None})
            made.append(with_file_name(code, part.name))
        return made
