"""What stays together when tests run in several processes."""

from __future__ import annotations

import pytest

from ..scheduling import group_of


@pytest.mark.parametrize(
    ("nodeid", "group"),
    [
        ("tests/unit/test_a.py::test_x[chrome-1]", "tests/unit/test_a.py"),
        ("tests/package/test_site.py::TestBuilt::test_x", "tests/package/test_site.py"),
        ("tests/browser/test_a.py::test_x[firefox]", "tests/browser/test_a.py-firefox"),
        ("tests/browser/test_a.py::test_x[firefox-a::b[c]]", "tests/browser/test_a.py-firefox"),
        ("c/test_conformance.py::test_x[webkit-http]", "c/test_conformance.py-webkit-http"),
        ("c/test_conformance.py::test_x[webkit-http-a-b]", "c/test_conformance.py-webkit-http"),
        ("r/test_replay.py::test_x[chromium-docs_src.a:app]", "r/test_replay.py"),
    ],
)
def test_groups(nodeid: str, group: str) -> None:
    assert group_of(nodeid) == group
