"""Puts together what a block runs: its files, its application and its requirements."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from asgi_docs.block.files import AppFiles, AppFolder, folder_of, gather
from asgi_docs.block.imports import check_body_imports, check_imports
from asgi_docs.block.model import LiveBlock
from asgi_docs.block.patterns import absolute
from asgi_docs.block.requirements import normalise_requirements
from asgi_docs.block.script import script_requirements
from asgi_docs.block.source import find_application, parse_code
from asgi_docs.block.wsgi import with_adapter
from asgi_docs.errors import BlockError, NoApplicationError

if TYPE_CHECKING:
    import ast
    from collections.abc import Sequence
    from pathlib import Path

    from asgi_docs.block.author import Authored
    from asgi_docs.block.groups import Group
    from asgi_docs.block.options import Options
    from asgi_docs.block.parts import Part


def make_block(
    authored: Authored,
    options: Options,
    parts: Sequence[Part],
    file: Path | None,
    files: AppFiles,
    group: Group | None,
) -> tuple[LiveBlock | None, list[BlockError]]:
    """The block, or what is wrong with it; neither where a group has no application yet.

    Args:
        authored: what the author wrote.
        options: the checked options.
        parts: the files of the body, or the file in its place.
        file: where that one is, or None for a body.
        files: receives all files of the app.
        group: the one that the block belongs to.

    Raises:
        BlockError: the block cannot be of its group.
    """
    own = parts[0]
    if group and group.is_broken:
        parse_code(own.text)  # what else would be found is not this block's fault
        return None, []
    if group and len(parts) > 1:
        raise BlockError(
            "the blocks of a group are parts of one file; keep the other files of the app in a "
            "folder, and name them with 'files'.",
            subtype="option",
            option="group",
        )
    code, lines_before = group.with_code_before(own.text) if group else (own.text, 0)
    problems: list[BlockError] = []
    application = ""
    requires: tuple[str, ...] = ()
    folder = AppFolder(authored.folder)
    tree = None
    files.text.update((part.name, part.text) for part in parts[1:])
    try:
        tree = parse_code(code)
        folder = _read_files(authored, options, tree, own, file, files)
        application = find_application(tree, options.app)
    except NoApplicationError as problem:
        if not group or "app" in authored.given:  # else it may be in a later block
            problems.append(problem)
    except BlockError as problem:
        problems.append(problem)
    entry = "/".join([*folder.package, f"{_module_name(file)}.py"]) if file else own.name
    files.text[entry] = code
    try:
        requires = _all_requirements(authored, options, code)
        if tree and not problems:
            check_imports(tree, folder, {*files.text, *files.binary}, requires)
            requires = with_adapter(requires, tree, application)
    except BlockError as problem:
        problems.append(problem)
    _count_in_body(problems, lines_before, own)
    problems += _mistakes_in(parts[1:])
    if group:
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
        run=options.run,
        edit=options.edit,
        check=options.check,
        name=options.name,
        height=options.height,
        caption=options.caption,
        source=authored.source,
    )
    return block, []


def _count_in_body(problems: list[BlockError], lines_before: int, part: Part) -> None:
    for problem in problems:
        if problem.line is not None:
            line = problem.line - lines_before
            problem.line = line + part.line - 1 if line > 0 else None


def _mistakes_in(parts: Sequence[Part]) -> list[BlockError]:
    problems = []
    for part in parts:
        try:
            if part.language == "python":
                parse_code(part.text)
        except BlockError as problem:
            _count_in_body([problem], 0, part)
            problems.append(problem)
    return problems


def _read_files(
    authored: Authored,
    options: Options,
    tree: ast.Module,
    own: Part,
    file: Path | None,
    files: AppFiles,
) -> AppFolder:
    if file:
        folder = folder_of(file, tree, has_files=bool(options.files))
        gather(files, options.files, folder, absolute(file), authored.locate)
        return folder
    package = PurePosixPath(own.name).parent.parts
    if not package:
        check_body_imports(tree)
    gather(files, options.files, AppFolder(authored.folder), None, authored.locate)
    return AppFolder(authored.folder, package)


def _all_requirements(authored: Authored, options: Options, code: str) -> tuple[str, ...]:
    in_code = script_requirements(code)
    if in_code is None and not options.requires:
        return normalise_requirements(authored.defaults.get("requires", ()))
    return normalise_requirements([*options.requires, *(in_code or ())])


def _module_name(file: Path) -> str:
    stem = re.sub(r"\W", "_", PurePosixPath(file.as_posix()).stem)
    return stem if stem.isidentifier() else f"_{stem}"
