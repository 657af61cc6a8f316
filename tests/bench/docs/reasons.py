"""Why a block is not live, or not right, in groups."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from asgi_docs.check.blocks import Checked

_TOLD = re.compile(r"[\w./-]+\.(?:md|rst|py)(?::\d+)?: (?:WARNING: )?(?P<sentence>\S.*)")
_NAMES = re.compile(r"'[^']*'|\"[^\"]*\"|/\S+")
_EXCEPTION = re.compile(r"(?P<kind>[\w.]+)(?:: (?P<sentence>.*))?")


def of_build(said: str) -> Counter[str]:
    """What a build has warned of, names left out."""
    warnings = (line for line in said.splitlines() if "WARNING" in line)
    found = (_TOLD.search(line) for line in warnings)
    return Counter(f"build: {_NAMES.sub('…', each['sentence'])}" for each in found if each)


def of_check(results: Iterable[Checked]) -> Counter[str]:
    """What has failed, by the last line of the traceback."""
    return Counter(_reason(each) for each in results if each.failure)


def _reason(checked: Checked) -> str:
    lines = [line for line in checked.details.splitlines() if line.strip()]
    exception = _EXCEPTION.fullmatch(lines[-1]) if lines else None
    return f"{checked.failure} {exception['kind'] if exception else ''}".strip()
