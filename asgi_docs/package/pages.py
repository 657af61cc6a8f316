"""The live pages of a built site, and the folder that their scripts are expected in."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from asgi_docs.block.markup import ELEMENT, read_page
from asgi_docs.errors import AsgiDocsError, PackageError
from asgi_docs.package.output import MARKER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from asgi_docs.block.markup import PageBlock
    from asgi_docs.block.model import LiveBlock


@dataclass(frozen=True)
class LivePages:
    """What a site has of ours.

    Attributes:
        by_page: the live blocks of each page that has some, with the requests to their apps; by
            the page's path in the site.
        folder: where the pages expect our files; None for a site without blocks.
        old_folders: folders that an earlier build wrote.
    """

    by_page: Mapping[str, Sequence[PageBlock]]
    folder: Path | None
    old_folders: tuple[Path, ...]

    @property
    def blocks(self) -> tuple[LiveBlock, ...]:
        """All live blocks, in the order of the pages."""
        return tuple(each.block for each in self.with_requests)

    @property
    def with_requests(self) -> tuple[PageBlock, ...]:
        """The same, each with the requests to its app."""
        return tuple(block for blocks in self.by_page.values() for block in blocks)


def find_live_pages(site: Path) -> LivePages:
    """Look through all HTML pages of a site.

    Raises:
        PackageError: there is no such site, or its pages contradict each other.
    """
    if not site.is_dir():
        raise PackageError(f"{site} is no folder: build the documentation first.")
    pages, old_folders = _walk(site)
    by_page: dict[str, Sequence[PageBlock]] = {}
    folders: dict[str, Path] = {}
    for page in pages:
        html = page.read_text("utf-8", errors="replace")
        try:
            found = read_page(html)
        except AsgiDocsError as error:
            raise PackageError(f"{page}: {error}") from None
        if found.blocks:
            by_page[page.relative_to(site).as_posix()] = found.blocks
            folders.setdefault(_output_folder(site, page, found.scripts), page)
    folder = site / _only_one(site, folders) if by_page else None
    return LivePages(by_page, folder, tuple(old_folders))


def _walk(site: Path) -> tuple[list[Path], list[Path]]:
    pages: list[Path] = []
    old_folders: list[Path] = []
    for name, folders, files in os.walk(site):
        folder = Path(name)
        if MARKER in files:
            old_folders.append(folder)
            folders.clear()
            continue
        folders.sort()
        pages.extend(folder / file for file in sorted(files) if _is_live_page(folder / file))
    return pages, old_folders


def _is_live_page(file: Path) -> bool:
    return (
        file.suffix in (".html", ".htm")
        and file.is_file()
        and f"<{ELEMENT}".encode() in file.read_bytes()
    )


def _output_folder(site: Path, page: Path, urls: list[str]) -> str:
    """Relative to the site, as a POSIX path; absolute if that is all that the page tells."""
    if not urls:
        raise PackageError(
            f"{page} has live blocks but does not load asgi-live.js: "
            "build it again with asgi-docs among the extensions."
        )
    parts = urlsplit(urls[0])
    path = unquote(posixpath.dirname(parts.path))
    if parts.netloc or path.startswith("/"):
        return posixpath.join("/", path)
    place = page.parent.relative_to(site).as_posix()
    return posixpath.normpath(posixpath.join(place, path))


def _only_one(site: Path, folders: Mapping[str, Path]) -> str:
    # Error pages are written with absolute URLs, for they appear at any depth.
    relative = {folder: page for folder, page in folders.items() if not folder.startswith("/")}
    if not relative:
        page = next(iter(folders.values()))
        raise PackageError(f"{page}: the URL of asgi-live.js is not relative to the page.")
    if len(relative) > 1:
        listed = "; ".join(f"{page} expects {folder}/" for folder, page in relative.items())
        raise PackageError(
            f"The pages of {site} expect our files in different folders: {listed}. "
            "Package each documentation site by itself, and clear the folder before a new build."
        )
    (folder,) = relative
    if folder == "." or folder.startswith(".."):
        raise PackageError(
            f"{relative[folder]} expects our files in {folder}/: that is no subfolder of {site}."
        )
    return folder
