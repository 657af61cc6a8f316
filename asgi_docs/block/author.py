"""From what the author wrote to a live block, with everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from asgi_docs.block.assembly import make_block
from asgi_docs.block.defaults import Defaults, with_defaults
from asgi_docs.block.excerpt import excerpt
from asgi_docs.block.files import SIZE_LIMIT, AppFiles
from asgi_docs.block.groups import Groups
from asgi_docs.block.options import Options, given_fields, read_options
from asgi_docs.block.parts import Part, split_body
from asgi_docs.block.patterns import absolute
from asgi_docs.block.requests.run_comments import run_comments, without_run_comments
from asgi_docs.block.source_files import read_source
from asgi_docs.errors import BlockError, NoApplicationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from asgi_docs.block.model import LiveBlock
    from asgi_docs.block.requests.model import Request

BODY_NAME = "main.py"
"""The file that code in a page is, where it says no other name."""


@dataclass(frozen=True)
class Authored:
    """What the author wrote, as a docs tool hands it over.

    Attributes:
        given: option names and values, unchecked.
        body: the code in the page, or an empty string.
        source: where it stands, such as `tutorial/first.rst:12`.
        included: the file that the docs tool has put into the body, or a part of it; all of the
            file runs.
        locate: turns a path as the author writes it into one on disk.
        groups: those of the page, which its blocks are read into in their order.
        defaults: what the page or the project says for all blocks.
        host_options: names of options that the docs tool takes itself.
    """

    given: Mapping[str, str | None]
    body: str
    source: str
    locate: Callable[[str], Path]
    included: Path | None = None
    groups: Groups = field(default_factory=Groups)
    defaults: Defaults = field(default_factory=dict)
    host_options: Iterable[str] = ()

    def folder(self) -> Path:
        """Where paths that the author writes start from."""
        return absolute(self.locate("."))


@dataclass(frozen=True)
class Reading:
    """What became of it.

    Attributes:
        options: the checked options; defaults where the author's were wrong.
        parts: the files that the page shows, live or not; the first one is the app's.
        file: where the code that runs comes from, or None for a body.
        sources: all files that the block was read from, or would be if they were there.
        block: None when there are problems, and when it has no app or is not to show it.
        problems: everything that was found wrong, in the order of the text.
        requests: those of the option and of the code's comments, which follow a live block.
        advice: what does not keep the block from being live.
    """

    options: Options
    parts: tuple[Part, ...]
    file: Path | None
    sources: tuple[Path, ...]
    block: LiveBlock | None
    problems: tuple[BlockError, ...]
    requests: tuple[Request, ...] = ()
    advice: tuple[BlockError, ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Whether the page is to show nothing of the block."""
        in_group = self.options.show == "none" and self.options.group is not None
        return in_group or not any(part.text.strip() for part in self.parts)


def read_block(authored: Authored) -> Reading:
    """Check options and code together, so that one build reports all that is wrong."""
    options, problems = read_options(authored.given, host_options=authored.host_options)
    group = authored.groups.get(options.group, authored.source) if options.group else None
    given = given_fields(authored.given)
    if group:
        options = group.with_options_before(options, given)
        given |= group.given
    options = with_defaults(options, given, authored.defaults)
    if not group and options.show == "none":
        problems.append(_useless())
    file = authored.locate(options.file) if options.file else None
    parts = [Part(BODY_NAME, authored.body)]
    files = AppFiles()
    block = None
    requests = list(options.request)
    try:
        code = _read_code(authored.body, options.file, file)
        parts = [Part(file.name, code)] if file else split_body(code, BODY_NAME)
        running = parts
        if authored.included:
            file = authored.included
            parts = [Part(file.name, code)]
            running = [Part(file.name, read_source(file, file.name))]
        parts = [_part_to_show(parts[0], options, problems), *parts[1:]]
        block, found = make_block(authored, options, running, file, files, group)
        problems += found
        if not any(isinstance(each, NoApplicationError) for each in found):  # else any comment may
            requests += run_comments(running[0].text, running[0].line)
    except BlockError as problem:
        problems.append(problem)
    try:
        before = authored.groups.steps.before(options)
        block = replace(block, since=before) if block and before else block
    except BlockError as problem:
        problems.append(problem)
    if group and problems:
        group.is_broken = True
    if problems or options.show != "both":
        block = None
    authored.groups.steps.add(options, authored.source, is_live=block is not None)
    return Reading(
        options=options,
        parts=tuple(parts),
        file=file,
        sources=(*((file,) if file else ()), *files.sources),
        block=block,
        problems=tuple(problems),
        requests=tuple(requests) if block else (),
        advice=(*_advice(files), *([] if block or problems else _unasked(requests))),
    )


def _useless() -> BlockError:
    return BlockError(
        "option 'show': with 'none' the block is of use in a group only; name it with 'group'.",
        subtype="option",
        option="show",
    )


def _part_to_show(part: Part, options: Options, problems: list[BlockError]) -> Part:
    try:
        text = excerpt(part.text, options.pyobject, options.lines)
        return replace(part, text=without_run_comments(text))
    except BlockError as problem:
        problems.append(problem)
        return part


def _read_code(body: str, written: str | None, file: Path | None) -> str:
    has_body = bool(body.strip())
    if file and has_body:
        raise BlockError(
            f"the block has code and also names the file {written!r}; keep one of them.",
            subtype="option",
            option="file",
        )
    if file:
        return read_source(file, written)
    if not has_body:
        raise BlockError(
            "the block is empty; write the code into it or name a file.", subtype="app"
        )
    return body if body.endswith("\n") else body + "\n"


def _unasked(requests: Sequence[Request]) -> list[BlockError]:
    """Said of requests whose block is right, but shows no app."""
    return [
        BlockError(
            "the page shows no app of this block, so its requests are left out; move them to a "
            "block that shows one.",
            subtype="request",
            line=request.line,
            option=request.option or None,
        )
        for request in requests[:1]
    ]


def _advice(files: AppFiles) -> tuple[BlockError, ...]:
    if files.size <= SIZE_LIMIT:
        return ()
    return (
        BlockError(
            f"the block's files have {files.size / 1e6:.1f} MB, and every reader of the page loads "
            f"them; up to {SIZE_LIMIT / 1e6:.0f} MB is fine. Leave out what the app can do "
            "without, or have it fetch large data from the site when it starts.",
            subtype="size",
            option="files",
        ),
    )
