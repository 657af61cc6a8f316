"""The HTML of live blocks and requests, written into a page and read back from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from asgi_docs import __version__
from asgi_docs.block.model import LiveBlock
from asgi_docs.block.requests.model import DocumentedRequest
from asgi_docs.block.tags import start_tags
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from asgi_docs.block.tags import StartTag

ELEMENT = "asgi-live"
SCRIPT = "asgi-live.js"
REQUEST_ELEMENT = "asgi-request"
REQUEST_SCRIPT = "asgi-request.js"
_AN_ELEMENT = re.compile(rf"<{ELEMENT}\s")


@cache
def _macros() -> Any:
    # A macro is called in a third of the time that rendering a template of its own takes.
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("markup.html").module


def block_html(data: str, fallback: str) -> str:
    """The element of a block.

    Args:
        data: what runs, as `LiveBlock.to_json` writes it.
        fallback: HTML of the highlighted code, shown with and without JavaScript.
    """
    return str(_macros().block(_in_apostrophes(data), _inside(fallback)))


def request_html(data: str, fallback: str) -> str:
    """The element of a request.

    Args:
        data: what is asked, and what was answered, as `DocumentedRequest.to_json` writes it.
        fallback: HTML of both, shown with and without JavaScript: a `<div>` for each.
    """
    return str(_macros().request(_in_apostrophes(data), _inside(fallback)))


def _in_apostrophes(json: str) -> Markup:
    """JSON as the value of an attribute: between apostrophes, its own quotes stay one byte each."""
    return Markup(escape(json, quote=False).replace("'", "&#39;"))


def _inside(fallback: str) -> Markup:
    return Markup(fallback.strip("\n"))


@cache  # most pages of a site have the same
def assets_html(base: str, *, has_requests: bool = False) -> str:
    """The tags that a page with blocks needs once.

    Args:
        base: URL of the output folder relative to the page, ending in a slash.
        has_requests: whether it has requests, too.
    """
    # The version, since a host may let browsers keep files longer than pages: after an upgrade the
    # old script would ask for a front end that is gone.
    return str(_macros().assets(base, __version__, has_requests))


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


class BuiltPage(NamedTuple):
    """What a built page has of ours.

    Attributes:
        blocks: in their order, each with the requests to its app.
        scripts: the `src` of every script of blocks, as written there but for the query.
    """

    blocks: list[PageBlock]
    scripts: list[str]


def read_page(html: str) -> BuiltPage:
    """Find the blocks, requests and scripts of a built page.

    Raises:
        BlockError: an element has data that is not ours; the error tells its line in the page.
    """
    page = BuiltPage([], [])
    for tag in start_tags(html, ELEMENT, REQUEST_ELEMENT, "script"):
        if tag.name == ELEMENT:
            page.blocks.append(PageBlock(_read_block(tag)))
        elif tag.name == REQUEST_ELEMENT:
            request = _read_request(tag)
            _asked_by(tag, request, page.blocks).requests.append(request)
        else:
            url = urlsplit(tag.attributes.get("src", ""))
            source = url._replace(query="").geturl()
            if url.path.rpartition("/")[2] == SCRIPT and source not in page.scripts:
                page.scripts.append(source)
    return page


def _read_block(tag: StartTag) -> LiveBlock:
    try:
        return LiveBlock.from_json(tag.attributes.get("data-block", ""))
    except ValueError as error:
        raise _unreadable(tag, f"the data-block attribute of <{ELEMENT}>", error) from None


def _read_request(tag: StartTag) -> DocumentedRequest:
    try:
        return DocumentedRequest.from_json(tag.attributes.get("data-request", ""))
    except ValueError as error:
        what = f"the data-request attribute of <{REQUEST_ELEMENT}>"
        raise _unreadable(tag, what, error) from None


def _asked_by(tag: StartTag, request: DocumentedRequest, blocks: list[PageBlock]) -> PageBlock:
    """The block that a request names, else the one before it; as assets/requests/ has it."""
    for each in reversed(blocks):
        if not request.block or each.block.name == request.block:
            return each
    raise _unreadable(tag, f"a <{REQUEST_ELEMENT}>", ValueError("it has no block"))


def _unreadable(tag: StartTag, what: str, error: ValueError) -> BlockError:
    return BlockError(
        f"line {tag.line} of the page: {what} cannot be read ({error}); was the page changed "
        "after it was built?",
        subtype="app",
    )


def read_blocks(html: str) -> list[LiveBlock]:
    """The blocks of a built page alone."""
    return [each.block for each in read_page(html).blocks]
