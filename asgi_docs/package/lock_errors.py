"""Tells an author which packages do not run in a reader's browser, why, and who asked for them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from asgi_docs.errors import PackageError
from asgi_docs.package import pyodide

if TYPE_CHECKING:
    from collections.abc import Mapping


def explain(unfit: Mapping[str, tuple[str, str]], requires: str, compiled: str) -> str:
    """The whole error.

    Args:
        unfit: by canonical name: version and reason.
        requires: what the author asked for.
        compiled: uv's requirements list for that, with one line per package.
    """
    askers = _askers(compiled)
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


def _askers(compiled: str) -> dict[str, list[str]]:
    """Who asked for each package, from the comments of uv's requirements list."""
    found = re.findall(r"^([\w.-]+)\S*(?:[ \t]+# via (.+))?$", compiled, re.MULTILINE)
    return {
        canonicalize_name(name): [canonicalize_name(each) for each in via.split(", ") if via]
        for name, via in found
    }


def _chain(name: str, askers: dict[str, list[str]]) -> str:
    chain = [name]
    while above := [each for each in askers.get(chain[-1], []) if each not in chain]:
        chain.append(above[0])
    return f" (needed by {', needed by '.join(chain[1:])})" if len(chain) > 1 else ""
