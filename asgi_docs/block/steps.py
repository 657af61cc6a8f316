"""Steps: blocks of a page that go on from an earlier one, whose changes readers may look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asgi_docs.block.advice import did_you_mean
from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from asgi_docs.block.options import Options


class Steps:
    """The blocks of one page so far, as far as later ones may go on from them."""

    def __init__(self) -> None:
        self._by_name: dict[str, str | None] = {}
        self._by_group: dict[str, str] = {}

    def before(self, options: Options) -> str | None:
        """Where the block stands that another one goes on from: its source, if there is one.

        Args:
            options: those of the later block.

        Raises:
            BlockError: no block before has the name that the option gives.
        """
        name = options.since
        if name is None:
            return self._by_group.get(options.group or "")
        if name in self._by_name:
            return self._by_name[name]
        otherwise = "give that block the name by its option 'name'."
        raise BlockError(
            f"option 'since': no live block named {name!r} comes before this one; "
            f"{did_you_mean(name, self._by_name, otherwise)}",
            subtype="option",
            option="since",
        )

    def add(self, options: Options, source: str, *, is_live: bool) -> None:
        """A block has been read.

        Args:
            options: its own.
            source: where it stands.
            is_live: whether the page has its files.
        """
        if options.name:
            self._by_name[options.name] = source if is_live else None
        if options.group and is_live:
            self._by_group[options.group] = source
