"""The areas: each has checks, an app and a page."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parent
CHECKS = FOLDER / "checks"

# A check is a property of `checks` with a quoted name, indented by four spaces. That every one is
# found this way is asserted when they run.
_CHECK = re.compile(r'^    (?:async )?("(?:[^"\\]|\\.)+")\s*[:(]', re.MULTILINE)
_SECTION = re.compile(r"^  checks: \{\n(.*?)^  \},?\n", re.MULTILINE | re.DOTALL)


def areas() -> list[str]:
    return sorted(path.stem for path in CHECKS.glob("*.js"))


def check_names(area: str) -> list[str]:
    """Reads the names without a browser, so that each check is a test of its own."""
    path = CHECKS / f"{area}.js"
    section = _SECTION.search(path.read_text("utf-8"))
    if section is None:
        raise ValueError(f"{path.name}: no line `  checks: {{` with its end `  }},`")
    # The names are JavaScript strings without escapes that Python spells differently.
    return [name[1:-1].replace('\\"', '"') for name in _CHECK.findall(section[1])]
