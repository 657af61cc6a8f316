"""Which files become the app's, and by which paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.author import Authored, Reading, read_block
from asgi_docs.block.files import SIZE_LIMIT
from asgi_docs.block.model import LiveBlock

if TYPE_CHECKING:
    from pathlib import Path

APP = "async def app(scope, receive, send): ...\n"
RELATIVE = f"from .models import x\n{APP}"
PNG = b"\x89PNG\r\n\x00"

FILES: dict[str, str | bytes] = {
    "apps/main.py": APP,
    "apps/models.py": "x = 1\r\n",
    "apps/templates/a.html": "<a>",
    "apps/templates/deep/b.html": "<b>",
    "apps/templates/deep/.hidden": "",
    "apps/templates/__pycache__/c.pyc": b"\xff",
    "apps/static/dot.png": PNG,
    "apps/static/zeros.db": bytes(4),
    "apps/pages/[id].html": "id",
    "apps/shop/__init__.py": "",
    "apps/shop/web/main.py": f"from ..models import x\n{APP}",
    "apps/shop/models.py": "x = 2\n",
    "apps/plain/main.py": RELATIVE,
    "apps/plain/models.py": "x = 3\n",
    "apps/my-shop/main.py": RELATIVE,
    "page/data/names.csv": "a,b\n",
}


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return tmp_path


def read(docs: Path, body: str = "", **given: str) -> Reading:
    def locate(written: str) -> Path:
        return docs / written.lstrip("/") if written.startswith("/") else docs / "page" / written

    return read_block(Authored(given=given, body=body, source="page/a.rst:3", locate=locate))


def block(docs: Path, body: str = "", **given: str) -> LiveBlock:
    reading = read(docs, body, **given)
    assert reading.problems == ()
    assert reading.block is not None
    return reading.block


def problem(docs: Path, body: str = "", **given: str) -> str:
    reading = read(docs, body, **given)
    assert reading.block is None
    (problem,) = reading.problems
    return str(problem)


def test_files_stand_where_they_stand_beside_the_entry_file(docs: Path) -> None:
    made = block(
        docs,
        file="../apps/main.py",
        files="../apps/*.py /apps/templates/** ../apps/static ../apps/pages/[id].html",
    )
    assert made.app == "main:app"
    assert made.files == {
        "main.py": APP,
        "models.py": "x = 1\r\n",
        "templates/a.html": "<a>",
        "templates/deep/b.html": "<b>",
        "pages/[id].html": "id",
    }
    assert made.binary_files == {"static/dot.png": PNG, "static/zeros.db": bytes(4)}
    assert LiveBlock.from_json(made.to_json()) == made


def test_files_of_code_in_a_page_stand_as_they_stand_beside_the_page(docs: Path) -> None:
    made = block(docs, APP, files="data/*.csv")
    assert made.files == {"main.py": APP, "data/names.csv": "a,b\n"}


def test_a_package_begins_above_its_outermost_folder(docs: Path) -> None:
    made = block(docs, file="/apps/shop/web/main.py", files="/apps/shop/models.py")
    assert made.app == "shop.web.main:app"
    assert sorted(made.files) == ["shop/__init__.py", "shop/models.py", "shop/web/main.py"]


def test_a_relative_import_makes_the_folder_a_package(docs: Path) -> None:
    made = block(docs, file="/apps/plain/main.py", files="/apps/plain/models.py")
    assert made.app == "plain.main:app"
    assert sorted(made.files) == ["plain/main.py", "plain/models.py"]


def test_a_single_file_in_a_package_stays_a_module_of_its_own(docs: Path) -> None:
    (docs / "apps/shop/alone.py").write_text(APP)
    made = block(docs, file="/apps/shop/alone.py")
    assert (made.app, sorted(made.files)) == ("alone:app", ["alone.py"])


def test_all_that_was_read_is_told_for_rebuilds(docs: Path) -> None:
    reading = read(docs, file="/apps/shop/web/main.py", files="/apps/shop/models.py")
    names = {path.relative_to(docs).as_posix() for path in reading.sources}
    assert names == {"apps/shop/web/main.py", "apps/shop/__init__.py", "apps/shop/models.py"}
    assert read(docs, file="/no.py").sources == (docs / "no.py",)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"file": "/apps/main.py", "files": "/apps/*.txt"}, "'/apps/*.txt' matches no file"),
        ({"file": "/apps/main.py", "files": "/apps/no.py"}, "'/apps/no.py' matches no file"),
        ({"file": "/apps/main.py", "files": "data/names.csv"}, "outside the app's folder"),
        ({"file": "/apps/main.py", "files": "data/names.csv"}, "move it there."),
        ({"file": "/apps/my-shop/main.py"}, "'my-shop' is no name for one"),
        ({"file": "/apps/plain/main.py"}, "imports 'plain/models.py', which is no file of"),
    ],
)
def test_files_that_cannot_be_had_are_explained(
    docs: Path, given: dict[str, str], sentence: str
) -> None:
    assert sentence in problem(docs, **given)


def test_code_in_a_page_has_the_files_below_the_page_only(docs: Path) -> None:
    told = problem(docs, APP, files="/apps/models.py")
    assert "outside the app's folder" in told
    assert "put the code into a file above it and name that with 'file'" in told


def test_much_data_is_told_and_the_block_is_live(docs: Path) -> None:
    (docs / "page/big.bin").write_bytes(bytes(SIZE_LIMIT + 1))
    reading = read(docs, APP, files="big.bin")
    assert reading.block is not None
    (advice,) = reading.advice
    assert advice.subtype == "size"
    assert "1.0 MB, and every reader of the page loads them" in str(advice)
