"""References of a request to the answers of earlier ones, such as `{{login.body.token}}`.

They are filled in where requests are sent: assets/requests/references.js.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from asgi_docs.block.advice import did_you_mean
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from asgi_docs.block.requests.model import Request

_BRACES = re.compile(r"\{\{(?P<inner>.*?)\}\}", re.DOTALL)
_REFERENCE = re.compile(
    r"\s*(?P<request>[\w-]+)\.(?:status|body(?:\.[\w-]+)*|headers\.[\w-]+)\s*", re.ASCII
)


class Reference(NamedTuple):
    """One reference.

    Attributes:
        text: all of it, braces included.
        request: the name, or the number among the requests of its block, of the one that it
            refers to.
    """

    text: str
    request: str


def references(request: Request) -> Iterator[Reference]:
    """All references of a request.

    Raises:
        BlockError: braces hold something else.
    """
    for text in (request.target, *(value for _, value in request.headers), request.body or ""):
        for braces in _BRACES.finditer(text):
            found = _REFERENCE.fullmatch(braces["inner"])
            if not found:
                raise BlockError(
                    f"cannot read {braces[0]!r}; a part of an earlier answer is written as "
                    "{{create.body.id}}, {{create.headers.location}} or {{1.status}}.",
                    subtype="request",
                    line=request.line,
                    option=request.option or None,
                )
            yield Reference(braces[0], found["request"])


def check_references(request: Request, before: Sequence[Request]) -> None:
    """Refuse references to what was not asked before.

    Args:
        request: the one that has them.
        before: the requests to the same app that come before it.

    Raises:
        BlockError: a reference cannot be read, or leads nowhere.
    """
    names = [each.name for each in before if each.name]
    for reference in references(request):
        wanted = reference.request
        if wanted in names or (wanted.isdecimal() and 1 <= int(wanted) <= len(before)):
            continue
        earlier = (
            f"name one of {', '.join(names)}." if names else "give that request a name before it."
        )
        raise BlockError(
            f"{reference.text!r}: no request {wanted!r} comes before this one; "
            f"{did_you_mean(wanted, names, earlier)}",
            subtype="request",
            line=request.line,
            option=request.option or None,
        )
