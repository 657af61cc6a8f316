"""A site with one live block for each app of a recording."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from asgi_docs.block.markup import assets_html, block_html
from asgi_docs.block.model import LiveBlock
from asgi_docs.errors import LockError
from asgi_docs.package.lock import make_lock
from asgi_docs.package.lock_file import lock_path
from asgi_docs.package.site import package_site

from .sources import files_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from .recording import App


class Site(NamedTuple):
    """A packaged site.

    Attributes:
        blocks: the place of each app's block in `index.html`.
        unresolved: why the other apps are missing: their packages do not run in a browser.
    """

    folder: Path
    blocks: dict[App, int]
    unresolved: dict[App, str]


def build(
    sources: Path,
    apps: Iterable[App],
    requires_of: Callable[[App], tuple[str, ...]],
    locks: Path,
    folder: Path,
) -> Site:
    """Write and package the site.

    Args:
        sources: the folder that the apps' modules lie in.
        apps: what gets a block.
        requires_of: normalised requirements of an app.
        locks: where the lock files stand; missing ones are made.
        folder: becomes the site.
    """
    problems: dict[tuple[str, ...], str] = {}
    unresolved, blocks, pieces = {}, {}, []
    for app in apps:
        requires = requires_of(app)
        block = LiveBlock(str(app), files_of(sources, app), requires, source=app.module)
        if requires not in problems:
            problems[requires] = _lock_problem(block, locks)
        if problems[requires]:
            unresolved[app] = problems[requires]
        else:
            blocks[app] = len(pieces)
            pieces.append(block_html(block.to_json(), f"<pre>{app}</pre>"))
    folder.mkdir(parents=True, exist_ok=True)
    page = [
        "<!doctype html><meta charset=utf-8><title>Replay</title>",
        assets_html("_static/asgi-docs/"),
        *pieces,
    ]
    (folder / "index.html").write_text("\n".join(page), "utf-8")
    package_site(folder, locks=locks, lock_urls=False)
    return Site(folder, blocks, unresolved)


def _lock_problem(block: LiveBlock, locks: Path) -> str:
    path = lock_path(locks, block.environment)
    if path.exists():
        return ""
    try:
        make_lock(path, block.requires, urls=False)
    except LockError as error:
        return str(error)
    return ""
