"""What an author says of a request in a comment before it, such as `# @expect 201`."""

from __future__ import annotations

from typing import NamedTuple


class Note(NamedTuple):
    """One such comment.

    Attributes:
        name: the word behind `@`.
        text: what follows it.
        line: 1-based line in the text of the requests.
    """

    name: str
    text: str
    line: int
