"""Inline script metadata: the `# /// script` header of PEP 723."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

from asgi_docs.block.requirements import normalise_requirements
from asgi_docs.errors import BlockError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Sequence

# The expression of https://peps.python.org/pep-0723/#specification
_BLOCK = re.compile(r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)$\s(?P<content>(^#(| .*)$\s)+)^# ///$")
_START = re.compile(r"(?m)^# /// script$")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def script_requirements(code: str) -> tuple[str, ...] | None:
    """The `dependencies` of the code's header, or None when it has no header.

    Raises:
        BlockError: the header cannot be read; the error has its line.
    """
    if "# ///" not in code:
        return None
    blocks = [found for found in _BLOCK.finditer(code) if found["type"] == "script"]
    if not blocks:
        start = _START.search(code)
        if start:
            raise _wrong(
                "the '# /// script' header has no closing line '# ///'.", code, start.start()
            )
        return None
    if len(blocks) > 1:
        raise _wrong("a second '# /// script' header.", code, blocks[1].start())
    metadata = _read_toml(code, blocks[0])
    return _dependencies(metadata, code, blocks[0])


def _read_toml(code: str, block: re.Match[str]) -> dict[str, Any]:
    lines = block["content"].splitlines()
    text = "\n".join(line[2:] if line.startswith("# ") else line[1:] for line in lines)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        reason = _PLACE.sub("", str(error)).rstrip(".")
        first = _line_at(code, block.start("content"))
        raise BlockError(
            f"the '# /// script' header is not TOML: {reason}.",
            subtype="app",
            line=first + (int(place[1]) - 1 if place and place[1] else len(lines) - 1),
        ) from None


def _dependencies(metadata: dict[str, Any], code: str, block: re.Match[str]) -> tuple[str, ...]:
    dependencies: Sequence[object] = metadata.get("dependencies", [])
    texts = [each for each in dependencies if isinstance(each, str)]
    if not isinstance(dependencies, list) or len(texts) < len(dependencies):
        at = code.find("dependencies", block.start())
        raise _wrong("'dependencies' in the '# /// script' header is a list of strings.", code, at)
    for text in texts:
        try:
            normalise_requirements([text])
        except BlockError as problem:
            at = max(code.find(text, block.start("content")), block.start("content"))
            raise _wrong(f"in the '# /// script' header, {problem}", code, at) from None
    return normalise_requirements(texts)


def _wrong(sentence: str, code: str, position: int) -> BlockError:
    return BlockError(sentence, subtype="app", line=_line_at(code, position))


def _line_at(code: str, position: int) -> int:
    return code.count("\n", 0, position) + 1
