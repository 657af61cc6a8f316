"""From what the author wrote to a live block, with everything that is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from asgi_docs.block.excerpt import excerpt
from asgi_docs.block.files import SIZE_LIMIT, AppFiles, AppFolder, folder_of, gather
from asgi_docs.block.groups import Groups
from asgi_docs.block.imports import check_body_imports, check_imports
from asgi_docs.block.model import LiveBlock
from asgi_docs.block.options import Options, read_options
from asgi_docs.block.patterns import absolute
from asgi_docs.block.requirements import normalise_requirements
from asgi_docs.block.script import script_requirements
from asgi_docs.block.source import find_application, parse_code
from asgi_docs.block.wsgi import with_adapter
from asgi_docs.errors import BlockError, NoApplicationError

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Iterable, Mapping

    from asgi_docs.block.groups import Group

_BODY_MODULE = "main"


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
        default_requires: the project's requirements, for blocks that state none.
        host_options: names of options that the docs tool takes itself.
    """

    given: Mapping[str, str | None]
    body: str
    source: str
    locate: Callable[[str], Path]
    included: Path | None = None
    groups: Groups = field(default_factory=Groups)
    default_requires: tuple[str, ...] = ()
    host_options: Iterable[str] = ()


@dataclass(frozen=True)
class Reading:
    """What became of it.

    Attributes:
        options: the checked options; defaults where the author's were wrong.
        code: what the page shows, live or not.
        file: where the code that runs comes from, or None for a body.
        sources: all files that the block was read from, or would be if they were there.
        block: None when there are problems, and when it has no app or is not to show it.
        problems: everything that was found wrong, in the order of the text.
        advice: what does not keep the block from being live.
    """

    options: Options
    code: str
    file: Path | None
    sources: tuple[Path, ...]
    block: LiveBlock | None
    problems: tuple[BlockError, ...]
    advice: tuple[BlockError, ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Whether the page is to show nothing of the block."""
        in_group = self.options.show == "none" and self.options.group is not None
        return in_group or not self.code.strip()


def read_block(authored: Authored) -> Reading:
    """Check options and code together, so that one build reports all that is wrong."""
    options, problems = read_options(authored.given, host_options=authored.host_options)
    group = authored.groups.get(options.group, authored.source) if options.group else None
    if group:
        options = group.with_options_before(options)
    elif options.show == "none":
        problems.append(_useless())
    file = authored.locate(options.file) if options.file else None
    shown, block = authored.body, None
    files = AppFiles()
    try:
        code = shown = _read_code(authored.body, options.file, file)
        if authored.included:
            file = authored.included
            code = _read_file(file, file.name)
        shown = _part_to_show(shown, options, problems)
        block, found = _make_block(authored, options, code, file, files, group)
        problems += found
    except BlockError as problem:
        problems.append(problem)
    if group and problems:
        group.is_broken = True
    return Reading(
        options=options,
        code=shown,
        file=file,
        sources=(*((file,) if file else ()), *files.sources),
        block=None if problems or options.show != "both" else block,
        problems=tuple(problems),
        advice=_advice(files),
    )


def _useless() -> BlockError:
    return BlockError(
        "option 'show': with 'none' the block is of use in a group only; name it with 'group'.",
        subtype="option",
        option="show",
    )


def _part_to_show(code: str, options: Options, problems: list[BlockError]) -> str:
    try:
        return excerpt(code, options.pyobject, options.lines)
    except BlockError as problem:
        problems.append(problem)
        return code


def _read_code(body: str, written: str | None, file: Path | None) -> str:
    has_body = bool(body.strip())
    if file and has_body:
        raise BlockError(
            f"the block has code and also names the file {written!r}; keep one of them.",
            subtype="option",
            option="file",
        )
    if file:
        return _read_file(file, written)
    if not has_body:
        raise BlockError(
            "the block is empty; write the code into it or name a file.", subtype="app"
        )
    return body if body.endswith("\n") else body + "\n"


def _read_file(file: Path, written: str | None) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        reason = "is not UTF-8 text"
    except IsADirectoryError:
        reason = "is a folder"
    except OSError as error:
        reason = f"cannot be read ({error.strerror}, looked for {file.as_posix()})"
    raise BlockError(f"the file {written!r} {reason}.", subtype="file", option="file")


def _make_block(
    authored: Authored,
    options: Options,
    own_code: str,
    file: Path | None,
    files: AppFiles,
    group: Group | None,
) -> tuple[LiveBlock | None, list[BlockError]]:
    if group and group.is_broken:
        parse_code(own_code)  # what else would be found is not this block's fault
        return None, []
    code, lines_before = group.with_code_before(own_code) if group else (own_code, 0)
    problems: list[BlockError] = []
    application = ""
    requires: tuple[str, ...] = ()
    folder = AppFolder(absolute(authored.locate(".")))
    tree = None
    try:
        tree = parse_code(code)
        folder = _read_files(authored, options, tree, file, files)
        application = find_application(tree, options.app)
    except NoApplicationError as problem:
        if not group:
            problems.append(problem)
    except BlockError as problem:
        problems.append(problem)
    entry = "/".join([*folder.package, f"{_module_name(file)}.py"])
    files.text[entry] = code
    try:
        requires = _all_requirements(authored, options, code)
        if tree and not problems:
            check_imports(tree, folder, {*files.text, *files.binary}, requires)
            requires = with_adapter(requires, tree, application)
    except BlockError as problem:
        problems.append(problem)
    if group:
        _count_in_own_code(problems, lines_before)
        group.code, group.options = code, options
        group.has_application |= bool(application)
    if problems or not application:
        return None, problems
    block = LiveBlock(
        app=f"{entry.removesuffix('.py').replace('/', '.')}:{application}",
        files=files.text,
        binary_files=files.binary,
        requires=requires,
        env=options.env,
        mount=options.mount,
        lifespan=options.lifespan,
        path=options.path,
        height=options.height,
        caption=options.caption,
        source=authored.source,
    )
    return block, []


def _count_in_own_code(problems: list[BlockError], lines_before: int) -> None:
    for problem in problems:
        if problem.line is not None:
            problem.line = problem.line - lines_before if problem.line > lines_before else None


def _read_files(
    authored: Authored, options: Options, tree: ast.Module, file: Path | None, files: AppFiles
) -> AppFolder:
    if file is None:
        check_body_imports(tree)
        folder = AppFolder(absolute(authored.locate(".")))
    else:
        folder = folder_of(file, tree, has_files=bool(options.files))
    gather(files, options.files, folder, file and absolute(file), authored.locate)
    return folder


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


def _all_requirements(authored: Authored, options: Options, code: str) -> tuple[str, ...]:
    in_code = script_requirements(code)
    if in_code is None and not options.requires:
        return normalise_requirements(authored.default_requires)
    return normalise_requirements([*options.requires, *(in_code or ())])


def _module_name(file: Path | None) -> str:
    if file is None:
        return _BODY_MODULE
    stem = re.sub(r"\W", "_", PurePosixPath(file.as_posix()).stem)
    return stem if stem.isidentifier() else f"_{stem}"
