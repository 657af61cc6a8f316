"""Why a block is not live, or not right, in groups."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asgi_docs.check.blocks import Checked

_TOLD = re.compile(
    r"(?P<place>[\w./-]+\.(?:md|rst|py)(?::\d+)?): (?:not live: )?(?P<sentence>\S.*)"
)
_NAMES = re.compile(r"'[^']*'|\"[^\"]*\"|/\S+")
_EXCEPTION = re.compile(r"(?P<kind>[\w.]+)(?:: (?P<sentence>.*))?")


def told(said: str) -> dict[str, str]:
    """What a build has said, by place; names are left out of it."""
    found = (_TOLD.search(line.replace("WARNING: ", "")) for line in said.splitlines())
    return {
        each["place"]: f"Not live: {_NAMES.sub('…', each['sentence'])}" for each in found if each
    }


def reason(checked: Checked) -> str:
    """What has failed, with the exception's name from the last line of its traceback."""
    lines = [line for line in checked.details.splitlines() if line.strip()]
    exception = _EXCEPTION.fullmatch(lines[-1]) if lines else None
    return f"{checked.failure} {exception['kind'] if exception else ''}".strip()
