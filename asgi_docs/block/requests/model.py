"""A request that a page documents, its recorded answer, and both as the page carries them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from asgi_docs.block.requests.tasks import Task

if TYPE_CHECKING:
    from asgi_docs.block.requests.notes import Note

HeaderPairs = tuple[tuple[str, str], ...]

_PROTOCOL = "HTTP/1.1"


@dataclass(frozen=True)
class Request:
    """What is asked of an app.

    Attributes:
        method: in upper case.
        target: path and query below the app's mount; like the headers and the body it may hold
            references to earlier answers, such as `{{login.body.token}}` (`references.py`).
        headers: in the order and spelling of the author.
        body: text, or None.
        name: by which later requests refer to the answer, or an empty string.
        line: 1-based line of what it was read from; no part of what is asked, as is the next one.
        option: the option of a block whose value it was read from, or an empty string.
        notes: what the author says of it in comments.
        task: what the reader is to make the app answer, or None.
    """

    method: str
    target: str
    headers: HeaderPairs = ()
    body: str | None = None
    name: str = ""
    line: int = field(default=1, compare=False)
    option: str = field(default="", compare=False)
    notes: tuple[Note, ...] = field(default=(), compare=False)
    task: Task | None = None

    @property
    def text(self) -> str:
        """As HTTP/1.1 has it, with line feeds: https://www.rfc-editor.org/rfc/rfc9112#section-2.1."""
        return _message(f"{self.method} {self.target} {_PROTOCOL}", self.headers, self.body or "")

    def header(self, name: str) -> str | None:
        """The value of the first header of this name."""
        return _header(self.headers, name)


@dataclass(frozen=True)
class Digest:
    """What stands for a body that is no text.

    Attributes:
        size: in bytes.
        sha256: in hexadecimal digits.
    """

    size: int
    sha256: str


@dataclass(frozen=True)
class Answer:
    """What an app answered.

    Attributes:
        status: its code.
        headers: those that are recorded; names in lower case, order and duplicates kept.
        body: text with line feeds as line ends; empty when there is none, or a digest.
        digest: of a body that is no text.
        is_partial: whether the body went on when the recording ended.
    """

    status: int
    headers: HeaderPairs = ()
    body: str = ""
    digest: Digest | None = None
    is_partial: bool = False

    @property
    def status_line(self) -> str:
        """The first line of the answer."""
        try:
            reason = HTTPStatus(self.status).phrase
        except ValueError:
            reason = ""
        return f"{_PROTOCOL} {self.status} {reason}".rstrip()

    def header(self, name: str) -> str | None:
        """The value of the first header of this name."""
        return _header(self.headers, name)

    def to_data(self) -> dict[str, Any]:
        """As JSON, for the page and for the script that compares (`RecordedAnswer` in assets)."""
        data: dict[str, Any] = {
            "status": self.status,
            "headers": [list(pair) for pair in self.headers],
        }
        if self.digest:
            data["binary"] = {"size": self.digest.size, "sha256": self.digest.sha256}
        else:
            data["body"] = self.body
        if self.is_partial:
            data["partial"] = True
        return data

    @classmethod
    def from_data(cls, data: Any) -> Answer:
        """The answer that `to_data` wrote.

        Raises:
            TypeError, KeyError, AttributeError: it is not such data.
        """
        binary = data.get("binary")
        return cls(
            status=int(data["status"]),
            headers=_pairs(data["headers"]),
            body=str(data.get("body", "")),
            digest=Digest(int(binary["size"]), str(binary["sha256"])) if binary else None,
            is_partial=bool(data.get("partial", False)),
        )


@dataclass(frozen=True)
class DocumentedRequest:
    """One request of a page.

    Attributes:
        request: what is asked.
        block: name of the live block whose app is asked; empty for the nearest one before it.
        page: names the file of records, such as `tutorial/first`.
        source: where the author wrote it, such as `tutorial/first.rst:12`.
        answer: the recorded one, or None.
    """

    request: Request
    block: str = ""
    page: str = ""
    source: str = ""
    answer: Answer | None = None

    def to_json(self) -> str:
        """The text of `data-request`, the same for equal requests."""
        request = self.request
        data = {
            "method": request.method,
            "target": request.target,
            "headers": [list(pair) for pair in request.headers],
            "body": request.body,
            "name": request.name or None,
            "task": request.task.to_data() if request.task else None,
            "block": self.block or None,
            "page": self.page,
            "source": self.source,
            "answer": self.answer.to_data() if self.answer else None,
        }
        given = {key: value for key, value in data.items() if value is not None}
        return json.dumps(given, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> DocumentedRequest:
        """The request that `to_json` wrote.

        Raises:
            ValueError: the text is not such JSON.
        """
        try:
            data = json.loads(text)
            request = Request(
                method=str(data["method"]),
                target=str(data["target"]),
                headers=_pairs(data["headers"]),
                body=data.get("body"),
                name=str(data.get("name", "")),
                task=Task.from_data(data["task"]) if "task" in data else None,
            )
            answer = data.get("answer")
            return cls(
                request=request,
                block=str(data.get("block", "")),
                page=str(data["page"]),
                source=str(data["source"]),
                answer=Answer.from_data(answer) if answer else None,
            )
        except (TypeError, AttributeError, KeyError) as error:
            raise ValueError(f"not the data of a request: {error!r}") from None


def _pairs(data: Any) -> HeaderPairs:
    return tuple((str(name), str(value)) for name, value in data)


def _header(headers: HeaderPairs, name: str) -> str | None:
    return next((value for each, value in headers if each.lower() == name.lower()), None)


def _message(first_line: str, headers: HeaderPairs, body: str) -> str:
    lines = [first_line, *(f"{name}: {value}".rstrip() for name, value in headers)]
    return "\n".join([*lines, "", body] if body else lines)


def answer_text(answer: Answer, body: str) -> str:
    """An answer as HTTP/1.1 has it, with line feeds.

    Args:
        answer: gives the status and the headers.
        body: what stands for its body.
    """
    return _message(answer.status_line, answer.headers, body)
