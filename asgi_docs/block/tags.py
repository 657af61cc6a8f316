"""Start tags of some names in a page of HTML, found without parsing all of it.

Each page of a large site repeats the whole navigation, at which `html.parser` would spend most of
the time that packaging takes.
"""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Elements whose content is text, whatever it looks like:
# https://html.spec.whatwg.org/multipage/syntax.html#raw-text-elements
_RAW = {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"}
# Quotation marks mean something behind an equals sign only. The lookahead, which never gives
# anything back, keeps a tag without an end from being tried in every possible way.
_ATTRIBUTES = r"""(?:[^>=]|=\s*(?:"[^"]*"|'[^']*'|(?=(?P<bare>[^\s"'>][^\s>]*))(?P=bare)|(?=>)))*"""
_TOKEN = re.compile(
    rf"""
    <!--.*?(?:-->|\Z)
    | (?P<tag><(?P<name>[a-z][^\s/>]*)(?:[\s/]{_ATTRIBUTES})?>)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


class StartTag(NamedTuple):
    """One start tag.

    Attributes:
        name: in lower case.
        attributes: their values, character references being resolved.
        line: of the page, counted from 1.
    """

    name: str
    attributes: Mapping[str, str]
    line: int


def start_tags(html: str, *names: str) -> Iterator[StartTag]:
    """The start tags of these names that are neither in comments nor in other elements' text."""
    position = 0
    while token := _TOKEN.search(html, position):
        position = token.end()
        name = (token["name"] or "").lower()
        if name in names:
            line = html.count("\n", 0, token.start()) + 1
            yield StartTag(name, _Attributes(token["tag"]).values, line)
        if name in _RAW:
            end = _end_tag(name).search(html, position)
            position = end.end() if end else len(html)


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)


class _Attributes(HTMLParser):
    def __init__(self, tag: str) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, str] = {}
        self.feed(tag)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.values = {name: value or "" for name, value in reversed(attrs)}  # the first one counts
