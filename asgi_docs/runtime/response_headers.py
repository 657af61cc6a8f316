"""Headers that an app sends, checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .messages import Headers

# https://www.rfc-editor.org/rfc/rfc9110#section-5.1 and section-5.5
NAME = re.compile(rb"[!#$%&'*+\-.^_`|~0-9a-z]+")
ILLEGAL = re.compile(rb"[\r\n\0]")


def checked_headers(pairs: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Names in lower case, as bytes; raises ValueError for what no header may hold."""
    return [_checked(*pair) for pair in pairs]


def _checked(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    # memoryview() refuses text and numbers, which bytes() would read its own way.
    name, value = bytes(memoryview(name)).lower(), bytes(memoryview(value))
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot be the name of a header.")
    if ILLEGAL.search(value):
        raise ValueError(f"Header {name!r} has a line break or a null byte: {value!r}.")
    return name, value
