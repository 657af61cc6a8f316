"""Requests of a page and their recorded answers, in every tool and however they are nested."""

from __future__ import annotations

import re
from textwrap import indent
from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.markup import read_page
from asgi_docs.package.docs_sources import pages_of
from asgi_docs.package.pages import find_live_pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Build, MarkdownBuild, SphinxBuild, WriteFiles

APP = "async def app(scope, receive, send): ...\n"
EXAMPLE = f"# an example\n{APP}\n\n# run: /example -H 'X-A: b'\n"

CONF = """\
project = "Shop"
copyright = version = "1"
extensions = ["asgi_docs", "myst_parser"]
myst_enable_extensions = ["colon_fence", "attrs_block"]
asgi_docs_package = False
asgi_docs_files = ["example.py"]
asgi_docs_edit = False
exclude_patterns = ["_build"]
"""

REST = """\
:asgi_docs_run: yes

Shop
====

.. toctree::

   fences
   myst

.. asgi-live::
   :name: shop
   :request: /first
      POST /second -d '{"a": 1}'

   # run: /third
   app = 1

.. code-block:: python
   :class: asgi-live

   app = 2
   # run: PUT /fourth

.. literalinclude:: example.py

.. note::

   .. asgi-request::
      :block: shop
      :caption: Two at once
      :class: wide

      ### create
      POST /books
      Accept: */*

      title=Emma

      ###
      GET /books/{{create.body.id}}

   .. asgi-request:: DELETE /books

      body
"""

FENCES = """\
---
title: Front
asgi_docs: {run: true}
---

# Shop

```asgi-live name="shop" request="/first" edit="no"
# run: /third
app = 1
```

```asgi-live group="g"
one = 1
```

```asgi-live group="g" run="no" edit
app = one
# run: /of-group
```

> ```asgi-request block="shop" caption="Two at once" class="wide"
> ### create
> POST /books
> Accept: */*
>
> title=Emma
>
> ###
> GET /books/{{create.body.id}}
> ```

```asgi-request name="last"
GET /last
```
"""

MYST = """\
# MyST

```{asgi-live}
---
request: |
  /first
  /second
run:
---
app = 1
```

:::{note}

```{asgi-request} GET /third
:name: third
```
:::

{.asgi-live}
```python
app = 2
# run: /fourth
```
"""

MARKDOWN = """

!!! asgi-live "Try it"

    ```python
    app = 3
    # run: /admonition
    ```

=== "Tab"

    ```python
    --8<-- "example.py"
    ```

    ```http {.asgi-request block=shop}
    GET /by-class
    ```
"""

CREATED = """\
@shop
> POST /books HTTP/1.1
> Accept: */*
> Content-Type: application/x-www-form-urlencoded
>
> title=Emma
< HTTP/1.1 201 Created
< content-type: application/json
<
< {"id": 17}
"""
FIRST = "> GET /first HTTP/1.1\n< HTTP/1.1 200 OK\n< content-type: text/plain\n<\n< recorded <b>\n"
RECORDS = f"# comment\n\n{FIRST}\n{CREATED}"

LIVE = ".. asgi-live::\n   :request: /first\n\n   app = 1\n"
SHOP = ".. asgi-live::\n   :name: shop\n\n   app = 1\n"
SHOP_FENCE = '```asgi-live name="shop"\napp = 1\n```\n'

Asked = list[tuple[str, list[tuple[str, str, str]]]]
"""The place of each block, with method and target, place and block's name of its requests."""

CONFIG = """\
site_name: Shop
theme: {name: material}
markdown_extensions:
  - admonition
  - pymdownx.superfences
  - pymdownx.tabbed
  - pymdownx.snippets: {base_path: [docs]}
"""
OPTIONS = "{package: false, edit: false, files: [docs/example.py]}"
PLUGIN = f"{CONFIG}plugins:\n  - asgi-docs: {OPTIONS}\n"
EXTENSION = f"{CONFIG}  - asgi_docs: {OPTIONS}\nplugins: []\n"


def asked(html: str) -> Asked:
    return [
        (
            each.block.source,
            [
                (f"{one.request.method} {one.request.target}", one.source, one.block)
                for one in each.requests
            ],
        )
        for each in read_page(html).blocks
    ]


def line_of(text: str, wanted: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), start=1) if wanted in line)


def of_fences(page: str, text: str) -> Asked:
    def at(wanted: str) -> str:
        return f"{page}:{line_of(text, wanted)}"

    return [
        (
            at('name="shop"'),
            [
                ("GET /first", at('name="shop"'), ""),
                ("GET /third", at("run: /third"), ""),
                ("POST /books", at("POST /books"), "shop"),
                ("GET /books/{{create.body.id}}", at("GET /books/{{"), "shop"),
            ],
        ),
        (
            at('run="no"'),
            [("GET /of-group", at("of-group"), ""), ("GET /last", at("GET /last"), "")],
        ),
    ]


def check_fences(html: str) -> None:
    shop, group = read_page(html).blocks[:2]
    assert (shop.block.name, shop.block.run, shop.block.edit) == ("shop", True, False)
    assert (group.block.run, group.block.edit) == (False, True)
    assert [each.request.name for each in shop.requests[2:4]] == ["create", ""]
    answers = {each.request.target: each.answer for each in shop.requests}
    assert {target for target, answer in answers.items() if answer} == {"/first", "/books"}
    created = answers["/books"]
    assert created is not None
    assert (created.status, created.body) == (201, '{"id": 17}')
    requests = re.findall(r"<asgi-request .*?</asgi-request>", html, re.DOTALL)
    text = [re.sub("<[^>]*>", "", each) for each in requests]
    assert "GET /first HTTP/1.1" in text[0]
    assert "recorded &lt;b&gt;" in text[0]
    assert ["asgi-request-answer" in each for each in requests[:4]] == [True, *[False] * 2, True]
    assert "Two at once" in requests[3]
    assert "Two at once" not in requests[4]
    assert "wide" in requests[3]
    assert "# run:" not in re.sub("<[^>]*>", "", html)
    assert html.count("asgi-request.js") == 1
    assert "<p><asgi-request" not in html


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory, write_files: WriteFiles) -> Path:
    pages = {"index.rst": REST, "fences.md": FENCES, "myst.md": MYST, "example.py": EXAMPLE}
    records = {f"asgi-docs/answers/{page}.txt": RECORDS for page in ("index", "fences")}
    return write_files(tmp_path_factory.mktemp("docs"), {"conf.py": CONF, **pages, **records})


@pytest.fixture(scope="module")
def sphinx(docs: Path, sphinx_build: SphinxBuild) -> Build:
    return sphinx_build(docs, "-W", "-D", "suppress_warnings=asgi_docs.answer")


def test_sphinx(sphinx: Build) -> None:
    assert (sphinx.returncode, sphinx.log) == (0, "")
    assert asked(sphinx.page("fences.html")) == of_fences("fences.md", FENCES)
    check_fences(sphinx.page("fences.html"))

    def at(wanted: str) -> str:
        return f"index.rst:{line_of(REST, wanted)}"

    assert asked(sphinx.page("index.html")) == [
        (
            at(".. asgi-live"),
            [
                ("GET /first", at("/first"), ""),
                ("POST /second", at("/second"), ""),
                ("GET /third", at("/third"), ""),
                ("POST /books", at("POST /books"), "shop"),
                ("GET /books/{{create.body.id}}", at("GET /books/{{"), "shop"),
            ],
        ),
        (at(".. code-block"), [("PUT /fourth", at("/fourth"), "")]),
        (
            at(".. literalinclude"),
            [("GET /example", "example.py:5", ""), ("DELETE /books", at("DELETE"), "")],
        ),
    ]
    assert "run:" not in re.sub("<[^>]*>", "", sphinx.page("index.html"))
    blocks = [each.block for each in read_page(sphinx.page("index.html")).blocks]
    assert {(each.run, each.edit) for each in blocks} == {(True, False)}
    assert blocks[2].files == {"example.py": EXAMPLE}, "lines of what runs stay"
    assert asked(sphinx.page("myst.html")) == [
        (
            "myst.md:3",
            [
                ("GET /first", "myst.md:6", ""),
                ("GET /second", "myst.md:7", ""),
                ("GET /third", "myst.md:15", ""),
            ],
        ),
        ("myst.md:21", [("GET /fourth", "myst.md:23", "")]),
    ]


@pytest.mark.parametrize(
    ("builder", "page"),
    [("text", "index.txt"), ("latex", "shop.tex"), ("epub", "index.xhtml"), ("xml", "index.xml")],
)
def test_other_formats_have_ordinary_code(
    docs: Path, sphinx_build: SphinxBuild, builder: str, page: str
) -> None:
    quiet = ("-D", "suppress_warnings=asgi_docs.answer")
    build = sphinx_build(docs, "-W", "-b", builder, *quiet, out=builder)
    assert (build.returncode, build.log) == (0, "")
    text = re.sub("<[^>]*>", "", build.page(page))
    assert "/third" in text
    assert "recorded" in text
    assert "asgi-request" not in build.page(page)
    assert "asgi_request" not in build.page(page)


def test_all_pages_in_one(docs: Path, sphinx_build: SphinxBuild) -> None:
    quiet = ("-D", "suppress_warnings=asgi_docs.answer")
    build = sphinx_build(docs, "-W", "-b", "singlehtml", *quiet, out="single")
    requests = [requests for _, requests in asked(build.page("index.html"))]
    assert [len(each) for each in requests] == [4, 2, 3, 1, 5, 1, 2]


@pytest.mark.parametrize(
    ("tool", "config"),
    [("mkdocs", PLUGIN), ("properdocs", PLUGIN), ("zensical", EXTENSION)],
)
def test_markdown_tools(
    tmp_path: Path, write_files: WriteFiles, markdown_build: MarkdownBuild, tool: str, config: str
) -> None:
    text = FENCES + MARKDOWN
    files = {
        "mkdocs.yml": config,
        "docs/index.md": "# Home\n",
        "docs/guide/page.md": text,
        "docs/example.py": EXAMPLE,
        "asgi-docs/answers/guide/page.txt": RECORDS,
    }
    build = markdown_build(tool, write_files(tmp_path, files))
    assert build.returncode == 0, build.log
    html = build.page("guide/page/index.html")
    shop, *others = of_fences("guide/page.md", text)
    by_class = ("GET /by-class", f"guide/page.md:{line_of(text, '/by-class')}", "shop")
    comment = f"guide/page.md:{line_of(text, 'run: /admonition')}"
    assert asked(html) == [
        (shop[0], [*shop[1], by_class]),
        *others,
        (f"guide/page.md:{line_of(text, 'app = 3') - 1}", [("GET /admonition", comment, "")]),
        (
            f"guide/page.md:{line_of(text, '--8<--') - 1}",
            [("GET /example", "example.py:5", "")],
        ),
    ]
    check_fences(html)
    unrecorded = re.findall(r"(\S+\.\w+:\d+): no answer is recorded for (\S+ \S+);", build.log)
    assert sorted(unrecorded) == sorted(
        (place, what)
        for _, requests in asked(html)
        for what, place, _ in requests
        if what not in ("GET /first", "POST /books")
    )
    assert "asgi-docs check SITE --update" in build.log


def test_sphinx_reads_a_page_again_when_its_records_have_changed(
    tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    index = f"Shop\n====\n\n.. toctree::\n\n   other\n\n{LIVE}"
    files = {"conf.py": CONF, "index.rst": index, "other.rst": f"Other\n=====\n\n{LIVE}"}
    write_files(tmp_path, files)
    file = tmp_path / "asgi-docs/answers/other.txt"

    def build() -> tuple[str, bool]:
        built = sphinx_build(tmp_path, "-j", "2")
        told = built.log.count("other.rst:5: WARNING: no answer is recorded for GET /first; build")
        assert told == built.log.count("WARNING: ") - first
        return told, "recorded &lt;b&gt;" in built.page("other.html")

    first = 1  # a warning for the index, when it is read
    assert build() == (1, False)
    first = 0
    write_files(tmp_path, {"asgi-docs/answers/other.txt": FIRST})
    assert build() == (0, True)
    assert build() == (0, True), "nothing has changed"
    file.write_text(FIRST.replace("<b>", "<i>"), "utf-8")
    assert build() == (0, False)
    file.unlink()
    assert build() == (1, False)


def test_records_are_no_pages(
    tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    conf = f'{CONF}source_suffix = {{".rst": "restructuredtext", ".txt": "restructuredtext"}}\n'
    files = {"conf.py": conf, "index.rst": f"T\n=\n\n{LIVE}", "asgi-docs/answers/index.txt": FIRST}
    built = sphinx_build(write_files(tmp_path, files), "-W")
    assert (built.returncode, built.log) == (0, "")
    assert "recorded &lt;b&gt;" in built.page("index.html")


def test_pages_that_records_are_made_from_need_none(
    tmp_path: Path, write_files: WriteFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    sphinx = {"conf.py": CONF.replace(', "myst_parser"', ""), "index.rst": "T\n=\n\n" + LIVE}
    fence = '```asgi-live request="/first"\napp = 1\n```\n'
    for name, files in (
        ("sphinx", sphinx),
        ("mkdocs", {"mkdocs.yml": PLUGIN, "docs/index.md": fence}),
    ):
        told: list[str] = []
        with pages_of(write_files(tmp_path / name, files), told.append) as pages:
            assert [len(each.requests) for each in find_live_pages(pages).with_requests] == [1]
        assert told == []


def test_damaged_records_are_told_once_and_the_requests_shown(
    tmp_path: Path,
    write_files: WriteFiles,
    sphinx_build: SphinxBuild,
    markdown_build: MarkdownBuild,
) -> None:
    records = {"asgi-docs/answers/index.txt": f"{FIRST}\n> GET /second\n"}
    rest = f"T\n=\n\n{LIVE}\n.. asgi-request:: /second\n"
    fences = '```asgi-live request="/first"\napp = 1\n```\n\n```asgi-request\n/second\n```\n'
    sphinx = write_files(tmp_path / "sphinx", {"conf.py": CONF, "index.rst": rest, **records})
    mkdocs = {"mkdocs.yml": PLUGIN, "docs/index.md": fences, **records}
    for build in (
        sphinx_build(sphinx),
        markdown_build("mkdocs", write_files(tmp_path / "mkdocs", mkdocs)),
    ):
        assert build.log.count("WARNING") == 1
        assert "answers/index.txt:7: this record cannot be read" in build.log
        assert build.page("index.html").count("<asgi-request ") == 2
        assert "asgi-request-answer" not in build.page("index.html")


HOOK = """\
from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor


class Docstrings(Extension):
    def extendMarkdown(self, md):
        after_superfences = 20
        md.preprocessors.register(Docstring(md), "docstring", after_superfences)


class Docstring(Preprocessor):
    def run(self, lines):
        inner = Markdown(extensions=["pymdownx.superfences", "asgi_docs"])
        text = '```asgi-live request="/first"\\napp = 2\\n```'
        html = self.md.htmlStash.store(inner.convert(text))
        return [html if line == "::: docstring" else line for line in lines]


def on_config(config):
    config.markdown_extensions.append(Docstrings())
"""


@pytest.mark.parametrize("config", [PLUGIN, EXTENSION], ids=["plugin", "extension"])
def test_a_docstring_belongs_to_its_page(
    tmp_path: Path, write_files: WriteFiles, markdown_build: MarkdownBuild, config: str
) -> None:
    page = '```asgi-live request="/first"\napp = 1\n```\n\n::: docstring\n\nText.\n'
    second = FIRST.replace("recorded <b>", "recorded second")
    files = {
        "mkdocs.yml": f"{config}hooks: [hook.py]\n",
        "hook.py": HOOK,
        "docs/index.md": page,
        "asgi-docs/answers/index.txt": f"{FIRST}\n{second}",
    }
    build = markdown_build("mkdocs", write_files(tmp_path, files), "--strict")
    assert build.returncode == 0, build.log
    html = build.page("index.html")
    assert [source for source, _ in asked(html)] == ["index.md:1", "index.md:1"]
    answers = [each.requests[0].answer for each in read_page(html).blocks]
    assert [each and each.body for each in answers] == ["recorded <b>", "recorded second"]


# Each has a line with "wrong", where the mistake is, and the text "shown".
MISTAKES = {
    "no live block named 'shp' comes before this request; did you mean 'shop'?": (
        {"block": "shp"},
        "GET /shown",
    ),
    "unknown option 'blok'; did you mean 'block'?": ({"blok": "shop"}, "GET /shown"),
    "option 'name': a request's name has letters,": ({"name": "a b"}, "GET /shown"),
    "option 'name': here each request has its name": (
        {"name": "two"},
        "GET /shown\n\n###\nGET /other",
    ),
    "option 'class': '1st' is not a CSS class": ({"class": "1st"}, "GET /shown"),
    "a path starts with one '/', not 'wrong'.": ({}, "/shown\n\n###\nGET wrong"),
    "'wrong' is no header such as 'Accept: text/html'": ({}, "GET /shown\nwrong"),
    "'{{wrong.body}}': no request 'wrong' comes before": ({}, "GET /shown/{{wrong.body}}"),
    "cannot read '{{wrong}}'; a part of an earlier answer": ({}, "GET /shown/{{wrong}}"),
}


def _directive(options: dict[str, str], text: str) -> str:
    lines = [f":{name}: {value}" for name, value in options.items()]
    body = indent("\n".join([*lines, "", text]), "   ")
    return f".. asgi-request::\n{body}\n"


def _fence(options: dict[str, str], text: str) -> str:
    words = "".join(f' {name}="{value}"' for name, value in options.items())
    return f"```asgi-request{words}\n{text}\n```\n"


def _myst(options: dict[str, str], text: str) -> str:
    lines = [f":{name}: {value}" for name, value in options.items()]
    return "\n".join([":::{asgi-request}", *lines, "", text, ":::", ""])


def _mistakes(*forms: Callable[[dict[str, str], str], str]) -> str:
    return "\n".join(form(*mistake) for form in forms for mistake in MISTAKES.values())


def _expected(page: str, name: str, *forms: Callable[[dict[str, str], str], str]) -> list[str]:
    expected = []
    for form in forms:
        for sentence, (options, text) in MISTAKES.items():
            written = form(options, text)
            start = page.index(written)
            page = page.replace(written, "\n" * written.count("\n"), 1)
            before = page.count("\n", 0, start)
            wanted = next(iter(options), "wrong")
            expected.append(f"{name}:{before + line_of(written, wanted)}: {sentence}")
    return sorted(expected)


def _told(log: str, expected: list[str]) -> list[str]:
    lines = re.findall(r"([\w.]+\.(?:rst|md):\d+: )(?:WARNING: )?(\S.*)", log)
    told = sorted("".join(each) for each in lines)
    cut = [line[: len(wanted)] for line, wanted in zip(told, expected, strict=False)]
    return [*cut, *told[len(expected) :]]


def test_sphinx_tells_mistakes_with_file_and_line(
    tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    rest = f"T\n=\n\n.. toctree::\n\n   page\n\n{SHOP}\n{_mistakes(_directive)}"
    page = f"---\ntitle: T\n---\n\n# T\n\n{SHOP_FENCE}\n{_mistakes(_fence, _myst)}"
    build = sphinx_build(
        write_files(tmp_path, {"conf.py": CONF, "index.rst": rest, "page.md": page})
    )
    expected = [
        *_expected(rest, "index.rst", _directive),
        *_expected(page, "page.md", _fence, _myst),
    ]
    assert _told(build.log, expected) == expected
    for name, times in (("index.html", 1), ("page.html", 2)):
        html = build.page(name)
        assert html.count("/shown") == len(MISTAKES) * times
        assert "<asgi-request" not in html
        assert "asgi-request.js" not in html


@pytest.mark.parametrize("tool", ["mkdocs", "zensical"])
def test_markdown_tools_tell_mistakes_with_file_and_line(
    tmp_path: Path, write_files: WriteFiles, markdown_build: MarkdownBuild, tool: str
) -> None:
    unreadable = "```asgi-request block=shop\nGET /shown\n```\n"
    page = f"---\ntitle: T\n---\n\n# T\n\n{SHOP_FENCE}\n{_mistakes(_fence)}\n{unreadable}"
    config = EXTENSION.replace("plugins: []\n", "") if tool == "mkdocs" else EXTENSION
    files = {"mkdocs.yml": config, "docs/index.md": page, "docs/example.py": EXAMPLE}
    build = markdown_build(tool, write_files(tmp_path, files))
    wrong = f"index.md:{line_of(page, 'block=shop')}: the fence header 'asgi-request block=shop'"
    expected = sorted([*_expected(page, "index.md", _fence), wrong])
    assert _told(build.log, expected) == expected
    html = build.page("index.html")
    assert html.count("/shown") == len(MISTAKES) + 1
    assert "<asgi-request" not in html


def test_nothing_to_ask_is_told(
    tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    rest = f"T\n=\n\n{SHOP}\n.. asgi-request::\n\nText.\n"
    build = sphinx_build(write_files(tmp_path, {"conf.py": CONF, "index.rst": rest}))
    line = line_of(rest, "asgi-request")
    assert f"index.rst:{line}: WARNING: the request is empty; write it as in" in build.log
    assert "Text." in build.page("index.html")


def test_requests_of_what_shows_no_app_are_told(
    tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild
) -> None:
    code = ".. asgi-live::\n   :show: code\n   :request: /option\n\n   app = 1\n   # run: /other\n"
    group = ".. asgi-live::\n   :group: g\n\n   one = 1\n   # run: /comment\n"
    rest = f"T\n=\n\n{code}\n{group}\n.. asgi-live::\n   :group: g\n\n   app = 1\n"
    build = sphinx_build(write_files(tmp_path, {"conf.py": CONF, "index.rst": rest}))
    places = re.findall(r"index\.rst:(\d+): WARNING: the page shows no app of this", build.log)
    assert places == [str(line_of(rest, "/option")), str(line_of(rest, "one = 1") + 1)]
    assert build.log.count("WARNING") == 2
    assert asked(build.page("index.html")) == [(f"index.rst:{line_of(rest, 'one') + 3}", [])]
