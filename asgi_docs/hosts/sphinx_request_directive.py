"""The directive `asgi-request`: requests in HTTP text, each a code block with its answer below."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils.parsers.rst import directives
from sphinx.util.osutil import relpath

from asgi_docs.block.requests.authored import REQUEST_OPTIONS, RequestReading, read_requests
from asgi_docs.block.requests.display import LANGUAGE
from asgi_docs.block.requests.model import DocumentedRequest
from asgi_docs.errors import BlockError
from asgi_docs.hosts.sphinx_authored import OF_CODE_BLOCK, AnyOption, AuthoredDirective
from asgi_docs.hosts.sphinx_node import place_in_docs, tell
from asgi_docs.hosts.sphinx_request import make_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes

_OPTION = re.compile(r"[A-Za-z][\w-]*=")


class AsgiRequest(AuthoredDirective):
    """Code blocks of requests, which the app of a live block is asked."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = AnyOption(
        option.name for option in REQUEST_OPTIONS.options
    )

    def run(self) -> list[nodes.Node]:
        """Make the code blocks; what is wrong with them is told, and the text shown as it is."""
        self.locate()
        given: dict[str, str | None] = dict(self.options)
        body = "\n".join(self.content)
        problems: list[BlockError] = []
        argument = self.arguments[0].strip() if self.arguments else ""
        if _OPTION.match(argument):  # behind the name of a MyST fence
            try:
                given = {**self.words(argument), **given}
            except BlockError as error:
                problems.append(error)
        elif argument:
            # docutils takes what follows the directive's name for an argument, up to an empty line:
            # that is the head of a request, and the content is its body.
            body = f"{argument}\n\n{body}"
            head = self.places_of_argument()
            self.places = [*head, head[-1], *self.places]
        layout, refused = self.layout(given)
        reading = read_requests(
            given, body, OF_CODE_BLOCK, lambda written: Path(self.env.relfn2path(written)[1])
        )
        for file in reading.sources:
            self.env.note_dependency(relpath(str(file), str(self.env.srcdir)))
        problems += [*refused, *reading.problems]
        for problem in problems:
            tell(problem, self.place_of(option=problem.option, line=problem.line))
        layout |= _layout(reading)
        if problems:
            return self.code_block(body, LANGUAGE, layout) if body else []
        return list(self._requests(reading, layout))

    def _requests(self, reading: RequestReading, layout: dict[str, Any]) -> list[nodes.Node]:
        made: list[nodes.Node] = []
        for request in reading.requests:
            place = self.place_of(line=request.line)
            documented = DocumentedRequest(
                request, reading.options.block, source=place_in_docs(place, self.env)
            )
            shown = self.code_block(request.text, LANGUAGE, layout)
            made.append(make_request(documented, shown, place, self.place_of(option="block")))
            layout = {name: value for name, value in layout.items() if name != "caption"}
        return made


def _layout(reading: RequestReading) -> dict[str, Any]:
    """The options of a code block that the request's are."""
    layout: dict[str, Any] = {"force": None}  # the lexer knows neither references nor every method
    if reading.options.caption:
        layout["caption"] = reading.options.caption
    if reading.options.classes:
        layout["class"] = directives.class_option(" ".join(reading.options.classes))
    return layout
