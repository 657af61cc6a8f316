from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Build:
    """What a documentation tool wrote and said."""

    out: Path
    returncode: int
    log: str

    def page(self, name: str) -> str:
        return (self.out / name).read_text(encoding="utf-8")

    def bytes(self) -> dict[str, bytes]:
        """All files but those that hold a time or a pickle."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file() and path.suffix != ".gz"
        }


class SphinxBuild(Protocol):
    def __call__(self, folder: Path, *arguments: str, out: str = ...) -> Build: ...


class MkDocsBuild(Protocol):
    def __call__(self, folder: Path, *arguments: str) -> Build: ...


class MarkdownBuild(Protocol):
    def __call__(self, tool: str, folder: Path, *arguments: str) -> Build: ...


class WriteFiles(Protocol):
    def __call__(self, folder: Path, files: Mapping[str, str]) -> Path: ...


def _run(command: list[str], folder: Path, out: Path) -> Build:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Build(out, done.returncode, done.stdout)


@pytest.fixture(scope="session")
def write_files() -> WriteFiles:
    def write(folder: Path, files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture(scope="session")
def sphinx_build() -> SphinxBuild:
    def build(folder: Path, *arguments: str, out: str = "html") -> Build:
        target = folder / "_build" / out
        doctrees = str(folder / "_build" / f"{out}-doctrees")
        quiet = [] if "-v" in arguments else ["-q"]
        command = ["sphinx", *quiet, "-d", doctrees, *arguments, str(folder), str(target)]
        return _run(command, folder, target)

    return build


@pytest.fixture(scope="session")
def mkdocs_build() -> MkDocsBuild:
    def build(folder: Path, *arguments: str) -> Build:
        return _run(["mkdocs", "build", *arguments], folder, folder / "site")

    return build


@pytest.fixture(scope="session")
def markdown_build() -> MarkdownBuild:
    """Builds with MkDocs or one of its relatives."""

    def build(tool: str, folder: Path, *arguments: str) -> Build:
        pytest.importorskip(tool)
        return _run([tool, "build", *arguments], folder, folder / "site")

    return build
