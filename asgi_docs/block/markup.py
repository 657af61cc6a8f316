"""The HTML of a live block, written into a page and read back from it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from asgi_docs import __version__
from asgi_docs.block.model import LiveBlock
from asgi_docs.block.tags import start_tags
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from asgi_docs.block.tags import StartTag

ELEMENT = "asgi-live"
SCRIPT = "asgi-live.js"


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


def assets_html(base: str) -> str:
    """The tags that a page with blocks needs once.

    Args:
        base: URL of the output folder relative to the page, ending in a slash.
    """
    # The version, since a host may let browsers keep files longer than pages: after an upgrade the
    # old script would ask for a front end that is gone.
    return _templates().get_template("assets.html").render(base=base, version=__version__)


class BuiltPage(NamedTuple):
    """What a built page has of ours.

    Attributes:
        blocks: in their order.
        scripts: the `src` of every script of ours, as written there but for the query.
    """

    blocks: list[LiveBlock]
    scripts: list[str]


def read_page(html: str) -> BuiltPage:
    """Find the blocks and scripts of a built page.

    Raises:
        BlockError: an element has data that is not ours; the error tells its line in the page.
    """
    page = BuiltPage([], [])
    for tag in start_tags(html, ELEMENT, "script"):
        if tag.name == ELEMENT:
            page.blocks.append(_read_block(tag))
            continue
        url = urlsplit(tag.attributes.get("src", ""))
        source = url._replace(query="").geturl()
        if url.path.rpartition("/")[2] == SCRIPT and source not in page.scripts:
            page.scripts.append(source)
    return page


def _read_block(tag: StartTag) -> LiveBlock:
    try:
        return LiveBlock.from_json(tag.attributes.get("data-block", ""))
    except ValueError as error:
        raise BlockError(
            f"line {tag.line} of the page: the data-block attribute of <{ELEMENT}> cannot be read "
            f"({error}); was the page changed after it was built?",
            subtype="app",
        ) from None


def read_blocks(html: str) -> list[LiveBlock]:
    """The blocks of a built page alone."""
    return read_page(html).blocks


def asset_urls(html: str) -> list[str]:
    """The scripts of a built page alone."""
    return read_page(html).scripts
