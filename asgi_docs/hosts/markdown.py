"""Python-Markdown: live fences, for MkDocs, ProperDocs and Zensical alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from pymdownx.superfences import SuperFencesCodeExtension

from asgi_docs.block.defaults import (
    DEFAULTS,
    PAGE_KEY,
    line_of_default,
    merged,
    read_defaults,
)
from asgi_docs.block.markup import ELEMENT, REQUEST_ELEMENT, has_block, with_assets
from asgi_docs.hosts.fence_scanner import (
    FENCE_NAME,
    REQUEST_NAME,
    Fence,
    find_fences,
    is_http,
    is_python,
)
from asgi_docs.hosts.markdown_fence import Found, PageFences, Settings
from asgi_docs.hosts.markdown_includes import expand, included_fences
from asgi_docs.hosts.markdown_page import (
    PageReport,
    config_folder,
    current_page,
    mkdocs_config,
    page_of,
    zensical_config,
)
from asgi_docs.hosts.zensical import tell_unwatched

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown import Markdown

    from asgi_docs.block.defaults import Defaults
    from asgi_docs.hosts.markdown_page import MarkdownPage

_PYTHON_ENTRY = "asgi-live python"
_HTTP_ENTRY = "asgi-request http"

_EXAMPLES = {
    FENCE_NAME: ("the block is not live", "path", "/docs"),
    REQUEST_NAME: ("nothing is asked", "block", "shop"),
}
"""What is said of a fence with a wrong header: what comes of it, and an option that is right."""


class AsgiDocsExtension(Extension):
    """Makes fences live that say so, that stand in an admonition that does, or are examples."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            # Nothing here is None: Python-Markdown would take any text for a truth value.
            **{option.name: ["", option.help] for option in DEFAULTS},
            "assets": ["assets/asgi-docs/", "The folder with our files, below the site's root."],
            "package": [True, "Whether MkDocs packages the site, where its plugin is not named."],
            "lock_urls": [True, "Whether new lock files carry the packages' addresses."],
            "project": ["", "Folder of the documented project, or false."],
            "runtime": ["site", "Where readers get Pyodide from: the site itself, or cdn."],
            "files": [[], "Patterns of Python files that are live wherever they are included."],
            "sources": [set(), "Receives the files that blocks are read from, to be watched."],
        }
        super().__init__(**options)
        self.page: PageFences | None = None
        self.around: MarkdownPage | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the name is Python-Markdown's
        """Add our processors."""
        md.block_level_elements += [ELEMENT, REQUEST_ELEMENT]  # else they would be put into a <p>
        md.preprocessors.register(_FindFences(md, self), "asgi_docs_fences", 1000)
        md.postprocessors.register(_AddAssets(md, self), "asgi_docs_assets", 0)


class _FindFences(Preprocessor):
    """Sees the page's text before every other: notes the fences, and prepares superfences."""

    def __init__(self, md: Markdown, extension: AsgiDocsExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        """Leave the lines as they are, but for headers that superfences would not take."""
        fences, admonitions = find_fences(lines)
        asked = [fence for fence in fences if fence.asked]
        page = page_of(self.md)
        self.extension.around = current_page.get()
        current_page.set(page)
        report = PageReport(page, page.lines_before("\n".join(lines)) if fences else 0)
        superfences = self._superfences()
        if superfences:
            self._register(superfences, report, self._found(fences, lines))
            lines = _show_unreadable_as_code(lines, asked, report)
        elif asked:
            report.warn(
                "asgi_docs needs the extension 'pymdownx.superfences'; add it to "
                "'markdown_extensions'.",
                asked[0].line,
            )
        for admonition in admonitions:
            if not admonition.has_code:
                report.warn("the admonition has no fence with Python to run.", admonition.line)
        return lines

    def _superfences(self) -> Any:
        # Looked up when a page is converted: by then every extension is there, in whatever order
        # the author named them.
        for extension in self.md.registeredExtensions:
            if isinstance(extension, SuperFencesCodeExtension):
                return extension
        return None

    def _found(self, fences: list[Fence], lines: list[str]) -> list[Found]:
        written = [Found(fence, expand(self.md, fence.body)) for fence in fences if fence.readable]
        included = [Found(*each) for each in included_fences(self.md, lines)]
        return sorted([*written, *included], key=lambda found: found.fence.line)

    def _register(self, superfences: Any, report: PageReport, found: list[Found]) -> None:
        default = superfences.superfences[0]
        highlight = default["formatter"]
        if isinstance(getattr(highlight, "__self__", None), PageFences):
            highlight = highlight.__self__.highlight  # that of the page before
        patterns = self.extension.getConfig("files")
        page = PageFences(
            report=report,
            found=found,
            highlight=highlight,
            settings=Settings(
                defaults=self._defaults(report),
                examples=(patterns,) if isinstance(patterns, str) else tuple(patterns),
                folder=config_folder(self.md),
                sources=self.extension.getConfig("sources"),
            ),
        )
        self.extension.page = page
        needed = patterns or any(each.fence.admonition for each in found)
        default["formatter"] = page.format_other if needed else highlight
        superfences.superfences[1:] = [
            entry
            for entry in superfences.superfences[1:]
            if entry["name"] not in (FENCE_NAME, _PYTHON_ENTRY, REQUEST_NAME, _HTTP_ENTRY)
        ]
        for name, by_class, is_host, formatter in (
            (FENCE_NAME, _PYTHON_ENTRY, is_python, page.format_ours),
            (REQUEST_NAME, _HTTP_ENTRY, is_http, page.format_requests),
        ):
            superfences.extend_super_fences(name, formatter, _take_every_option, None)
            superfences.extend_super_fences(by_class, formatter, _taker(name), None)
            superfences.superfences[-1]["test"] = is_host

    def _defaults(self, report: PageReport) -> Defaults:
        values = {option.name: self.extension.getConfig(option.name) for option in DEFAULTS}
        project, problems = read_defaults(
            {name: value for name, value in values.items() if value not in ("", [], {})}
        )
        for problem in problems:
            report.warn(f"in the configuration of asgi_docs: {problem}", None)
        if PAGE_KEY not in report.page.meta:
            return project
        page, problems = read_defaults(report.page.meta[PAGE_KEY])
        for problem in problems:
            line = line_of_default(report.page.read(), problem.option or "")
            report.warn(str(problem), line - report.lines_before)
        return merged(project, page)


def _take_every_option(
    _language: str, inputs: dict[str, str], options: dict[str, str], _attrs: object, _md: Markdown
) -> bool:
    """A superfences validator; it must not refuse, since the fence would then be printed raw."""
    options.update(inputs)
    return True


def _taker(name: str) -> Callable[..., bool]:
    """A superfences validator that takes fences with our class and leaves all else to others."""

    def take(
        language: str, inputs: dict[str, str], options: dict[str, str], attrs: object, md: Markdown
    ) -> bool:
        processor: Any = md.preprocessors["fenced_code_block"]
        return name in processor.classes and _take_every_option(
            language, inputs, options, attrs, md
        )

    return take


def _show_unreadable_as_code(
    lines: list[str], fences: list[Fence], report: PageReport
) -> list[str]:
    """Make ordinary code blocks of fences whose header superfences cannot read.

    It would print them as text, and take the closing line for the start of the next code block.
    """
    lines = list(lines)
    for fence in fences:
        outcome, name, value = _EXAMPLES[fence.name or FENCE_NAME]
        if fence.name and not fence.readable:
            report.warn(
                f"the fence header {fence.header!r} cannot be read, so {outcome}; "
                f'write ```{fence.name} {name}="{value}", with the value in double quotes, or '
                f"```{fence.language} {{.{fence.name} {name}={value}}}.",
                fence.line,
            )
            lines[fence.line - 1] = f"{fence.opening}{fence.language}"
        elif not fence.closed:
            report.warn(f"the fence is never closed, so {outcome}.", fence.line)
    return lines


class _AddAssets(Postprocessor):
    """Sees the page last: adds the tags that load our files."""

    def __init__(self, md: Markdown, extension: AsgiDocsExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, text: str) -> str:
        """The page with the tags, when it has a block."""
        if page := self.extension.page:
            page.finish()
            zensical = zensical_config(self.md)
            if zensical is not None:
                tell_unwatched(zensical, page.report, page.settings.sources - page.snippets)
            self.extension.page = None
        current_page.set(self.extension.around)
        if not has_block(text):
            return text
        config = mkdocs_config(self.md)
        if config is not None and self.extension.getConfig("package"):
            from asgi_docs.hosts.mkdocs import package_after_build

            project = self.extension.getConfig("project")
            package_after_build(
                config,
                lock_urls=self.extension.getConfig("lock_urls"),
                project=None if project == "" else project,
                runtime=self.extension.getConfig("runtime"),
            )
        base = page_of(self.md).to_site_root + self.extension.getConfig("assets").strip("/") + "/"
        return with_assets(text, base)
