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
_ANY_NAME = r"[a-z][^\s/>]*"


class StartTag(NamedTuple):
    """One start tag.

    Attributes:
        name: in lower case.
        attributes: their values, character references being resolved.
        html: the page.
        start: where the tag begins in it.
    """

    name: str
    attributes: Mapping[str, str]
    html: str
    start: int

    @property
    def line(self) -> int:
        """Of the page, counted from 1."""
        return self.html.count("\n", 0, self.start) + 1


def start_tags(html: str, *names: str) -> Iterator[StartTag]:
    """The start tags of these names that are neither in comments nor in other elements' text."""
    wanted = "|".join(sorted({*names, *_RAW}))
    # What looks like such a tag in a value can only be told from one by reading all tags before it.
    token = _token(_ANY_NAME if _in_value(wanted).search(html) else wanted)
    position = 0
    while found := token.search(html, position):
        position = found.end()
        name = (found["name"] or "").lower()
        if name in names:
            yield StartTag(name, _Attributes(found[0]).values, html, found.start())
        if name in _RAW:
            end = _end_tag(name).search(html, position)
            position = end.end() if end else len(html)


@cache
def _in_value(names: str) -> re.Pattern[str]:
    begins = rf"<(?:!--|(?:{names})(?=[\s/>]))"
    bare = rf"[^\s\"'><][^\s><]*{begins}"
    return re.compile(rf"=\s*(?:\"[^\"<]*<|'[^'<]*<|{bare})", re.IGNORECASE)


@cache
def _token(names: str) -> re.Pattern[str]:
    # What all alternatives begin with stands before them: it is what `re` then looks for first.
    return re.compile(
        rf"<(?:!--.*?(?:-->|\Z)|(?P<name>{names})(?=[\s/>]){_ATTRIBUTES}>)",
        re.DOTALL | re.IGNORECASE,
    )


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
