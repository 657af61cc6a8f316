"""The vendored editor: that it is what its own text says, and what the pins give."""

from __future__ import annotations

import hashlib
import re

import pytest

from asgi_docs.package.assets import assets_folder

from .. import editor

VENDOR = assets_folder() / "vendor"
ABOUT = (VENDOR / "codemirror.txt").read_text("utf-8")


def test_the_files_are_those_whose_hashes_are_stated() -> None:
    stated = dict(re.findall(r"^([0-9a-f]{64})  (codemirror/\S+)$", ABOUT, re.MULTILINE))
    files = sorted(VENDOR.glob("codemirror/*.js"))
    made = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in files}
    assert {key: path.relative_to(VENDOR).as_posix() for key, path in made.items()} == stated


def test_the_versions_are_those_of_the_lock_file() -> None:
    for package in editor.locked_packages():
        assert package.spec in ABOUT, "python -m tests.editor"


@pytest.mark.network
@pytest.mark.node
@pytest.mark.timeout(600)
@pytest.mark.further  # python -m tests.editor, when the pins change
def test_the_files_are_what_the_bundler_makes_of_the_pins() -> None:
    for name, content in {**editor.contents(), **editor.types()}.items():
        assert (VENDOR / name).read_bytes() == content, "python -m tests.editor"
