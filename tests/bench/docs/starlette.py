"""Starlette's documentation: fences with Python in pages of Markdown."""

from __future__ import annotations

import ast
import re
import shutil
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING

from ...source_distributions import unpacked
from .documentation import Documentation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

_FENCE = re.compile(r"(?P<indent>[ \t]*)```(?:python|py)\b[ \t]*(?P<options>.*)")
# The plugin is not installed, no page has a docstring, and it asks another site for an inventory.
_MKDOCSTRINGS = re.compile(r"\n  - mkdocstrings:(\n    .*)*")
_PACKAGES = "starlette jinja2 python-multipart itsdangerous httpx uvicorn opentelemetry-sdk"
_EXTENSION = f"\n  - asgi_docs: {{requires: {_PACKAGES}}}"


@dataclass(frozen=True)
class _Fence:
    """A fence with Python; `line` is counted from 1, as in reports."""

    line: int
    code: str

    def is_among(self, places: Collection[str], page: str) -> bool:
        """Whether one of these places is its header or a line of its code."""
        last = self.line + self.code.count("\n") + 1
        return any(f"{page}:{line}" in places for line in range(self.line, last + 1))

    @property
    def binds_app(self) -> bool:
        try:
            tree = ast.parse(dedent(self.code))
        except SyntaxError:
            return False
        return any(
            isinstance(target, ast.Name) and target.id == "app"
            for statement in tree.body
            if isinstance(statement, ast.Assign)
            for target in statement.targets
        )


def write(folder: Path, tool: str, leave: Collection[str] | None) -> Documentation:
    """Write the documentation, each fence that binds `app` being live.

    Args:
        folder: receives it.
        tool: mkdocs or zensical.
        leave: places, such as `index.md:12`, whose fences stay as they are. If that is not known
            yet, warnings are no errors, as they are by Starlette's own configuration.
    """
    plain = unpacked("starlette", folder)
    config = plain / "mkdocs.yml"
    text = _MKDOCSTRINGS.sub("", config.read_text())
    config.write_text(text.replace("strict: true", "strict: false") if leave is None else text)
    live = folder / "live"
    shutil.copytree(plain, live)
    config = live / "mkdocs.yml"
    before, heading, after = config.read_text().partition("\nmarkdown_extensions:")
    config.write_text(before + heading + _EXTENSION + after)
    edits, samples = 1, 0
    for page in sorted((live / "docs").glob("*.md")):
        lines = page.read_text().split("\n")
        for fence in _fences(lines):
            samples += 1
            if fence.binds_app and not fence.is_among(leave or (), page.name):
                lines[fence.line - 1] = _marked(lines[fence.line - 1])
                edits += 1
        page.write_text("\n".join(lines))
    return Documentation("Starlette", tool, live, plain, "docs", edits, samples)


def _fences(lines: list[str]) -> Iterator[_Fence]:
    at = 0
    while at < len(lines):
        opening = _FENCE.fullmatch(lines[at])
        at += 1
        if opening:
            start = at
            while at < len(lines) and lines[at].strip() != "```":
                at += 1
            yield _Fence(start, "\n".join(lines[start:at]))


def _marked(header: str) -> str:
    opening = _FENCE.fullmatch(header)
    assert opening
    options = f" {opening['options']}" if opening["options"] else ""
    return f"{opening['indent']}```python {{.asgi-live{options}}}"
