"""Every builder of Sphinx, its themes, and every Markdown tool, over every form of authoring."""

from __future__ import annotations

import json
import os
import posixpath
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.markup import read_blocks, read_page

from ..environments import make_environment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conftest import MarkdownBuild

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SITES = HERE / "every_form"

LIVE = ["html", "dirhtml", "singlehtml"]
ORDINARY = ["epub", "htmlhelp", "json", "latex", "man", "pickle", "pseudoxml", "texinfo", "text"]
ORDINARY += ["devhelp", "qthelp", "xml"]
OTHERS = ["changes", "coverage", "doctest", "dummy", "gettext", "linkcheck"]
BUILDERS = [*LIVE, *ORDINARY, *OTHERS]

SHOWN = {
    "in a code block with a class",
    "in a directive of MyST",
    "in a fence with a class",
    "in a file",
    "in a file that is an example",
    "in a group",
    "in a plain fence",
    "in an admonition",
    "in the directive",
    "in the docstring of a function",
    "in the docstring of a module",
    "in the first tab",
    "in the second file",
    "in the second file with a class",
    "in the second tab",
    "shown of a file",
    "what comes first",
}
HIDDEN = "what nobody sees"
BLOCKS = 16
THEMES = ["alabaster", "furo", "pydata_sphinx_theme", "shibuya", "sphinx_book_theme"]
THEMES += ["sphinx_rtd_theme", "sphinx_immaterial"]  # which patches the Sphinx of its process
EXTENSIONS = ["myst-parser>=4", "sphinx-copybutton", "sphinx-design"]


def build_all(python: Path, builds: dict[str, list[str]]) -> dict[str, list[object]]:
    """By name: the exit status, and what was said on standard error."""
    done = subprocess.run(
        [python, HERE / "sphinx_builds.py", json.dumps(builds)],
        capture_output=True,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    results: dict[str, list[object]] = json.loads(done.stdout)
    return results


def failures(results: dict[str, list[object]]) -> dict[str, list[object]]:
    return {name: result for name, result in results.items() if result != [0, ""]}


@dataclass
class Site:
    """A copy of the site, and a Python with some Sphinx.

    Attributes:
        results: of the builders, when they have run.
    """

    folder: Path
    python: Path
    results: dict[str, list[object]]

    def arguments(self, builder: str) -> list[str]:
        # What gettext reads is another environment, says Sphinx.
        doctrees = "gettext-doctrees" if builder == "gettext" else "doctrees"
        strict = ["-q", "-W", "--keep-going", "-n", "-j", "2"]
        out = self.folder / "_build"
        places = ["-d", out / doctrees, self.folder, out / builder]
        return ["-b", builder, *strict, *map(str, places)]

    def built(self, builder: str) -> dict[str, str]:
        """The text files that a builder wrote, without copies of the sources."""
        out = self.folder / "_build" / builder
        return dict(_texts(out, out.rglob("*")))


def _texts(out: Path, files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for file in files:
        name = file.relative_to(out).as_posix()
        if file.is_file() and "_sources/" not in name:
            yield name, file.read_bytes().decode("utf-8", errors="replace")


@pytest.fixture(
    scope="module",
    params=[
        "newest",
        pytest.param("sphinx~=8.2.0", marks=[pytest.mark.network, pytest.mark.further]),
        pytest.param("sphinx~=7.4.0", marks=pytest.mark.network),
    ],
)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    place = tmp_path_factory.mktemp("sphinx")
    folder = Path(shutil.copytree(SITES / "sphinx", place / "site"))
    python = Path(sys.executable)
    if request.param != "newest":
        python = make_environment(place / "venv", "-e", ROOT, request.param, *EXTENSIONS)
    site = Site(folder, python, {})
    site.results = build_all(python, {name: site.arguments(name) for name in BUILDERS})
    return site


def test_no_builder_has_anything_to_say(site: Site) -> None:
    assert failures(site.results) == {}


@pytest.mark.parametrize("builder", LIVE)
def test_web_pages_are_live(site: Site, builder: str) -> None:
    pages = {name: text for name, text in site.built(builder).items() if name.endswith(".html")}
    blocks = {name: read_blocks(page) for name, page in pages.items()}
    assert sum(map(len, blocks.values())) == BLOCKS
    loading = {name: page.count("asgi-live.js?v=") for name, page in pages.items()}
    assert loading == {name: bool(found) for name, found in blocks.items()}
    for name, page in pages.items():
        for url in read_page(page).scripts:
            found = posixpath.normpath(posixpath.join(posixpath.dirname(name), url))
            assert found == "_static/asgi-docs/asgi-live.js", name
    styled = {name: page.count("asgi-live.css?v=") for name, page in pages.items()}
    assert styled == loading
    assert _missing(pages.values()) == set()
    assert not any(f"&quot;{HIDDEN}&quot;</span>" in page for page in pages.values())


@pytest.mark.parametrize("builder", ORDINARY)
def test_other_formats_show_ordinary_code(site: Site, builder: str) -> None:
    written = site.built(builder)
    assert _missing(written.values()) == set()
    no_block = ("<asgi-live", "<asgi_live", "asgi-live.js", HIDDEN)
    doubtful = {name for name, text in written.items() if any(each in text for each in no_block)}
    assert doubtful <= {"environment.pickle"}


def _missing(texts: Iterable[str]) -> set[str]:
    whole = "\n".join(texts)
    return {each for each in SHOWN if each not in whole}


def test_captions_are_translated_and_names_are_not(site: Site) -> None:
    messages = "\n".join(site.built("gettext").values())
    assert 'msgid "The *first* app"' in messages
    assert "store/models.py" not in messages
    assert "in the directive" not in messages


def test_what_has_not_changed_is_not_built_again(site: Site) -> None:
    builders = ["html", "latex"]
    out = site.folder / "_build/html"
    times = {page: page.stat().st_mtime_ns for page in out.glob("*.html")}
    whole = site.folder / "shop/whole.py"
    whole.write_text(whole.read_text("utf-8") + "# changed\n", "utf-8")
    results = build_all(site.python, {name: site.arguments(name) for name in builders})
    assert failures(results) == {}
    changed = {page.stem for page, time in times.items() if page.stat().st_mtime_ns != time}
    assert {"classes", "directive"} <= changed
    assert changed.isdisjoint({"admonition", "docstring", "files", "group", "myst", "tabs"})
    block = read_blocks((out / "directive.html").read_text("utf-8"))[1]
    assert block.files["whole.py"].endswith("# changed\n")


@pytest.mark.network
def test_every_theme_loads_our_files_once(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SITES / "sphinx", tmp_path / "site"))
    themes = [name.replace("_", "-") for name in THEMES]
    python = make_environment(tmp_path / "venv", "-e", f"{ROOT}[sphinx]", *EXTENSIONS, *themes)
    builds = {
        name: [
            "-q",
            "-W",
            "-n",
            "-t",
            name,
            f"-Dhtml_theme={name}",
            str(folder),
            str(tmp_path / name),
        ]
        for name in THEMES
    }
    assert failures(build_all(python, builds)) == {}
    for name in THEMES:
        pages = {page.stem: page.read_text("utf-8") for page in (tmp_path / name).glob("*.html")}
        assert sum(len(read_blocks(page)) for page in pages.values()) == BLOCKS, name
        for stem, page in pages.items():
            wanted = 1 if read_blocks(page) else 0
            found = page.count("asgi-live.js?v="), page.count("asgi-live.css?v=")
            assert found == (wanted, wanted), f"{name}: {stem}"


@pytest.mark.parametrize("tool", ["mkdocs", "properdocs", "zensical"])
@pytest.mark.parametrize("directory_urls", [True, False])
def test_markdown_tools(
    tmp_path: Path, markdown_build: MarkdownBuild, tool: str, directory_urls: bool
) -> None:
    folder = Path(shutil.copytree(SITES / "markdown", tmp_path / "site"))
    config = folder / "mkdocs.yml"
    setting = f"use_directory_urls: {str(directory_urls).lower()}\n"
    config.write_text(config.read_text("utf-8") + setting, "utf-8")
    build = markdown_build(tool, folder, "--strict")
    assert build.returncode == 0, build.log
    assert "WARNING" not in build.log
    blocks = {"index": 2, "plain": 0, "guide/forms": 6, "guide/group": 2, "guide/docstring": 3}
    for name, count in blocks.items():
        in_folder = directory_urls and name != "index"
        page = build.page(f"{name}/index.html" if in_folder else f"{name}.html")
        assert len(read_blocks(page)) == count, name
        up = "../" * (name.count("/") + in_folder)
        once = 1 if count else 0
        assert page.count(f'src="{up}assets/asgi-docs/asgi-live.js?v=') == once, name
        assert page.count("asgi-live.js?v=") == page.count("asgi-live.css?v=") == once, name
