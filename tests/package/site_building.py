"""Hand-made sites for the packaging tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asgi_docs.block.markup import assets_html, block_html, request_html
from asgi_docs.block.model import LiveBlock

if TYPE_CHECKING:
    from pathlib import Path

    from asgi_docs.block.requests.model import DocumentedRequest

FASTAPI = LiveBlock(
    app="main:app",
    files={"main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n"},
    requires=("fastapi",),
    source="tutorial/first.rst:12",
)
STARLETTE = LiveBlock(
    app="main:app",
    files={"main.py": "from starlette.applications import Starlette\n\napp = Starlette()\n"},
    requires=("starlette",),
    source="tutorial/second.rst:8",
)
TEMPLATES = LiveBlock(
    app="main:app",
    files={"main.py": "import jinja2, yaml\n\nasync def app(scope, receive, send): ...\n"},
    requires=("jinja2", "pyyaml"),
    source="templates.rst:5",
)
PLAIN = LiveBlock(
    app="main:app",
    files={"main.py": "async def app(scope, receive, send): ...\n"},
    source="index.rst:3",
)


def write_page(page: Path, *parts: LiveBlock | DocumentedRequest, base: str) -> None:
    body = "\n".join(
        block_html(part.to_json(), "<pre>code</pre>")
        if isinstance(part, LiveBlock)
        else request_html(part.to_json(), "<pre>request</pre>")
        for part in parts
    )
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(
        f"<!doctype html><html><head>{assets_html(base)}</head><body>{body}</body></html>", "utf-8"
    )


def write_site(site: Path) -> None:
    """Three pages, three environments, at different depths."""
    write_page(site / "index.html", PLAIN, base="_static/asgi-docs/")
    write_page(site / "tutorial/first.html", FASTAPI, PLAIN, base="../_static/asgi-docs/")
    write_page(site / "tutorial/second/index.html", STARLETTE, base="../../_static/asgi-docs/")
    (site / "search.html").write_text("<!doctype html><p>no block: &lt;asgi-live&gt;", "utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
