"""Several files in the body of one block, each after a line with its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from asgi_docs.errors import BlockError

# As shinylive has it: a comment in Python, so that editors and linters take the body as it is.
_SEPARATOR_START = "## file:"
_SEPARATOR = re.compile(rf"{_SEPARATOR_START}(?P<name>.*)")

# Names of lexers that all docs tools know.
_LANGUAGES = {
    "py": "python",
    "css": "css",
    "html": "html",
    "ini": "ini",
    "js": "javascript",
    "json": "json",
    "md": "markdown",
    "sql": "sql",
    "toml": "toml",
    "xml": "xml",
    "yaml": "yaml",
    "yml": "yaml",
}


@dataclass(frozen=True)
class Part:
    """One file of a block, as the page shows it.

    Attributes:
        name: its path relative to the app's folder.
        text: what the page shows of it, live or not.
        line: 1-based line of the body on which it begins.
    """

    name: str
    text: str
    line: int = 1

    @property
    def language(self) -> str:
        """What it is highlighted as."""
        return _LANGUAGES.get(PurePosixPath(self.name).suffix.removeprefix("."), "text")


def split_body(body: str, name: str) -> list[Part]:
    """The files of a body; the first one is the app's.

    Args:
        body: the code in the page.
        name: of the first file, where no line names it.

    Raises:
        BlockError: a name cannot be one.
    """
    if _SEPARATOR_START not in body:
        return [Part(name, body)]
    lines = body.splitlines()
    heads = [
        (number, _in_one_spelling(found["name"].strip()))
        for number, line in enumerate(lines, start=1)
        if (found := _SEPARATOR.fullmatch(line))
    ]
    if not heads:
        return [Part(name, body)]
    if any(line.strip() for line in lines[: heads[0][0] - 1]):
        heads.insert(0, (0, name))
    ends = [*(number for number, _ in heads[1:]), len(lines) + 1]
    parts: list[Part] = []
    for (head, written), end in zip(heads, ends, strict=True):
        _check_name(written, parts, head)
        text = "\n".join(lines[head : end - 1]).rstrip()
        parts.append(Part(written, f"{text}\n", head + 1))
    return parts


def _in_one_spelling(name: str) -> str:
    """The name without `./` and the like, which would be no module, nor the same file twice."""
    return PurePosixPath(name).as_posix()


def _check_name(name: str, parts: list[Part], line: int) -> None:
    path = PurePosixPath(name)
    if not path.name or path.is_absolute() or ".." in path.parts or "\\" in name:
        wrong = (
            "a file is named by its path below the app's folder, as in '## file: shop/models.py'"
        )
    elif any(part.name == name for part in parts):
        wrong = f"there is a second file {name!r}"
    elif not parts and path.suffix != ".py":
        wrong = f"the first file has the application, so it is Python, not {name!r}"
    elif not parts and not all(each.isidentifier() for each in path.with_suffix("").parts):
        wrong = f"the first file is a module, so {name!r} may have letters, digits and '_' only"
    else:
        return
    raise BlockError(f"{wrong}.", subtype="file", line=line)
