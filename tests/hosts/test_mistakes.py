"""Authors' mistakes, each told with file and line, in every front end and however it is nested."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from textwrap import indent
from typing import TYPE_CHECKING

import pytest

from .mistakes import (
    FRONT_MATTER,
    HEADER,
    MISTAKES,
    NO_OPTION,
    NO_PATH,
    ONLY_MARKDOWN,
    ONLY_MYST,
    ONLY_REST,
    REST_HEAD,
    Own,
)

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Build, MarkdownBuild, SphinxBuild, WriteFiles

    from .mistakes import Mistake

IN_CODE = [mistake for mistake in MISTAKES if not mistake.options]

Written = tuple[str, "int | str"]
"""The text of a block, and the line of it with the mistake, or another file's line."""
Form = Callable[["Mistake"], Written]


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
INCLUDED = REST[: len(MISTAKES) * 2]

Page = list[tuple[Form, "Mistake"]]
Told = list[tuple[str, int, str]]
"""File, line, and the beginning of the sentence."""


def write_page(head: str, blocks: Page, own: Sequence[Own], name: str) -> tuple[str, Told]:
    """The page, and what is to be told of it."""
    text = head
    expected = [
        (name, number, says)
        for number, line in enumerate(head.splitlines(), start=1)
        for word, says in (("path: docs", NO_PATH), ("moutn", NO_OPTION))
        if word in line
    ]
    for form, mistake in blocks:
        written, at = form(mistake)
        if isinstance(at, str):
            file, _, line = at.partition(":")
            expected.append((file, int(line), mistake.says))
        else:
            expected.append((name, text.count("\n") + 1 + at, mistake.says))
        text += written + "\n\n"
    for each in own:
        expected.append((name, text.count("\n") + 1 + each.at, each.says))
        text += each.text + "\n\n"
    return text, sorted(expected)


def how_many_shown(blocks: Page, own: Sequence[Own]) -> int:
    written = [*(mistake.code for _, mistake in blocks), *(each.text for each in own)]
    return sum("shown" in text for text in written)


def check(log: str, expected: Told) -> None:
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
) -> tuple[Build, Told]:
    conf = (
        'extensions = ["asgi_docs", "myst_parser"]\n'
        'myst_enable_extensions = ["colon_fence", "attrs_block"]\n'
        "asgi_docs_package = False\nshow_warning_types = True\n"
        'exclude_patterns = ["_build", "*.txt"]\n'
    )
    head = "Mistakes\n========\n\n.. toctree::\n\n   myst\n\n.. include:: part.txt\n\n"
    rest, of_rest = write_page(REST_HEAD + head, REST, ONLY_REST, "index.rst")
    part, of_part = write_page("A part\n\n", INCLUDED, ONLY_REST, "part.txt")
    myst, of_myst = write_page(f"{FRONT_MATTER}# Mistakes\n\n", MYST, ONLY_MYST, "myst.md")
    pages = {"index.rst": rest, "part.txt": part, "myst.md": myst}
    folder = write_files(tmp_path_factory.mktemp("sphinx"), {"conf.py": conf, **FILES, **pages})
    return sphinx_build(folder, "-W", "--keep-going"), sorted([*of_rest, *of_part, *of_myst])


def test_sphinx_tells_each_with_file_and_line(
    sphinx: tuple[Build, Told],
) -> None:
    build, expected = sphinx
    assert build.returncode == 1
    check(build.log, expected)
    subtypes = [re.search(r" \[asgi_docs\.(\w+)\]$", line) for line in build.log.splitlines()]
    assert {found and found[1] for found in subtypes} == {"app", "file", "option", "request"}


def test_sphinx_shows_the_code_all_the_same(
    sphinx: tuple[Build, Told],
) -> None:
    build, _ = sphinx
    for page, blocks, own in (
        ("index.html", [*REST, *INCLUDED], ONLY_REST * 2),
        ("myst.html", MYST, ONLY_MYST),
    ):
        html = build.page(page)
        assert html.count("shown") == how_many_shown(blocks, own)
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
    head = f"{FRONT_MATTER}\n# Mistakes\n\n"
    page, expected = write_page(head, MARKDOWN, ONLY_MARKDOWN, "page.md")
    files = {"mkdocs.yml": config, "docs/index.md": "# Home\n", "docs/guide/page.md": page}
    write_files(tmp_path, {**files, **{f"docs/{name}": text for name, text in FILES.items()}})
    build = markdown_build(tool, tmp_path, "--strict")
    assert build.returncode == (0 if tool == "zensical" else 1)  # it does not count our warnings
    check(build.log, expected)
    html = build.page("guide/page/index.html")
    assert html.count("shown") == how_many_shown(MARKDOWN, ONLY_MARKDOWN)
    assert "<asgi-live" not in html
    assert "asgi-live.js" not in html
