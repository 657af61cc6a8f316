"""Steps and tasks of a tutorial, in every front end, and the same in each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.markup import read_page
from asgi_docs.block.requests.tasks import Task

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Build, MarkdownBuild, SphinxBuild, WriteFiles

SOLVED = "app = 3\n"

REST = """\
Home
====

.. toctree::

   myst
   fences

.. asgi-live::
   :name: one

   app = 1

.. asgi-live::
   :since: one

   app = 2

.. asgi-request::
   :expect: 201 {"title": "Emma"}
   :task: Let it ``create`` <b>.
   :hint: Look at ``app``.
      Then at its status.
   :solution: solved.py

   POST /books

.. asgi-request::

   # @expect 404
   GET /books

   ###
   GET /books

.. asgi-request::
   :expect: 99

   GET /wrong

.. asgi-request::

   # @expect 200

   # @hnt Wrong.
   GET /wrong

.. asgi-live::
   :since: on

   app = 4
"""

MYST = """\
# Home

```{asgi-live}
:name: one
app = 1
```

```{asgi-live}
:since: one
app = 2
```

```{asgi-request}
---
expect: '201 {"title": "Emma"}'
task: Let it `create` <b>.
hint: |
  Look at `app`.
  Then at its status.
solution: solved.py
---
POST /books
```

```{asgi-request}
# @expect 404
GET /books

###
GET /books
```

```{asgi-request}
:expect: 99
GET /wrong
```

```{asgi-request}
# @expect 200

# @hnt Wrong.
GET /wrong
```

```{asgi-live}
:since: on
app = 4
```
"""

FENCES = """\
# Home

```asgi-live name="one"
app = 1
```

```asgi-live since="one"
app = 2
```

```asgi-request
# @expect 201 {"title": "Emma"}
# @task Let it `create` <b>.
# @hint Look at `app`.
# @hint Then at its status.
# @solution solved.py
POST /books
```

```asgi-request
# @expect 404
GET /books

###
GET /books
```

```asgi-request expect="99"
GET /wrong
```

```asgi-request
# @expect 200

# @hnt Wrong.
GET /wrong
```

```asgi-live since="on"
app = 4
```
"""

FILES = {"solved.py": SOLVED}


def check(html: str, label: str, sentence: str) -> None:
    one, two = read_page(html).blocks
    assert (one.block.since, two.block.since) == (None, one.block.source)
    task, missing, plain = two.requests
    hints = ("Look at `app`.", "Then at its status.")
    words = "Let it `create` <b>."
    found = task.request.task
    assert found is not None
    assert found.words.replace("``", "`") == words
    assert tuple(each.replace("``", "`") for each in found.hints) == hints
    assert (found.status, found.body, found.solution) == (201, '{"title": "Emma"}', SOLVED)
    assert (missing.request.task, plain.request.task) == (Task(404), None)
    shown = re.findall(r'<div class="asgi-request-task">(.*?)</div>', html, re.DOTALL)
    text = [" ".join(re.sub("<[^>]*>", "", each).split()) for each in shown]
    assert text == [f"{label} Let it create &lt;b&gt;.", f"{label} {sentence}"]
    assert shown[0].count("<code") == 1
    assert "@hint" not in re.sub("<[^>]*>", "", html)
    assert html.index("asgi-request-task") < html.index("asgi-request-asked")


def check_log(build: Build, page: str, text: str, expect: str, since: str) -> None:
    for wanted, problem in [
        (expect, "option 'expect': it is a status such as 201"),
        ("@hnt", "unknown comment '@hnt'; did you mean '@hint'?"),
        (since, "no live block named 'on' comes before this one; did you mean 'one'?"),
    ]:
        line = [n for n, each in enumerate(text.splitlines(), start=1) if wanted in each][-1]
        assert re.search(rf"{page}:{line}: .*{re.escape(problem)}", build.log), build.log
    assert build.log.count(f"{page}:") == 4, "and the one request that has no record"


def test_sphinx(tmp_path: Path, write_files: WriteFiles, sphinx_build: SphinxBuild) -> None:
    conf = 'extensions = ["asgi_docs", "myst_parser"]\nasgi_docs_package = False\n'
    pages = {"index.rst": REST, "myst.md": MYST, "fences.md": FENCES}
    files = {"conf.py": conf, **pages, **FILES}
    build = sphinx_build(write_files(tmp_path, files))
    for page, text, expect, since in [
        ("index.rst", REST, ":expect: 99", ":since: on"),
        ("myst.md", MYST, ":expect: 99", ":since: on"),
        ("fences.md", FENCES, 'expect="99"', 'since="on"'),
    ]:
        check(build.page(f"{page.partition('.')[0]}.html"), "Task:", "make GET /books answer 404.")
        check_log(build, page, text, expect, since)
    text = sphinx_build(tmp_path, "-b", "text", out="text").page("index.txt")
    assert '**Task:** make "GET /books" answer "404".' in text
    german = sphinx_build(tmp_path, "-D", "language=de", out="de")
    check(german.page("index.html"), "Aufgabe:", "auf GET /books soll die App mit 404 antworten.")


@pytest.mark.parametrize("tool", ["mkdocs", "zensical"])
def test_markdown_tools(
    tmp_path: Path, write_files: WriteFiles, markdown_build: MarkdownBuild, tool: str
) -> None:
    config = (
        "site_name: Shop\nplugins: []\ntheme: {name: material, language: de}\n"
        "markdown_extensions: [pymdownx.superfences, asgi_docs: {package: false}]\n"
    )
    if tool == "zensical":
        config += "watch: [asgi-docs, docs/solved.py]\n"
    files = {"mkdocs.yml": config, "docs/index.md": FENCES, "docs/solved.py": SOLVED}
    build = markdown_build(tool, write_files(tmp_path, files))
    check_log(build, "index.md", FENCES, 'expect="99"', 'since="on"')
    check(build.page("index.html"), "Aufgabe:", "auf GET /books soll die App mit 404 antworten.")
