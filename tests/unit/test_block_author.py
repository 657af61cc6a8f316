from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.author import Authored, Reading, read_block
from asgi_docs.block.model import LiveBlock

if TYPE_CHECKING:
    from pathlib import Path

APP = "async def app(scope, receive, send): ...\n"
SCRIPT = '# /// script\n# dependencies = ["httpx"]\n# ///\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "my-shop.py").write_text("\ufeff" + APP, encoding="utf-8")
    (tmp_path / "latin.py").write_bytes(b"# \xe4\n")
    (tmp_path / "3.py").write_text("x = 1", encoding="utf-8")
    return tmp_path


def read(folder: Path, body: str, **given: str | None) -> Reading:
    return read_block(
        Authored(
            given=given,
            body=body,
            source="page.rst:3",
            locate=folder.joinpath,
            defaults={"requires": ("starlette",)},
        )
    )


def sentences(reading: Reading) -> list[str]:
    assert reading.block is None
    return [f"{problem.subtype}: {problem}" for problem in reading.problems]


def test_a_body_is_the_module_main(folder: Path) -> None:
    reading = read(folder, APP.rstrip("\n"), path="/x", height="9rem", caption="C")
    assert reading.block == LiveBlock(
        app="main:app",
        files={"main.py": APP},
        requires=("starlette",),
        path="/x",
        height="9rem",
        caption="C",
        source="page.rst:3",
    )
    assert (reading.parts[0].text, reading.file, reading.problems) == (APP, None, ())


def test_packages_may_not_be_forgotten(folder: Path) -> None:
    code = "from fastapi import FastAPI\napp = FastAPI()\n"
    authored = Authored(given={}, body=code, source="page.rst:3", locate=folder.joinpath)
    reading = read_block(authored)
    assert sentences(reading) == [
        "app: the code imports 'fastapi', but the block requires no packages; name them with the "
        "option 'requires', or in a PEP 723 comment."
    ]
    assert read(folder, code).block is not None


def test_a_file_is_a_module_of_its_name(folder: Path) -> None:
    reading = read(folder, "", file="my-shop.py")
    assert reading.block is not None
    assert reading.block.app == "my_shop:app"
    assert reading.block.files == {"my_shop.py": APP}
    assert reading.file == folder / "my-shop.py"


def test_requirements_of_option_and_script_header_add_up(folder: Path) -> None:
    def requires(body: str, **given: str) -> tuple[str, ...]:
        block = read(folder, body, **given).block
        assert block is not None
        return block.requires

    assert requires(APP) == ("starlette",)
    assert requires(SCRIPT + APP) == ("httpx",)
    assert requires(SCRIPT + APP, requires="fastapi") == ("fastapi", "httpx")
    assert requires("# /// script\n# dependencies = []\n# ///\n" + APP) == ()


def test_all_that_is_wrong_is_told_and_the_code_kept(folder: Path) -> None:
    code = SCRIPT.replace("httpx", "!") + "x = = 1\n"
    reading = read(folder, code, path="x", nme="y")
    assert reading.parts[0].text == code
    assert [(problem.subtype, problem.line) for problem in reading.problems] == [
        ("option", None),
        ("option", None),
        ("app", 4),
        ("app", 2),
    ]


def test_a_wrong_option_alone_makes_the_block_not_live(folder: Path) -> None:
    assert read(folder, APP, height="x").block is None


@pytest.mark.parametrize(
    ("body", "given", "sentence"),
    [
        ("", {"file": "no.py"}, "file: the file 'no.py' cannot be read (No such file"),
        ("", {"file": "latin.py"}, "file: the file 'latin.py' is not UTF-8 text."),
        ("", {"file": "."}, "file: the file '.' is a folder."),
        ("", {"file": "3.py"}, "app: no ASGI or WSGI application"),
        (" \n", {}, "app: the block is empty"),
        (APP, {"file": "my-shop.py"}, "option: the block has code and also names the file"),
    ],
)
def test_code_that_cannot_be_had_is_explained(
    folder: Path, body: str, given: dict[str, str], sentence: str
) -> None:
    (problem,) = sentences(read(folder, body, **given))
    assert problem.startswith(sentence)


def test_all_of_an_included_file_runs_whatever_of_it_is_shown(folder: Path) -> None:
    reading = read_block(
        Authored(
            given={"path": "/x"},
            body="app = ...\n",
            source="page.rst:3",
            locate=folder.joinpath,
            included=folder / "my-shop.py",
        )
    )
    assert reading.block is not None
    assert (reading.block.app, reading.block.files) == ("my_shop:app", {"my_shop.py": APP})
    assert (reading.parts[0].text, reading.file) == ("app = ...\n", folder / "my-shop.py")
    assert reading.sources == (folder / "my-shop.py",)
