"""`asgi-docs check`: which blocks of a built site do not work."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from asgi_docs.block.model import LiveBlock
from asgi_docs.check.blocks import check_site
from asgi_docs.cli import main
from asgi_docs.errors import PackageError
from asgi_docs.package.site import package_site

from .site_building import STARLETTE, write_page

if TYPE_CHECKING:
    from pathlib import Path

    from asgi_docs.check.results import Checked

    from .conftest import Built

pytestmark = [pytest.mark.network, pytest.mark.node]

HELLO = """
async def app(scope, receive, send):
    print("asked for", scope["type"])
    if scope["type"] == "lifespan":
        raise RuntimeError("none here")
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})
"""
BAD_IMPORT = "print('so far')\nimport nothing_of_this_name\napp = None\n"
BAD_STARTUP = """
async def app(scope, receive, send):
    await receive()
    await send({"type": "lifespan.startup.failed", "message": "no database"})
"""
BAD_PAGE = "async def app(scope, receive, send):\n    raise ValueError('no page')\n"
BAD_REQUEST = """
import urllib.request
async def app(scope, receive, send):
    urllib.request.urlopen("https://example.org/")
"""
ENDLESS = "while True:\n    pass\n"


def block(code: str, line: int, **options: object) -> LiveBlock:
    files = {"main.py": code}
    given: dict[str, object] = {"app": "main:app", "source": f"guide/first.rst:{line}", **options}
    return LiveBlock(files=files, **given)  # type: ignore[arg-type]


MISTAKES = {
    "right": block(HELLO, 1),
    "import": block(BAD_IMPORT, 2, caption="A guess"),
    "startup": block(BAD_STARTUP, 3),
    "page": block(BAD_PAGE, 4, lifespan="off"),
    "packages": STARLETTE,
    "again": block(HELLO, 6),
    "request": block(BAD_REQUEST, 7, lifespan="off"),
}


@pytest.fixture(scope="session")
def site(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Packaged when most of what it takes is in the cache."""
    folder = tmp_path_factory.mktemp("checked") / "site"
    write_page(folder / "a.html", *MISTAKES.values(), base="_static/asgi-docs/")
    package_site(folder, locks=folder.parent / "locks")
    return folder


@pytest.fixture(scope="session")
def results(site: Path) -> list[Checked]:
    return check_site(site, again=True)


def of(results: list[Checked], name: str) -> Checked:
    return next(each for each in results if each.place == MISTAKES[name].source)


def test_apps_that_work(results: list[Checked]) -> None:
    assert [each.place for each in results] == [each.source for each in MISTAKES.values()]
    right = [each.place for each in results if not each.failure]
    assert right == ["guide/first.rst:1", STARLETTE.source, "guide/first.rst:6"]
    assert of(results, "right").output == "asked for lifespan\nasked for http"


@pytest.mark.parametrize(
    ("name", "failure", "detail"),
    [
        ("import", "the app cannot be imported.", "No module named 'nothing_of_this_name'"),
        ("startup", "the app's startup failed.", "no database"),
        ("page", "the app's first page failed.", "GET / is answered with 500."),
        ("request", "the app's first page failed.", "GET / is answered with 500."),
    ],
)
def test_apps_that_fail(results: list[Checked], name: str, failure: str, detail: str) -> None:
    checked = of(results, name)
    assert checked.failure == failure
    assert detail in checked.details


def test_what_a_failing_app_printed_is_told(results: list[Checked]) -> None:
    assert of(results, "import").output == "so far"
    assert "ValueError: no page" in of(results, "page").output
    assert "https://example.org/: no other site is asked while documentation is built" in (
        of(results, "request").output
    )


def test_an_app_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asgi_docs.package.recording._TIME_LIMIT", 5)  # the packaging meets it, too
    write_page(tmp_path / "a.html", block(ENDLESS, 5), base="_static/asgi-docs/")
    package_site(tmp_path, locks=tmp_path)
    (checked,) = check_site(tmp_path, limit=15)
    assert checked.failure == "the app cannot be imported: it did not end within 15 seconds."


def test_apps_that_were_right_are_not_started_again(site: Path, results: list[Checked]) -> None:
    second = check_site(site)
    assert [each.place for each in second if each.is_remembered] == [
        each.place for each in results if not each.failure
    ]
    assert [each.failure for each in second] == [each.failure for each in results]


def test_command(
    site: Path, results: list[Checked], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    junit = tmp_path / "junit.xml"
    options = ["--junit", str(junit), "--github", "--sources", "docs"]
    assert main(["check", str(site), *options]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "docs/guide/first.rst:2: A guess: the app cannot be imported." in lines
    assert lines[-1] == "7 live blocks: 3 right (3 unchanged since an earlier check), 4 failed."
    (annotation,) = [line for line in lines if line.startswith("::error") and "line=2" in line]
    assert annotation.startswith(
        "::error file=docs/guide/first.rst,line=2,title=asgi-docs::A guess: the app cannot be "
    )
    suite = ElementTree.parse(junit).getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == ("7", "4")
    (case,) = suite.findall("testcase[@line='2']")
    assert case.get("name") == "A guess"
    failure = case.find("failure")
    assert failure is not None
    assert "nothing_of_this_name" in (failure.text or "")


def test_right_sites_are_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "site"
    left_out = block(BAD_IMPORT, 2, check=False)
    write_page(site / "a.html", MISTAKES["right"], left_out, base="_static/asgi-docs/")
    package_site(site, locks=tmp_path)
    junit = tmp_path / "junit.xml"
    assert main(["check", str(site), "--junit", str(junit)]) == 0
    said = "2 live blocks: 1 right, 0 failed, 1 left out by 'check: no'.\n"
    assert capsys.readouterr().out == said
    assert ElementTree.parse(junit).getroot()[0].get("skipped") == "1"


def test_site_without_blocks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "index.html").write_text("<p>no block")
    assert main(["check", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{tmp_path} has no live blocks.\n"


def test_site_that_is_not_packaged(tmp_path: Path) -> None:
    write_page(tmp_path / "a.html", MISTAKES["right"], base="_static/asgi-docs/")
    with pytest.raises(PackageError, match=r"python\.json is missing: run 'asgi-docs package'"):
        check_site(tmp_path)


def test_site_of_another_version(site: Path, tmp_path: Path) -> None:
    write_page(tmp_path / "a.html", MISTAKES["right"], base="_static/asgi-docs/")
    environments = tmp_path / "_static/asgi-docs/environments"
    environments.mkdir(parents=True)
    (environments / "python.json").write_text(json.dumps({"format": 0}))
    with pytest.raises(PackageError, match="another version of asgi-docs: build the site again"):
        check_site(tmp_path)
