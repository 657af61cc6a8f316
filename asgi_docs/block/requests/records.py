"""Recorded answers, in text files beside the documentation's sources that people can review.

One file for each page. A request and its answer, then an empty line:

    @shop
    > POST /books HTTP/1.1
    > Content-Type: application/json
    >
    > {"title": "Emma"}
    < HTTP/1.1 201 Created
    < content-type: application/json
    <
    < {"id": 1, "title": "Emma"}

`@shop` names the block, where the request names one. In place of a body that is no text stands
`<# 48213 bytes, sha256 9f86…`, and a body that went on ends with `<...`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asgi_docs.block.requests.model import Answer, Digest, answer_text
from asgi_docs.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from asgi_docs.block.requests.model import DocumentedRequest, Request

FOLDER = "answers"
"""Where the files are, beside the lock files."""

_HEAD = (
    "# What the app answers to the requests of this page, recorded by 'asgi-docs check --update'.\n"
    "# Change the requests in the page, and record again.\n"
)
_STATUS = re.compile(r"HTTP/1\.1 (?P<status>[1-9]\d\d)(?: .*)?")
_HEADER = re.compile(r"(?P<name>[^\s:]+):(?: (?P<value>.*))?")
_DIGEST = re.compile(r"<# (?P<size>\d+) bytes?, sha256 (?P<sha256>[0-9a-f]{64})")
_GOES_ON = "<..."


@dataclass(frozen=True)
class Record:
    """One recorded exchange.

    Attributes:
        block: the name of the block that the request names, or an empty string.
        request: text of the request, as `Request.text` has it.
        answer: the app's.
    """

    block: str
    request: str
    answer: Answer


def record_file(folder: Path, page: str) -> Path:
    """The file with the records of a page.

    Args:
        folder: of all records.
        page: such as `tutorial/first`.
    """
    return folder.joinpath(*page.split("/")).with_name(f"{page.rpartition('/')[2]}.txt")


def is_record_file(file: Path) -> bool:
    """Whether `write_records` wrote it, to judge by its first line."""
    return file.read_bytes().startswith(_HEAD.partition("\n")[0].encode())


class Records:
    """The records of one page, taken in the order of its requests."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._left: dict[tuple[str, ...], list[Answer]] = {}
        for record in records:
            self._left.setdefault(_key(record.block, record.request), []).append(record.answer)

    def take(self, block: str, request: Request) -> Answer | None:
        """The answer to a request that the page has next; None when there is no record of it."""
        answers = self._left.get(_key(block, request.text))
        return answers.pop(0) if answers else None


def _key(block: str, request: str) -> tuple[str, ...]:
    # Editors, and hooks of version control, take spaces from the ends of lines.
    return block, *(line.rstrip() for line in request.split("\n"))


def read_records(file: Path) -> list[Record]:
    """All records of a file; none where there is no file.

    Raises:
        RecordError: it cannot be read; the text names file and line.
    """
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(f"{file}: cannot be read ({error}).") from None
    records: list[Record] = []
    lines: list[str] = []
    first = 1
    # Not splitlines(): a body may hold other ends of lines than these files have.
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line and not line.startswith("#"):
            first = first if lines else number
            lines.append(line)
        elif not line and lines:
            records.append(_parse(lines, file, first))
            lines = []
    return records


def write_records(file: Path, requests: Iterable[DocumentedRequest]) -> bool:
    """Write the file of a page anew; deletes it when no request has an answer.

    Returns:
        Whether anything has changed.
    """
    records = [
        Record(each.block, each.request.text, each.answer) for each in requests if each.answer
    ]
    text = "\n".join([_HEAD, *map(_format, records)])
    old = file.read_text("utf-8") if file.is_file() else ""
    if not records:
        file.unlink(missing_ok=True)
        return bool(old)
    if text != old:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
    return text != old


def _format(record: Record) -> str:
    answer = record.answer
    lines = [f"@{record.block}"] if record.block else []
    lines += [f"> {line}".rstrip() for line in record.request.split("\n")]
    lines += [f"< {line}".rstrip(" ") for line in answer_text(answer, answer.body).split("\n")]
    if answer.digest:
        lines.append(f"<# {answer.digest.size} bytes, sha256 {answer.digest.sha256}")
    if answer.is_partial:
        lines.append(_GOES_ON)
    return "\n".join(lines) + "\n"


def _parse(lines: list[str], file: Path, first: int) -> Record:
    block = lines[0][1:] if lines[0].startswith("@") else ""
    request = [line[2:] for line in lines if line.startswith(">")]
    answer = [line for line in lines if line.startswith("<")]
    if len(request) + len(answer) + bool(block) != len(lines) or not request:
        raise _damaged(file, first, "its lines begin with '>' and '<'")
    return Record(block, "\n".join(request), _parse_answer(answer, file, first))


def _parse_answer(lines: list[str], file: Path, first: int) -> Answer:
    is_partial = lines[-1:] == [_GOES_ON]
    lines = lines[:-1] if is_partial else lines
    digest = _DIGEST.fullmatch(lines[-1]) if lines else None
    texts = [line[2:] for line in (lines[:-1] if digest else lines)]
    status = _STATUS.fullmatch(texts[0]) if texts else None
    if status is None:
        raise _damaged(file, first, "the answer begins as in '< HTTP/1.1 200 OK'")
    end = texts.index("") if "" in texts else len(texts)
    headers = []
    for text in texts[1:end]:
        header = _HEADER.fullmatch(text)
        if header is None:
            raise _damaged(file, first, f"{text!r} is no header")
        headers.append((header["name"], header["value"] or ""))
    return Answer(
        status=int(status["status"]),
        headers=tuple(headers),
        body="\n".join(texts[end + 1 :]),
        digest=Digest(int(digest["size"]), digest["sha256"]) if digest else None,
        is_partial=is_partial,
    )


def _damaged(file: Path, line: int, reason: str) -> RecordError:
    return RecordError(
        f"{file}:{line}: this record cannot be read ({reason}); delete it, and record again with "
        "'asgi-docs check --update'."
    )
