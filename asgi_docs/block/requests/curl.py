"""Requests in one line with curl's options, such as `POST /books -d '{"title": "Emma"}'`.

Litestar's documentation has them in comments of its examples: `# run: /books -X POST -d ...`.
"""

from __future__ import annotations

import base64
import re
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from asgi_docs.block.advice import did_you_mean
from asgi_docs.block.requests.http_text import make_request
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgi_docs.block.requests.model import Request


@dataclass
class _Command:
    """What the options have said so far."""

    method: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    in_query: bool = False

    def header(self, value: str) -> None:
        name, colon, text = value.partition(":")
        if not colon or not name.strip():
            raise _wrong(f"{value!r} is no header such as 'Accept: text/html'.")
        self.headers.append((name.strip(), text.strip()))

    def json(self, value: str) -> None:
        self.data.append(value)
        self.headers += [("Content-Type", "application/json"), ("Accept", "application/json")]

    def body(self, value: str) -> None:
        if value.startswith("@"):
            raise _wrong("data is written out; a file cannot be sent by '@'.")
        self.data.append(value)

    def user(self, value: str) -> None:
        credentials = base64.b64encode(value.encode()).decode()
        self.headers.append(("Authorization", f"Basic {credentials}"))


def _wrong(sentence: str) -> BlockError:
    return BlockError(sentence, subtype="request")


def _set_method(command: _Command, value: str) -> None:
    command.method = value


_WITH_VALUE: dict[str, Callable[[_Command, str], None]] = {
    "--request": _set_method,
    "--header": _Command.header,
    "--data": _Command.body,
    "--data-ascii": _Command.body,
    "--data-binary": _Command.body,
    "--data-raw": lambda command, value: command.data.append(value),
    "--json": _Command.json,
    "--user": _Command.user,
    "--cookie": lambda command, value: command.headers.append(("Cookie", value)),
    "--user-agent": lambda command, value: command.headers.append(("User-Agent", value)),
    "--referer": lambda command, value: command.headers.append(("Referer", value)),
    "--oauth2-bearer": lambda command, value: command.headers.append(
        ("Authorization", f"Bearer {value}")
    ),
}
_WITHOUT_VALUE: dict[str, Callable[[_Command], None]] = {
    "--get": lambda command: setattr(command, "in_query", True),
    "--head": lambda command: _set_method(command, "HEAD"),
    # What curl prints, and whether it follows redirects, is nothing that the app is asked.
    **{
        name: lambda command: None
        for name in (
            "--compressed",
            "--include",
            "--location",
            "--no-buffer",
            "--show-error",
            "--silent",
            "--verbose",
        )
    },
}
_SHORT = {
    "-A": "--user-agent",
    "-G": "--get",
    "-H": "--header",
    "-I": "--head",
    "-L": "--location",
    "-N": "--no-buffer",
    "-S": "--show-error",
    "-X": "--request",
    "-b": "--cookie",
    "-d": "--data",
    "-e": "--referer",
    "-i": "--include",
    "-s": "--silent",
    "-u": "--user",
    "-v": "--verbose",
}


def parse_command(text: str, line: int = 1) -> Request:
    """The request of one line: a method if it is not GET, a path, and curl's options.

    Args:
        text: such as `PUT /books/1 -H 'Accept: text/html'`; a leading `curl` is left out.
        line: where it stands.

    Raises:
        BlockError: it cannot be read.
    """
    try:
        words = shlex.split(text)
    except ValueError:
        raise BlockError("a quotation mark has no partner.", subtype="request", line=line) from None
    try:
        return _parse_words(words, line)
    except BlockError as problem:
        problem.line = line
        raise


def _parse_words(words: list[str], line: int) -> Request:
    command = _Command()
    places: list[str] = []
    waiting = list(reversed(words[1:] if words[:1] == ["curl"] else words))
    while waiting:
        word = waiting.pop()
        if not re.match(r"--?[A-Za-z]", word):
            places.append(word)
        else:
            _read_option(command, word, waiting)
    method, target = _method_and_target(places)
    body = "&".join(command.data) if command.data else None
    if command.in_query and body:
        target += f"{'&' if '?' in target else '?'}{body}"
        body = None
    method = command.method or method or ("GET" if body is None else "POST")
    return make_request(method, target, tuple(command.headers), body, "", line)


def _read_option(command: _Command, word: str, waiting: list[str]) -> None:
    name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
    if not word.startswith("--") and len(word) > 2:  # as curl takes -XPOST, and -is for -i -s
        name, rest = word[:2], word[2:]
        waiting.append(rest if _SHORT.get(name) in _WITH_VALUE else f"-{rest}")
    full = _SHORT.get(name, name)
    if act := _WITHOUT_VALUE.get(full):
        act(command)
    elif take := _WITH_VALUE.get(full):
        if not equals and not waiting:
            raise _wrong(f"the option {name} of curl needs a value.")
        take(command, value if equals else waiting.pop())
    else:
        known = [*_WITH_VALUE, *_WITHOUT_VALUE, *_SHORT]
        advice = did_you_mean(
            name, known, "write the request in HTTP text, with 'asgi-request', instead."
        )
        raise _wrong(f"unknown option {name!r} of curl; {advice}")


def _method_and_target(places: list[str]) -> tuple[str, str]:
    if len(places) == 2 and places[0].isalpha():
        return places[0], places[1]
    if len(places) == 1:
        return "", places[0]
    found = " ".join(places) or "nothing"
    raise _wrong(f"a request is a method and a path, as in 'POST /books', not {found!r}.")
