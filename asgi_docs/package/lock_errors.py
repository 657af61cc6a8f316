"""Tells an author which packages do not run in a reader's browser, why, and who asked for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from asgi_docs.package import pyodide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Unfit:
    """A package that has nothing which runs.

    Attributes:
        name: canonical.
        reason: in a few words.
        replaceable: whether a build of another version would do: not if something went wrong.
    """

    name: str
    version: str
    reason: str
    replaceable: bool


def explain(
    unfit: Sequence[Unfit], requires: str, askers: Mapping[str, Sequence[str]], *advice: str
) -> str:
    """The whole error.

    Args:
        unfit: at least one.
        requires: what the author asked for.
        askers: as `read_askers` gives them.
        advice: sentences that come before the one that always stands there.
    """
    return "\n".join(
        [
            f"{requires}: these packages have nothing that runs on {pyodide.TARGET}:",
            *(
                f"  {each.name} {each.version}{_chain(each.name, askers)}: {each.reason}"
                for each in unfit
            ),
            *advice,
            "Require another version, or another package in its place; "
            "an extra such as name[extra] often asks for more than an example needs.",
        ]
    )


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
