"""Requests in plain HTTP text, as editors' `.http` files have them.

`###` begins the next request, and what stands behind it is that one's name. Comments before it,
such as `# @name create`, say more of it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from asgi_docs.block.requests.model import Request
from asgi_docs.block.requests.notes import Note
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from asgi_docs.block.requests.model import HeaderPairs

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
_SEPARATOR = re.compile(r"###(?P<name>.*)")
_COMMENT = re.compile(r"(?:#|//)(?!##)\s*(?:@(?P<note>[\w-]+)\s+(?P<text>\S.*))?.*")
_REQUEST_LINE = re.compile(
    r"(?:(?P<method>[A-Za-z]+)\s+)?(?P<target>\S.*?)(?:\s+HTTP/\d(?:\.\d)?)?", re.ASCII
)
_QUERY_LINE = re.compile(r"\s+(?P<query>[?&]\S+)\s*")
_HEADER = re.compile(rf"(?P<name>{_TOKEN}):\s*(?P<value>.*)")
_NAME = re.compile(r"[\w-]+", re.ASCII)
_METHOD = re.compile(_TOKEN)
_WITH_REFERENCES = re.compile(r"\{\{.*?\}\}")


def _wrong(sentence: str, line: int | None) -> BlockError:
    return BlockError(sentence, subtype="request", line=line)


def parse_requests(text: str) -> list[Request]:
    """The requests of a text, each with its line.

    Raises:
        BlockError: with the line of the text that cannot be read.
    """
    requests = []
    for first, name, lines in _sections(text.splitlines()):
        if request := _parse_section(lines, first, name):
            requests.append(request)
    if not requests:
        raise _wrong("the request is empty; write it as in 'GET /books'.", 1)
    return requests


def _sections(lines: list[str]) -> list[tuple[int, str, list[str]]]:
    """First line, name and lines of each."""
    sections: list[tuple[int, str, list[str]]] = [(1, "", [])]
    for number, line in enumerate(lines, start=1):
        if separator := _SEPARATOR.fullmatch(line):
            sections.append((number + 1, parse_name(separator["name"].strip(), number), []))
        else:
            sections[-1][2].append(line)
    return sections


def parse_name(name: str, line: int | None = None) -> str:
    """A name of a request, or none; raises BlockError where it cannot be one."""
    if not name or (_NAME.fullmatch(name) and not name.isdecimal()):
        return name
    raise _wrong(
        f"a request's name has letters, digits, '-' and '_', and is no number: not {name!r}.", line
    )


def _parse_section(lines: list[str], first: int, name: str) -> Request | None:
    at = 0
    notes: list[Note] = []
    while at < len(lines) and (not lines[at].strip() or _COMMENT.fullmatch(lines[at])):
        comment = _COMMENT.fullmatch(lines[at])
        if comment and comment["note"] == "name":
            name = parse_name(comment["text"].split()[0], first + at)
        elif comment and comment["note"]:
            notes.append(Note(comment["note"], comment["text"].strip(), first + at))
        at += 1
    if at == len(lines):
        if name:
            raise _wrong(
                f"nothing is asked after the name {name!r}.", first - 1 if first > 1 else 1
            )
        return None
    line = first + at
    found = _REQUEST_LINE.fullmatch(lines[at].strip())
    assert found is not None  # anything that is not empty is a target
    method, target = found["method"] or "GET", found["target"]
    at += 1
    while at < len(lines) and (query := _QUERY_LINE.fullmatch(lines[at])):
        target += query["query"]
        at += 1
    headers: list[tuple[str, str]] = []
    while at < len(lines) and lines[at].strip():
        headers.append(_parse_header(lines[at], first + at))
        at += 1
    body = "\n".join(lines[at + 1 :]).rstrip()
    request = make_request(method, target, tuple(headers), body or None, name, line)
    return replace(request, notes=tuple(notes))


def _parse_header(text: str, line: int) -> tuple[str, str]:
    found = _HEADER.fullmatch(text.strip())
    if not found:
        raise _wrong(
            f"{text.strip()!r} is no header such as 'Accept: text/html'; "
            "the body follows an empty line.",
            line,
        )
    return found["name"], found["value"].rstrip()


def make_request(
    method: str, target: str, headers: HeaderPairs, body: str | None, name: str, line: int
) -> Request:
    """A request whose parts are right; a body gets the content type that it looks like.

    Args:
        method: in whatever case.
        target: path and query, or a URL of this machine, such as `http://localhost:8000/books`.
        headers: name and value.
        body: text, or None.
        name: the author's, or an empty string.
        line: where it is written.

    Raises:
        BlockError: one of them is wrong.
    """
    if not _METHOD.fullmatch(method):
        raise _wrong(f"{method!r} is no method such as GET or POST.", line)
    target = _own_target(target, line)
    names = [each.lower() for each, _ in headers]
    if body is not None and "content-type" not in names:
        headers = (*headers, ("Content-Type", _content_type(body)))
    return Request(method.upper(), target, headers, body, name, line)


def _own_target(target: str, line: int) -> str:
    url = urlsplit(target) if re.match(r"https?://", target) else None
    if url is not None:
        if url.hostname not in ("localhost", "127.0.0.1", "0.0.0.0", "::1"):
            raise _wrong(
                f"requests go to the block's app, so write the path without {target!r}.", line
            )
        target = url._replace(scheme="", netloc="", fragment="").geturl() or "/"
    if target.startswith("//") or not target.startswith(("/", "{{")):
        raise _wrong(f"a path starts with one '/', not {target!r}.", line)
    without = _WITH_REFERENCES.sub("", target)
    if any(each.isspace() or not each.isprintable() for each in without):
        raise _wrong(f"a path has no spaces ({target!r}); write %20 for a space.", line)
    return target


def _content_type(body: str) -> str:
    if body.lstrip().startswith(("{", "[")):
        return "application/json"
    if re.fullmatch(r"[^\s=&]+=\S*", body):
        return "application/x-www-form-urlencoded"
    return "text/plain; charset=utf-8"
