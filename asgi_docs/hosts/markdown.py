"""Python-Markdown: the fence `asgi-live`, for MkDocs, ProperDocs and Zensical alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from pymdownx.superfences import SuperFencesCodeExtension

from asgi_docs.block.markup import ELEMENT, assets_html
from asgi_docs.hosts.fence_scanner import FENCE_NAME, Fence, find_fences
from asgi_docs.hosts.markdown_fence import FenceFormatter
from asgi_docs.hosts.markdown_page import PageReport, mkdocs_config, page_of

if TYPE_CHECKING:
    from markdown import Markdown

_FIRST_ELEMENT = re.compile(rf"<{ELEMENT}\s")


class AsgiDocsExtension(Extension):
    """Makes `asgi-live` fences live."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "requires": [[], "Requirements of blocks that state none."],
            "assets": ["assets/asgi-docs/", "The folder with our files, below the site's root."],
            "package": [True, "Whether MkDocs packages the site, where its plugin is not named."],
            "lock_urls": [True, "Whether new lock files carry the packages' addresses."],
            "project": [None, "Folder of the documented project, or false."],
            "runtime": ["site", "Where readers get Pyodide from: the site itself, or cdn."],
            "files": [set(), "Receives the files that blocks name, for a docs tool to watch."],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the name is Python-Markdown's
        """Add our processors."""
        md.block_level_elements.append(ELEMENT)  # else the element would be put into a <p>
        md.preprocessors.register(_FindFences(md, self), "asgi_docs_fences", 1000)
        md.postprocessors.register(_AddAssets(md, self), "asgi_docs_assets", 0)


class _FindFences(Preprocessor):
    """Sees the page's text before every other: notes the fences, and prepares superfences."""

    def __init__(self, md: Markdown, extension: AsgiDocsExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        """Leave the lines as they are, but for headers that superfences would not take."""
        fences = list(find_fences(lines))
        page = page_of(self.md)
        before = page.lines_before("\n".join(lines)) if fences else 0
        report = PageReport(page, before)
        superfences = self._superfences()
        if superfences:
            self._register(superfences, report, fences)
            lines = _show_unreadable_as_code(lines, fences, report)
        elif fences:
            report.warn(
                "asgi_docs needs the extension 'pymdownx.superfences'; add it to "
                "'markdown_extensions'.",
                fences[0].line,
            )
        return lines

    def _superfences(self) -> Any:
        # Looked up when a page is converted: by then every extension is there, in whatever order
        # the author named them.
        for extension in self.md.registeredExtensions:
            if isinstance(extension, SuperFencesCodeExtension):
                return extension
        return None

    def _register(self, superfences: Any, report: PageReport, fences: list[Fence]) -> None:
        superfences.superfences[:] = [
            entry for entry in superfences.superfences if entry["name"] != FENCE_NAME
        ]
        formatter = FenceFormatter(
            report=report,
            fences=[fence for fence in fences if fence.readable],
            highlight=superfences.superfences[0]["formatter"],
            requires=tuple(self.extension.getConfig("requires")),
            files=self.extension.getConfig("files"),
        )
        superfences.extend_super_fences(FENCE_NAME, formatter, _take_every_option, None)


def _take_every_option(
    _language: str, inputs: dict[str, str], options: dict[str, str], _attrs: object, _md: Markdown
) -> bool:
    """A superfences validator; it must not refuse, since the fence would then be printed raw."""
    options.update(inputs)
    return True


def _show_unreadable_as_code(
    lines: list[str], fences: list[Fence], report: PageReport
) -> list[str]:
    """Make ordinary code blocks of fences whose header superfences cannot read.

    It would print them as text, and take the closing line for the start of the next code block.
    """
    lines = list(lines)
    for fence in fences:
        if not fence.readable:
            report.warn(
                f"the fence header {fence.header!r} cannot be read, so the block is not live; "
                f'write ```{FENCE_NAME} and options as path="/docs", in double quotes.',
                fence.line,
            )
            lines[fence.line - 1] = f"{fence.opening}python"
        elif not fence.closed:
            report.warn("the fence is never closed, so the block is not live.", fence.line)
    return lines


class _AddAssets(Postprocessor):
    """Puts the tags that load our files before the first block of the page."""

    def __init__(self, md: Markdown, extension: AsgiDocsExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, text: str) -> str:
        """The page with the tags, when it has a block."""
        first = _FIRST_ELEMENT.search(text)
        if not first:
            return text
        config = mkdocs_config(self.md)
        if config is not None and self.extension.getConfig("package"):
            from asgi_docs.hosts.mkdocs import package_after_build

            package_after_build(
                config,
                lock_urls=self.extension.getConfig("lock_urls"),
                project=self.extension.getConfig("project"),
                runtime=self.extension.getConfig("runtime"),
            )
        base = page_of(self.md).to_site_root + self.extension.getConfig("assets").strip("/") + "/"
        return f"{text[: first.start()]}{assets_html(base)}\n{text[first.start() :]}"
