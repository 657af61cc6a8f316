"""Tasks: what the reader is to make an app answer to a request."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from asgi_docs.block.option_fields import wrong

_EXPECT = re.compile(r"(?P<status>[1-5]\d\d)(?:\s+(?P<body>\S.*))?", re.DOTALL)


@dataclass(frozen=True)
class Task:
    """One task.

    Attributes:
        status: that of the wanted answer.
        body: what its body must contain: text, or members of JSON when it begins with `{` or `[`.
        words: the author's sentence in place of ours, or an empty string.
        hints: in the order in which a reader gets them.
        solution: code of the app's entry file that does it, or None.
    """

    status: int
    body: str = ""
    words: str = ""
    hints: tuple[str, ...] = ()
    solution: str | None = None

    def to_data(self) -> dict[str, Any]:
        """As JSON, for the page (`Task` in assets/types.d.ts)."""
        data = {
            "status": self.status,
            "body": self.body,
            "words": self.words,
            "hints": list(self.hints),
            "solution": self.solution,
        }
        return {name: value for name, value in data.items() if value}

    @classmethod
    def from_data(cls, data: Any) -> Task:
        """The task that `to_data` wrote.

        Raises:
            TypeError, KeyError, AttributeError: it is not such data.
        """
        return cls(
            status=int(data["status"]),
            body=str(data.get("body", "")),
            words=str(data.get("words", "")),
            hints=tuple(str(each) for each in data.get("hints", ())),
            solution=data.get("solution"),
        )


def parse_expect(value: str) -> tuple[int, str]:
    """Status and body of the wanted answer.

    Args:
        value: such as `201`, `200 Hello` or `201 {"title": "Emma"}`.

    Raises:
        BlockError: it cannot be read.
    """
    found = _EXPECT.fullmatch(value.strip())
    if not found:
        raise wrong(
            "it is a status such as 201, and behind it what the body is to contain, as in "
            f"'200 Hello' or '201 {{\"title\": \"Emma\"}}', not {value!r}."
        )
    body = (found["body"] or "").strip()
    if body.startswith(("{", "[")):
        try:
            json.loads(body)
        except ValueError as error:
            raise wrong(f"{body!r} is not JSON ({error}).") from None
    return int(found["status"]), body


def parse_hints(value: str) -> tuple[str, ...]:
    """One hint for each line."""
    return tuple(" ".join(line.split()) for line in value.splitlines() if line.strip())
