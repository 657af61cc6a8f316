"""Tells an author which packages do not run in a reader's browser, why, and who asked for them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from asgi_docs.errors import PackageError
from asgi_docs.package import pyodide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def explain(
    unfit: Mapping[str, tuple[str, str]], requires: str, askers: Mapping[str, Sequence[str]]
) -> str:
    """The whole error.

    Args:
        unfit: by canonical name: version and reason.
        requires: what the author asked for.
        askers: as `read_askers` gives them.
    """
    lines = [
        f"  {name} {version}{_chain(name, askers)}: {reason}"
        for name, (version, reason) in unfit.items()
    ]
    ported = ", ".join(sorted(_ported().intersection(unfit)))
    if ported:
        lines.append(
            f"Pyodide's own server has builds of {ported}; asgi-docs takes none from there."
        )
    lines.append(
        "Require another version, or another package in its place; "
        "an extra such as name[extra] often asks for more than an example needs."
    )
    head = f"{requires}: these packages have nothing that runs on {pyodide.TARGET}:"
    return "\n".join([head, *lines])


def _ported() -> frozenset[str]:
    """Names of what Pyodide's own distribution has."""
    try:
        text = (pyodide.distribution() / pyodide.PORTS).read_text("utf-8")
    except PackageError:
        return frozenset()  # the error is clear without that
    return frozenset(map(canonicalize_name, json.loads(text)["packages"]))


def read_askers(compiled: str) -> dict[str, list[str]]:
    """Who asked for each package: canonical names by canonical name.

    Args:
        compiled: uv's requirements list, with one line per package and its comments.
    """
    line = r"^([\w.-]+)(?: @ \S+|\S*)(?:[ \t]+# via (.+))?$"
    return {
        # Options and files ask as well: "-c constraints.txt".
        canonicalize_name(name): [
            canonicalize_name(each) for each in via.split(", ") if re.fullmatch(r"\w[\w.-]*", each)
        ]
        for name, via in re.findall(line, compiled, re.MULTILINE)
    }


def _chain(name: str, askers: Mapping[str, Sequence[str]]) -> str:
    chain = [name]
    while above := [each for each in askers.get(chain[-1], []) if each not in chain]:
        chain.append(above[0])
    return f" (needed by {', needed by '.join(chain[1:])})" if len(chain) > 1 else ""
