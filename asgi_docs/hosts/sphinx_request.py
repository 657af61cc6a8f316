"""Requests of a page in Sphinx: their node, and the transform that finds their apps and answers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.osutil import relpath

from asgi_docs.block.markup import REQUEST_ELEMENT, request_html
from asgi_docs.block.model import LiveBlock
from asgi_docs.block.requests.display import LANGUAGE, shown_answer
from asgi_docs.block.requests.model import DocumentedRequest
from asgi_docs.block.requests.page import PageRequests
from asgi_docs.block.requests.records import FOLDER, Records, read_records, record_file
from asgi_docs.block.requests.task_text import task_label, task_sentence
from asgi_docs.errors import BlockError, RecordError
from asgi_docs.hosts.sphinx_check import CheckBuilder
from asgi_docs.hosts.sphinx_files import note_absent
from asgi_docs.hosts.sphinx_node import asgi_live, logger, place_in_docs, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

    from asgi_docs.block.requests.model import Request
    from asgi_docs.hosts.sphinx_node import Place


class asgi_request(nodes.General, nodes.Element):  # noqa: N801  docutils spells node classes so
    """A request and its answer, each in an `asgi_request_part`; `data` holds the request's JSON."""


class asgi_request_part(nodes.General, nodes.Element):  # noqa: N801
    """Its task, its code block or that of its answer; which one, the attribute `part` says."""


def connect(app: Sphinx) -> None:
    """Register the nodes and the transform."""
    app.add_node(asgi_request, html=(_visit_request, _depart_request))
    app.add_node(asgi_request_part, html=(_visit_part, _depart_part))
    app.add_transform(AnswerRequests)
    app.connect("config-inited", _keep_records_from_being_pages)


def make_request(
    documented: DocumentedRequest, shown: Sequence[nodes.Node], place: Place, place_of_block: Place
) -> asgi_request:
    """The node of a request whose answer is not known yet.

    Args:
        documented: what is asked.
        shown: the code block with it.
        place: where it stands.
        place_of_block: where its block is named.
    """
    node = asgi_request("", asgi_request_part("", *shown, part="asked"))
    node["data"] = documented.to_json()
    node["places"] = {"": place, "block": place_of_block}
    node.source, node.line = place
    return node


def request_of_block(request: Request, place: Place, env: BuildEnvironment) -> asgi_request:
    """The node of a request that a live block has itself; it follows the block."""
    documented = DocumentedRequest(request, source=place_in_docs(place, env))
    return make_request(documented, [_code(request.text)], place, place)


def _code(text: str) -> nodes.literal_block:
    # Forced, since the lexer knows neither references nor every method, and would warn of them.
    return nodes.literal_block(text, text, language=LANGUAGE, force=True)


class AnswerRequests(SphinxTransform):
    """Finds out, in the order of the page, whose app each request asks and what it answered."""

    default_priority = 491  # after MakeCodeBlocksLive

    def apply(self, **_: Any) -> None:
        """Complete the requests of the page; those that nobody can answer become ordinary code."""
        if not any(True for _ in self.document.findall(asgi_request)):
            return
        page = self._begin_page()
        for node in list(self.document.findall(nodes.Element)):
            if isinstance(node, asgi_live):
                page.add_block(LiveBlock.from_json(node["data"]).name)
            elif isinstance(node, asgi_request):
                self._complete(node, page)

    def _begin_page(self) -> PageRequests:
        file = record_file(_folder(self.app), self.env.docname)
        if file.is_file():
            self.env.note_dependency(relpath(str(file), str(self.env.srcdir)))
        else:
            note_absent(self.env, file)
        try:
            return PageRequests(self.env.docname, Records(read_records(file)))
        except RecordError as error:
            logger.warning("%s", error, type="asgi_docs", subtype="file")
            return PageRequests(self.env.docname, None)

    def _complete(self, node: asgi_request, page: PageRequests) -> None:
        asked = DocumentedRequest.from_json(node["data"])
        places = node.attributes.pop("places")
        try:
            documented, problems = page.add(asked.request, block=asked.block, source=asked.source)
        except BlockError as error:
            tell(error, places.get(error.option or "", places[""]))
            (part,) = node.children
            node.replace_self(part.children)
            return
        if _wants_answers(self.app):
            for problem in problems:
                tell(problem, places[""])
        node["data"] = documented.to_json()
        if documented.request.task:
            node.insert(0, asgi_request_part("", self._task(documented.request), part="task"))
        if documented.answer:
            answer = _code(shown_answer(documented.answer))
            node += asgi_request_part("", answer, part="answer")

    def _task(self, request: Request) -> nodes.paragraph:
        language = self.config.language
        paragraph = nodes.paragraph("", "", nodes.strong("", task_label(language)), nodes.Text(" "))
        for text, is_code in task_sentence(request, language):
            paragraph += nodes.literal(text, text) if is_code else nodes.Text(text)
        return paragraph


def _folder(app: Sphinx) -> Path:
    return Path(app.confdir, "asgi-docs", FOLDER)


def _keep_records_from_being_pages(app: Sphinx, config: Config) -> None:
    """Leave them out where sources end in `.txt`, as they do."""
    if _folder(app).is_relative_to(app.srcdir):
        pattern = _folder(app).relative_to(app.srcdir).as_posix()
        config.exclude_patterns = [*config.exclude_patterns, pattern]


def _wants_answers(app: Sphinx) -> bool:
    """Whether a request without a record is to be told: not where pages are made to record them."""
    from asgi_docs.package.docs_sources import UNPACKAGED_VARIABLE

    return not isinstance(app.builder, CheckBuilder) and not os.environ.get(UNPACKAGED_VARIABLE)


def _visit_request(translator: HTML5Translator, node: asgi_request) -> None:
    node["body_length"] = len(translator.body)


def _depart_request(translator: HTML5Translator, node: asgi_request) -> None:
    start = node.attributes.pop("body_length")
    fallback = "".join(translator.body[start:])
    translator.body[start:] = [request_html(node["data"], fallback), "\n"]


def _visit_part(translator: HTML5Translator, node: asgi_request_part) -> None:
    translator.body.append(f'<div class="{REQUEST_ELEMENT}-{node["part"]}">')


def _depart_part(translator: HTML5Translator, _node: asgi_request_part) -> None:
    translator.body.append("</div>\n")
