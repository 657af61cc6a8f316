"""The files of a block's app: which folder is its own, and what the author's patterns name."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from asgi_docs.block.patterns import absolute, split_pattern
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZE_LIMIT = 1_000_000
"""Bytes of an app's files above which the author is told; they are a part of the page."""


@dataclass(frozen=True)
class AppFolder:
    """Where the paths of an app's files begin.

    Attributes:
        find: tells the folder on disk; most blocks never ask, and Sphinx is long about it.
        package: the packages from there down to the entry file, outermost first.
    """

    find: Callable[[], Path]
    package: tuple[str, ...] = ()

    @cached_property
    def path(self) -> Path:
        """The folder on disk."""
        return self.find()


@dataclass
class AppFiles:
    """Files by POSIX path relative to the app's folder.

    Attributes:
        text: those that are UTF-8 text.
        binary: all others.
        sources: where each was read from.
    """

    text: dict[str, str] = field(default_factory=dict)
    binary: dict[str, bytes] = field(default_factory=dict)
    sources: list[Path] = field(default_factory=list)

    def read(self, path: Path, name: str) -> None:
        """Take a file from disk, byte for byte."""
        content = path.read_bytes()
        self.sources.append(path)
        try:
            text = content.decode()
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text:  # also in what happens to be UTF-8: it would be six times as long in JSON
            self.binary[name] = content
        else:
            self.text[name] = text

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(len(text.encode()) for text in self.text.values()) + sum(
            map(len, self.binary.values())
        )


def folder_of(file: Path, tree: ast.Module, *, has_files: bool) -> AppFolder:
    """The app's folder of an entry file: its own, or the one that its package stands in.

    A package is looked for only where it matters, so that an `__init__.py` somewhere in the
    documentation does not change what a single file means.

    Raises:
        BlockError: the code imports relatively, and the folders cannot be packages.
    """
    folder = absolute(file).parent
    relative = max((node for node in _relative_imports(tree)), key=_level, default=None)
    wanted = _level(relative) if relative else 0
    package: tuple[str, ...] = ()
    while len(package) < wanted or (has_files and (folder / "__init__.py").is_file()):
        if not folder.name.isidentifier():
            raise BlockError(
                f"the relative import needs a package, and {folder.name!r} is no name for one; "
                "give the folder a name of letters, digits and '_'.",
                subtype="app",
                line=relative.lineno if relative else None,
            )
        package = (folder.name, *package)
        folder = folder.parent
    return AppFolder(lambda: folder, package)


def _relative_imports(tree: ast.Module) -> Iterator[ast.ImportFrom]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level)


def _level(node: ast.ImportFrom) -> int:
    return node.level


def gather(
    files: AppFiles,
    patterns: tuple[str, ...],
    folder: AppFolder,
    entry: Path | None,
    locate: Callable[[str], Path],
) -> None:
    """Read what the patterns name, and the `__init__.py` of the entry file's packages.

    Raises:
        BlockError: a pattern names nothing, something outside the folder, or what cannot be read.
    """
    parts: list[str] = []
    for name in folder.package:
        parts.append(name)
        init = folder.path.joinpath(*parts, "__init__.py")
        if init.is_file():
            files.read(init, "/".join([*parts, "__init__.py"]))
    for pattern in patterns:
        found = matching_files(pattern, locate)
        if not found:
            raise _wrong(f"{pattern!r} matches no file (looked in {_base(pattern, locate)}).")
        for path in found:
            if not path.is_relative_to(folder.path):
                raise _wrong(_outside(pattern, path, folder, entry))
            name = path.relative_to(folder.path).as_posix()
            if path == entry or name in files.text or name in files.binary:
                continue
            try:
                files.read(path, name)
            except OSError as error:
                raise _wrong(f"{path.as_posix()} cannot be read ({error.strerror}).") from None


def _outside(pattern: str, path: Path, folder: AppFolder, entry: Path | None) -> str:
    if entry:
        advice = "move it there"
    else:
        advice = "move it there, or put the code into a file above it and name that with 'file'"
    return (
        f"{pattern!r} names {path.as_posix()}, outside the app's folder "
        f"{folder.path.as_posix()}; {advice}."
    )


def _base(pattern: str, locate: Callable[[str], Path]) -> str:
    literal, _ = split_pattern(pattern)
    return absolute(locate(literal)).as_posix()


def matching_files(pattern: str, locate: Callable[[str], Path]) -> list[Path]:
    """The files that a pattern names, in full and sorted.

    Raises:
        BlockError: it is no pattern.
    """
    whole = absolute(locate(pattern))
    if whole.is_file():
        return [whole]
    if whole.is_dir():
        base, rest = whole, "**/*"
    else:
        literal, rest = split_pattern(pattern)
        base = absolute(locate(literal))
        # pathlib takes a final ** for folders only, before Python 3.13.
        rest = f"{rest}/*" if PurePosixPath(rest).name == "**" else rest
    try:
        found = sorted(base.glob(rest)) if rest else []
    except ValueError as error:
        raise _wrong(f"{pattern!r} is no pattern: {error}.") from None
    except OSError:
        return []
    return [path for path in found if path.is_file() and not _is_hidden(path, base)]


def _is_hidden(path: Path, base: Path) -> bool:
    """What editors, version control and Python itself leave behind."""
    parts = path.relative_to(base).parts
    return any(part.startswith(".") or part == "__pycache__" for part in parts)


def _wrong(sentence: str) -> BlockError:
    return BlockError(f"option 'files': {sentence}", subtype="file", option="files")
