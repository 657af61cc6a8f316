"""What stays together when pytest-xdist runs tests in several processes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    import pytest
    from xdist.remote import Producer

ENGINES = ("chromium", "firefox", "webkit")


class Scheduling(LoadScopeScheduling):
    """Gives a process the tests of a group, group by group in the order of their collection."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        config.option.loadscopereorder = False  # the number of tests tells nothing of their time
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def group_of(nodeid: str) -> str:
    """A file, in one engine; of the checks of conformance one area, and of the replay everything.

    The groups of pytest-xdist 3.8 itself do nothing with pytest 9.2.
    """
    file, _, test = nodeid.partition("::")
    if file.endswith("test_replay.py"):  # with one site, which takes long to build
        return file
    engine, *others = re.split(r"[-\]]", test.partition("[")[2])
    if engine not in ENGINES:
        return file
    area = others[:1] if file.endswith("test_conformance.py") else []
    return "-".join([file, engine, *area])
