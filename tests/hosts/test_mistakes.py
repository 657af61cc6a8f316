"""Authors' mistakes, each told with file and line, in every front end and however it is nested."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from textwrap import indent
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Build, MarkdownBuild, SphinxBuild, WriteFiles

NO_APP = "no ASGI or WSGI application in the code"
NO_PYTHON = "the code is not valid Python"

HEADER = "header"


@dataclass(frozen=True)
class Mistake:
    """One wrong block.

    Attributes:
        says: what the message begins with.
        options: those of the block.
        code: its body.
        at: where the mistake is: a line of the code, the name of an option, the block itself, or
            the file of the block.
    """

    says: str
    options: dict[str, str] = field(default_factory=dict)
    code: str = "app = shown = 1"
    at: int | str = HEADER


MISTAKES = [
    Mistake("unknown option 'pth'; did you mean 'path'?", {"pth": "/"}, at="pth"),
    Mistake("unknown option 'zzz'; the options are file, app,", {"zzz": "1"}, at="zzz"),
    Mistake("option 'path': a path starts with one '/'", {"path": "docs"}, at="path"),
    Mistake("option 'path': a path has no spaces", {"path": "/a b"}, at="path"),
    Mistake("option 'height': it is a CSS length", {"height": "9"}, at="height"),
    Mistake("option 'class': '1st' is not a CSS class", {"class": "1st"}, at="class"),
    Mistake("option 'app': it is a name", {"app": "main:app"}, at="app"),
    Mistake("the code has no name 'ap'; did you mean 'app'?", {"app": "ap"}, at="app"),
    Mistake("option 'requires': 'a>>1' is not a requirement", {"requires": "a>>1"}, at="requires"),
    Mistake("option 'env': variables are written as", {"env": "DEBUG"}, at="env"),
    Mistake("option 'mount': it is one of root_path,", {"mount": "root"}, at="mount"),
    Mistake("option 'lifespan': it is one of auto, on,", {"lifespan": "no"}, at="lifespan"),
    Mistake("option 'run': it is yes or no, not", {"run": "maybe"}, at="run"),
    Mistake("option 'request': a path starts with one '/'", {"request": "books"}, at="request"),
    Mistake("option 'files': 'no/*' matches no file", {"files": "no/*"}, at="files"),
    Mistake("option 'group': it is a name of", {"group": "a b"}, at="group"),
    Mistake("option 'show': it is one of both,", {"show": "all"}, at="show"),
    Mistake("option 'show': with 'none' the", {"show": "none"}, at="show"),
    Mistake("option 'lines': lines are written as", {"lines": "one"}, at="lines"),
    Mistake("option 'lines': there is no line 9,", {"lines": "1,9-"}, at="lines"),
    Mistake("option 'pyobject': the code has no 'ap'", {"pyobject": "ap"}, at="pyobject"),
    Mistake("the file 'no.py' cannot be read", {"file": "no.py"}, "", at="file"),
    Mistake("the file '.' is a folder", {"file": "."}, "", at="file"),
    Mistake("the block has code and also names the file", {"file": "/shop.py"}, at="file"),
    Mistake(NO_PYTHON, {"file": "/broken.py"}, "", at="broken.py:2"),
    Mistake("unknown option 'heigth'; did you", {"path": "/", "heigth": "3rem"}, at="heigth"),
    Mistake(NO_PYTHON, {}, "app = shown = 1\n\nx = = 2", at=2),
    Mistake("unknown option '--hedaer' of", {}, "app = shown = 1\n# run: / --hedaer", at=1),
    Mistake("a request is a method and a", {}, "## file: a.py\napp = shown = 1\n# run:", at=2),
    Mistake(NO_APP, {}, "shown = 1"),
    Mistake("several applications", {}, "a = shown = FastAPI()\nb = FastAPI()"),
    Mistake("the code imports 'shown', but the block requires", {}, "import shown\napp = 1", at=0),
    Mistake("a relative import finds nothing", {}, "app = 1\nfrom .shown import b", at=1),
    Mistake("the '# /// script' header has no closing", {}, "# /// script\napp = shown = 1", at=0),
    Mistake(NO_PYTHON, {}, "\n## file: main.py\n\napp = shown = 1\nx = = 2", at=4),
    Mistake(NO_PYTHON, {}, "app = shown = 1\n## file: b/c.py\n\nx = = 2", at=3),
    Mistake("there is a second file 'main.py'", {}, "app = shown = 1\n## file: main.py", at=1),
    Mistake("a file is named by its path below", {}, "app = shown = 1\n## file: ../x.py", at=1),
    Mistake("the first file has the application", {}, "## file: a.txt\nshown", at=0),
    Mistake("the first file is a module, so", {}, "## file: a-b.py\napp = shown = 1", at=0),
    Mistake("the code imports 'shown', but the", {}, "## file: m.py\nimport shown\napp = 1", at=1),
    Mistake(
        "the '# /// script' header is not TOML",
        {},
        "# /// script\n# dependencies = shown\n# ///\napp = 1",
        at=1,
    ),
    Mistake(
        "in the '# /// script' header, 'a>>1' is not",
        {},
        '# /// script\n# dependencies = [\n#   "a>>1",\n# ]\n# ///\napp = shown = 1',
        at=2,
    ),
]
IN_CODE = [mistake for mistake in MISTAKES if not mistake.options]

Written = tuple[str, "int | str"]
"""The text of a block, and the line of it with the mistake, or another file's line."""
Form = Callable[[Mistake], Written]


def _at(mistake: Mistake, options: dict[str, int], code: int) -> int | str:
    if isinstance(mistake.at, int):
        return code + mistake.at
    if mistake.at == HEADER:
        return 0
    return options.get(mistake.at, mistake.at)


def _with_options(opening: str, mistake: Mistake, indentation: str, closing: str) -> Written:
    lines = [f"{indentation}:{name}: {value}" for name, value in mistake.options.items()]
    body = indent(mistake.code, indentation)
    at = _at(
        mistake,
        {name: number for number, name in enumerate(mistake.options, start=1)},
        len(lines) + 2,
    )
    return "\n".join([opening, *lines, "", *([body] if body else []), *closing.split()]), at


def directive(mistake: Mistake) -> Written:
    return _with_options(".. asgi-live::", mistake, "   ", "")


def class_of_directive(mistake: Mistake) -> Written:
    text = f".. code-block:: python\n   :class: asgi-live\n\n{indent(mistake.code, '   ')}"
    return text, _at(mistake, {}, 3)


def admonition_of_directive(mistake: Mistake) -> Written:
    block = f".. code-block:: python\n\n{indent(mistake.code, '   ')}"
    text = f".. admonition:: Try it\n   :class: asgi-live\n\n{indent(block, '   ')}"
    return text, _at(mistake, {}, 5) or 3


def myst_fence(mistake: Mistake) -> Written:
    return _with_options("```{asgi-live}", mistake, "", "```")


def myst_colons(mistake: Mistake) -> Written:
    return _with_options(":::{asgi-live}", mistake, "", ":::")


def myst_class(mistake: Mistake) -> Written:
    return f"{{.asgi-live}}\n```python\n{mistake.code}\n```", _at(mistake, {}, 2) or 1


def fence(mistake: Mistake) -> Written:
    words = "".join(f' {name}="{value}"' for name, value in mistake.options.items())
    body = f"{mistake.code}\n" if mistake.code else ""
    return f"```asgi-live{words}\n{body}```", _at(mistake, dict.fromkeys(mistake.options, 0), 1)


def braces(mistake: Mistake) -> Written:
    words = "".join(
        f' {name}="{value}"' for name, value in mistake.options.items() if name != "class"
    )
    classes = f" .{mistake.options['class']}" if "class" in mistake.options else ""
    body = f"{mistake.code}\n" if mistake.code else ""
    at = _at(mistake, dict.fromkeys(mistake.options, 0), 1)
    return f"```python {{.asgi-live{classes}{words}}}\n{body}```", at


def admonition_of_fence(mistake: Mistake) -> Written:
    block = f"```python\n{mistake.code}\n```"
    return f'!!! asgi-live "Try it"\n\n{indent(block, "    ")}', _at(mistake, {}, 3) or 2


def _nested(opening: str, indentation: str) -> Callable[[Form], Form]:
    def nest(form: Form) -> Form:
        def write(mistake: Mistake) -> Written:
            text, at = form(mistake)
            shifted = at if isinstance(at, str) else at + opening.count("\n")
            return opening + indent(text, indentation, lambda _: True), shifted

        return write

    return nest


quoted = _nested("", "> ")
in_note = _nested(".. note::\n\n", "   ")
in_quoted_note = _nested(".. note::\n\n   .. epigraph::\n\n", "      ")
in_mkdocs_note = _nested("!!! note\n\n", "    ")
in_tab = _nested('=== "Tab"\n\n', "    ")
in_list = _nested("- item\n\n", "    ")

REST = [
    *((directive, mistake) for mistake in MISTAKES),
    *((in_note(directive), mistake) for mistake in MISTAKES),
    *((in_quoted_note(directive), mistake) for mistake in IN_CODE),
    *((class_of_directive, mistake) for mistake in IN_CODE),
    *((in_note(class_of_directive), mistake) for mistake in IN_CODE),
    *((admonition_of_directive, mistake) for mistake in IN_CODE),
]
MYST = [
    *((myst_fence, mistake) for mistake in MISTAKES),
    *((myst_colons, mistake) for mistake in MISTAKES),
    *((fence, mistake) for mistake in MISTAKES),
    *((quoted(fence), mistake) for mistake in IN_CODE),
    *((myst_class, mistake) for mistake in IN_CODE),
    *((quoted(myst_class), mistake) for mistake in IN_CODE),
]
MARKDOWN = [
    *((fence, mistake) for mistake in MISTAKES),
    *((braces, mistake) for mistake in MISTAKES if mistake.at != "class"),
    *((in_mkdocs_note(fence), mistake) for mistake in MISTAKES),
    *((in_tab(braces), mistake) for mistake in IN_CODE),
    *((in_list(fence), mistake) for mistake in IN_CODE),
    *((quoted(fence), mistake) for mistake in IN_CODE),
    *((admonition_of_fence, mistake) for mistake in IN_CODE),
]
Page = list[tuple[Form, Mistake]]


def write_page(head: str, blocks: Page, name: str) -> tuple[str, list[tuple[str, int, str]]]:
    """The page, and what is to be told of it: file, line and sentence."""
    text, expected = head, []
    for form, mistake in blocks:
        written, at = form(mistake)
        if isinstance(at, str):
            file, _, line = at.partition(":")
            expected.append((file, int(line), mistake.says))
        else:
            expected.append((name, text.count("\n") + 1 + at, mistake.says))
        text += written + "\n\n"
    return text, sorted(expected)


def check(log: str, expected: list[tuple[str, int, str]]) -> None:
    """All of it is told, and nothing else."""
    told = re.findall(r"([\w.-]+\.(?:rst|md|py|txt)):(\d+): (?:WARNING: )?(\S.*)", log)
    found = sorted((name, int(line), sentence) for name, line, sentence in told)
    cut = [
        (name, line, sentence[: len(says)])
        for (name, line, sentence), (_, _, says) in zip(found, expected, strict=False)
    ]
    assert cut == expected
    assert len(found) == len(expected)


FILES = {
    "shop.py": "async def shop(scope, receive, send): ...\n",
    "broken.py": "# a file\nx = = 1\n",
}


@pytest.fixture(scope="module")
def sphinx(
    tmp_path_factory: pytest.TempPathFactory, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> tuple[Build, list[tuple[str, int, str]]]:
    conf = (
        'extensions = ["asgi_docs", "myst_parser"]\n'
        'myst_enable_extensions = ["colon_fence", "attrs_block"]\n'
        'asgi_docs_package = False\nexclude_patterns = ["_build", "*.txt"]\n'
    )
    head = "Mistakes\n========\n\n.. toctree::\n\n   myst\n\n.. include:: part.txt\n\n"
    rest, of_rest = write_page(head, REST, "index.rst")
    part, of_part = write_page("A part\n\n", REST[: len(MISTAKES) * 2], "part.txt")
    myst, of_myst = write_page("---\ntitle: Front\n---\n\n# Mistakes\n\n", MYST, "myst.md")
    pages = {"index.rst": rest, "part.txt": part, "myst.md": myst}
    folder = write_files(tmp_path_factory.mktemp("sphinx"), {"conf.py": conf, **FILES, **pages})
    return sphinx_build(folder, "-W", "--keep-going"), sorted([*of_rest, *of_part, *of_myst])


def test_sphinx_tells_each_with_file_and_line(
    sphinx: tuple[Build, list[tuple[str, int, str]]],
) -> None:
    build, expected = sphinx
    assert build.returncode == 1
    check(build.log, expected)


def test_sphinx_shows_the_code_all_the_same(
    sphinx: tuple[Build, list[tuple[str, int, str]]],
) -> None:
    build, _ = sphinx
    of_part = [mistake for _, mistake in REST[: len(MISTAKES) * 2]]
    for page, blocks in (
        ("index.html", [*REST, *((None, each) for each in of_part)]),
        ("myst.html", MYST),
    ):
        html = build.page(page)
        shown = [mistake for _, mistake in blocks if mistake.code]
        assert html.count("shown") == len(shown)
        assert "<asgi-live" not in html
        assert "asgi-live.js" not in html


@pytest.mark.parametrize("tool", ["mkdocs", "properdocs", "zensical"])
def test_markdown_tools_tell_each_with_file_and_line(
    tmp_path: Path, write_files: WriteFiles, markdown_build: MarkdownBuild, tool: str
) -> None:
    config = (
        "site_name: Shop\nplugins: []\ntheme: {name: material}\nmarkdown_extensions:\n"
        "  [pymdownx.superfences, admonition, pymdownx.tabbed, asgi_docs: {package: false}]\n"
    )
    page, expected = write_page("---\ntitle: Front\n---\n\n\n# Mistakes\n\n", MARKDOWN, "page.md")
    files = {"mkdocs.yml": config, "docs/index.md": "# Home\n", "docs/guide/page.md": page}
    write_files(tmp_path, {**files, **{f"docs/{name}": text for name, text in FILES.items()}})
    build = markdown_build(tool, tmp_path, "--strict")
    assert build.returncode == (0 if tool == "zensical" else 1)  # it does not count our warnings
    check(build.log, expected)
    html = build.page("guide/page/index.html")
    assert html.count("shown") == len([mistake for _, mistake in MARKDOWN if mistake.code])
    assert "<asgi-live" not in html
    assert "asgi-live.js" not in html
