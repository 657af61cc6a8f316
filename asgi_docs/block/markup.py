"""The HTML of live blocks and requests, written into a page and read back from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from asgi_docs import __version__
from asgi_docs.block.model import LiveBlock
from asgi_docs.block.requests.model import DocumentedRequest
from asgi_docs.errors import BlockError

ELEMENT = "asgi-live"
SCRIPT = "asgi-live.js"
REQUEST_ELEMENT = "asgi-request"
REQUEST_SCRIPT = "asgi-request.js"
_AN_ELEMENT = re.compile(rf"<{ELEMENT}\s")


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        keep_trailing_newline=False,
        undefined=StrictUndefined,
    )


def block_html(block: LiveBlock, fallback: str) -> str:
    """The element of a block.

    Args:
        block: what runs.
        fallback: HTML of the highlighted code, shown with and without JavaScript.
    """
    template = _templates().get_template("element.html")
    return template.render(data=block.to_json(), fallback=Markup(fallback.strip("\n")))


def request_html(documented: DocumentedRequest, fallback: str) -> str:
    """The element of a request.

    Args:
        documented: what is asked, and what was answered.
        fallback: HTML of both, shown with and without JavaScript: a `<div>` for each.
    """
    template = _templates().get_template("request.html")
    return template.render(data=documented.to_json(), fallback=Markup(fallback.strip("\n")))


def assets_html(base: str, *, has_requests: bool = False) -> str:
    """The tags that a page with blocks needs once.

    Args:
        base: URL of the output folder relative to the page, ending in a slash.
        has_requests: whether it has requests, too.
    """
    # The version, since a host may let browsers keep files longer than pages: after an upgrade the
    # old script would ask for a front end that is gone.
    return (
        _templates()
        .get_template("assets.html")
        .render(base=base, version=__version__, has_requests=has_requests)
    )


@dataclass(frozen=True)
class PageBlock:
    """A live block of a built page.

    Attributes:
        block: what runs.
        requests: those to its app, in the order of the page.
    """

    block: LiveBlock
    requests: list[DocumentedRequest] = field(default_factory=list)


def has_block(html: str) -> bool:
    """Whether a page's content has an element of ours."""
    return bool(_AN_ELEMENT.search(html))


def with_assets(html: str, base: str) -> str:
    """The content of a page with blocks, with those tags in front of it.

    Not in the head of the page: themes differ in what they let in. Nor right before the first
    block: that may be the first thing in a tab or a list, where themes set no margin above it.

    Args:
        html: what a theme is put around; parts of it, such as docstrings, may have the tags.
        base: as for `assets_html`.
    """
    tags = assets_html(base, has_requests=f"<{REQUEST_ELEMENT} " in html)
    return f"{tags}\n{html.replace(tags, '')}"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[PageBlock] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == ELEMENT:
            self.blocks.append(PageBlock(self._read_block(values.get("data-block", ""))))
        elif tag == REQUEST_ELEMENT:
            self._add(self._read_request(values.get("data-request", "")))
        elif tag == "script" and _file_name(values.get("src", "")) == SCRIPT:
            self.scripts.append(urlsplit(values["src"])._replace(query="").geturl())

    def _read_block(self, data: str) -> LiveBlock:
        try:
            return LiveBlock.from_json(data)
        except ValueError as error:
            raise self._unreadable(f"the data-block attribute of <{ELEMENT}>", error) from None

    def _read_request(self, data: str) -> DocumentedRequest:
        try:
            return DocumentedRequest.from_json(data)
        except ValueError as error:
            what = f"the data-request attribute of <{REQUEST_ELEMENT}>"
            raise self._unreadable(what, error) from None

    def _add(self, request: DocumentedRequest) -> None:
        """To the block that it names, else to the one before it; as assets/requests/ does it."""
        for each in reversed(self.blocks):
            if not request.block or each.block.name == request.block:
                each.requests.append(request)
                return
        raise self._unreadable(f"a <{REQUEST_ELEMENT}>", ValueError("it has no block"))

    def _unreadable(self, what: str, error: ValueError) -> BlockError:
        line, _ = self.getpos()
        return BlockError(
            f"line {line} of the page: {what} cannot be read ({error}); was the page changed "
            "after it was built?",
            subtype="app",
        )


def _file_name(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2]


def _read(html: str) -> _Reader:
    reader = _Reader()
    if f"<{ELEMENT}" in html or SCRIPT in html:
        reader.feed(html)
        reader.close()
    return reader


def read_page(html: str) -> list[PageBlock]:
    """The blocks of a built page, in order, with their requests.

    Raises:
        BlockError: an element has data that is not ours; the error tells its line in the page.
    """
    return _read(html).blocks


def read_blocks(html: str) -> list[LiveBlock]:
    """The blocks of a built page, in order.

    Raises:
        BlockError: as `read_page`.
    """
    return [each.block for each in read_page(html)]


def asset_urls(html: str) -> list[str]:
    """The `src` of every script of ours in a built page, as written there but for the query."""
    return list(dict.fromkeys(_read(html).scripts))
