"""The node of a live block, and how Sphinx tells what is wrong with one."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.util import logging
from sphinx.util.osutil import relpath

from asgi_docs.block.groups import Groups
from asgi_docs.errors import NoApplicationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.environment import BuildEnvironment

    from asgi_docs.block.model import LiveBlock
    from asgi_docs.errors import BlockError

logger = logging.getLogger(__name__)

Place = tuple[str, int]
"""A file and a 1-based line of it."""


class asgi_live(nodes.General, nodes.Element):  # noqa: N801  docutils spells node classes so
    """A live block round its highlighted code; the attribute `data` holds the block's JSON."""


def groups_of_page(env: BuildEnvironment) -> Groups:
    """The groups of the page that is being read."""
    groups = env.temp_data.setdefault("asgi_docs_groups", Groups())
    return cast("Groups", groups)


def make_node(block: LiveBlock, shown: Sequence[nodes.Node]) -> asgi_live:
    """The node of a block, with the caption's text in place of its markup."""
    captions = (caption for node in shown for caption in node.findall(nodes.caption))
    caption = next(captions, None)
    if caption:
        block = replace(block, caption=caption.astext())
    return asgi_live("", *shown, data=block.to_json())


def place_in_docs(place: Place, env: BuildEnvironment) -> str:
    """A place as pages carry it, such as `tutorial/first.rst:12`."""
    path, line = place
    return f"{_path_in_docs(path, str(env.srcdir))}:{line}"


@lru_cache(maxsize=1)  # all blocks of a page ask
def _path_in_docs(path: str, srcdir: str) -> str:
    return Path(relpath(path, srcdir)).as_posix()


def with_file_name(code: nodes.Node, name: str) -> nodes.container:
    """As Sphinx makes it for a caption; but a name is no markup, and nothing to translate."""
    wrapper = nodes.container("", literal_block=True, classes=["literal-block-wrapper"])
    wrapper += nodes.caption(name, name, translatable=False)
    wrapper += code
    return wrapper


def tell(problem: BlockError, place: Place, *, asked: bool = True) -> None:
    """Tell the author what is wrong.

    Args:
        problem: what it is.
        place: where it is.
        asked: whether the author wants this very block to be live; of those that are live by the
            project's configuration many are not meant to. A request in a comment is always meant.
    """
    location = f"{place[0]}:{place[1]}"
    if asked or problem.subtype == "request":
        logger.warning("%s", problem, location=location, type="asgi_docs", subtype=problem.subtype)
    elif isinstance(problem, NoApplicationError):
        logger.verbose("not live: %s", problem, location=location)
    else:
        logger.info("not live: %s", problem, location=location)
