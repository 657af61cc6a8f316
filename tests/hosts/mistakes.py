"""Authors' mistakes: one table for all front ends, and what only one of them can get wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

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
    Mistake("option 'since': no live block named 'x'", {"since": "x"}, at="since"),
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


@dataclass(frozen=True)
class Own:
    """A wrong block as only one front end has it.

    Attributes:
        says: what the message begins with.
        text: all of the block.
        at: the line with the mistake, counted from the block's first.
    """

    says: str
    text: str
    at: int = 0


NO_FILE = "the file 'no.py' cannot be read"
NO_PATH = "option 'path': a path starts with one '/'"

ONLY_REST = [
    Own(NO_FILE, ".. asgi-live:: no.py"),
    Own(
        NO_PYTHON,
        ".. asgi-live::\n   :requires: a\n      b\n\n   import shown\n   def x(:\n       pass",
        at=5,
    ),
    Own(
        "option 'lineno-start'",
        ".. asgi-live::\n   :linenos:\n   :lineno-start: x\n\n   app = shown = 1",
        at=2,
    ),
    Own("leave an empty line between", ".. asgi-live::\n   app = shown = 1"),
    Own(
        "the admonition has no Python code to run.",
        ".. admonition:: Try it\n   :class: asgi-live\n\n   Nothing shown.",
    ),
]
ONLY_MYST = [
    Own("cannot read 'path=docs'", "```asgi-live path=docs\napp = shown = 1\n```"),
    Own(NO_FILE, ":::{asgi-live} no.py\n:::"),
    Own(NO_PATH, "```{asgi-live}\n---\npath: docs\n---\napp = shown = 1\n```", at=2),
]
ONLY_MARKDOWN = [
    Own("the fence header 'asgi-live path=docs'", "```asgi-live path=docs\napp = shown = 1\n```"),
    Own("the fence header '{asgi-live} no.py'", "```{asgi-live} no.py\napp = shown = 1\n```"),
    Own("the fence header 'asgi_live", '```asgi_live path="/"\napp = shown = 1\n```'),
    Own("the fence header 'python asgi-live", "```python asgi-live\napp = shown = 1\n```"),
    Own("the fence header 'python {.asgi_live", "```python {.asgi_live}\napp = shown = 1\n```"),
    Own("the fence header 'console {.asgi-live", "```console {.asgi-live}\napp = shown = 1\n```"),
    Own("option 'hl_lines' cannot be 'x'", '```asgi-live hl_lines="x"\napp = shown = 1\n```'),
    Own(
        "the admonition has no fence with Python to run.",
        '!!! asgi-live "Try it"\n\n    Nothing shown.',
    ),
    Own("the fence is never closed", "```asgi-live\napp = shown = 1\n"),  # the last of the page
]

# What the head of a page says for all of its blocks.
REST_HEAD = ":asgi_docs_path: docs\n:asgi_docs_moutn: full\n\n"
FRONT_MATTER = "---\ntitle: Front\nasgi_docs:\n  path: docs\n  moutn: full\n---\n\n"
NO_OPTION = "no option of all blocks: 'moutn'; did you mean 'mount'?"
