"""Groups: blocks of one page that make one app grow, each with the code of those before it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from asgi_docs.block.options import Options
from asgi_docs.block.steps import Steps
from asgi_docs.errors import BlockError

_OF_APP = frozenset({"app", "mount", "lifespan"})


@dataclass
class Group:
    """What the blocks of a group are so far.

    Attributes:
        name: what the author calls it.
        source: where its first block stands.
        code: of all blocks.
        options: those that hold for the blocks to come.
        given: names of those of the app that a block has given.
        has_application: whether any of the blocks has had one.
        is_broken: whether one of them is wrong, which has been told; those after it cannot run.
    """

    name: str
    source: str
    code: str = ""
    options: Options = field(default_factory=Options)
    given: frozenset[str] = frozenset()
    has_application: bool = False
    is_broken: bool = False

    def with_code_before(self, own: str) -> tuple[str, int]:
        """The code of all blocks up to one, and in how many lines of it that one's begins."""
        before = f"{self.code}\n\n" if self.code else ""
        return before + own, before.count("\n")

    def with_options_before(self, own: Options, given: frozenset[str]) -> Options:
        """The options of a block, with those of the app from the blocks before it.

        Args:
            own: its options.
            given: names of those that the author has given.
        """
        before = self.options
        self.given |= given & _OF_APP
        return replace(
            own,
            requires=(*before.requires, *own.requires),
            files=tuple(dict.fromkeys((*before.files, *own.files))),
            env={**before.env, **own.env},
            **{name: getattr(before, name) for name in _OF_APP - given},
        )


class Groups:
    """The groups of one page.

    Attributes:
        steps: its blocks, whether in a group or not.
    """

    def __init__(self) -> None:
        self.steps = Steps()
        self._of_name: dict[str, Group] = {}

    def get(self, name: str, source: str) -> Group:
        """The group, which begins at this block if it has not begun yet."""
        return self._of_name.setdefault(name, Group(name, source))

    def problems(self) -> list[tuple[str, BlockError]]:
        """At the end of the page: what is wrong with a group as a whole, and where it begins."""
        return [
            (
                group.source,
                BlockError(
                    f"no block of the group {group.name!r} has an ASGI or WSGI application; bind "
                    "it to the name 'app', or name it with the option 'app'.",
                    subtype="app",
                ),
            )
            for group in self._of_name.values()
            if not group.has_application and not group.is_broken
        ]
