"""Sphinx: what reST and MyST pages have live blocks by, their HTML, and the packaging."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import ENUM
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from asgi_docs import __version__
from asgi_docs.block.markup import (
    ELEMENT,
    REQUEST_ELEMENT,
    block_html,
    has_block,
    with_assets,
)
from asgi_docs.errors import AsgiDocsError
from asgi_docs.hosts import sphinx_check, sphinx_defaults, sphinx_files, sphinx_request
from asgi_docs.hosts.sphinx_class import MakeCodeBlocksLive
from asgi_docs.hosts.sphinx_directive import AsgiLive
from asgi_docs.hosts.sphinx_node import asgi_live
from asgi_docs.hosts.sphinx_request import asgi_request, asgi_request_part
from asgi_docs.hosts.sphinx_request_directive import AsgiRequest

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

OUTPUT_FOLDER = "_static/asgi-docs/"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything with Sphinx."""
    app.add_config_value("asgi_docs_files", [], "env", types=frozenset({list, tuple}))
    app.add_config_value("asgi_docs_package", True, "", types=frozenset({bool}))
    app.add_config_value("asgi_docs_lock_urls", True, "", types=frozenset({bool}))
    app.add_config_value("asgi_docs_project", None, "", types=frozenset({str, bool, type(None)}))
    app.add_config_value("asgi_docs_runtime", "site", "", types=ENUM("site", "cdn"))
    app.add_directive("asgi-live", AsgiLive)
    app.add_directive("asgi-request", AsgiRequest)
    app.add_node(asgi_live, html=(_visit_html, _depart_html))
    app.add_transform(MakeCodeBlocksLive)
    sphinx_request.connect(app)
    app.add_post_transform(UnwrapWhereNothingRuns)
    app.connect("config-inited", _let_myst_fences_be_directives)
    sphinx_defaults.connect(app)
    sphinx_files.connect(app)
    app.connect("html-page-context", _add_assets)
    app.connect("build-finished", _package)
    sphinx_check.connect(app)
    return {
        "version": __version__,
        "env_version": 2,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def is_live(builder: Builder) -> bool:
    """Whether the builder writes web pages of its own, and not a book, a help file or data."""
    return (
        isinstance(builder, StandaloneHTMLBuilder)
        and not builder.embedded
        and not hasattr(builder, "implementation")  # the serialising builders: json, pickle
    )


class UnwrapWhereNothingRuns(SphinxPostTransform):
    """Leaves the ordinary code block alone in every format that cannot run it."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Replace each node of ours by its children."""
        if is_live(self.app.builder):
            return
        for node in list(self.document.findall(nodes.Element)):
            if isinstance(node, (asgi_live, asgi_request, asgi_request_part)):
                node.replace_self(node.children)


def _visit_html(translator: HTML5Translator, node: asgi_live) -> None:
    node["body_length"] = len(translator.body)


def _depart_html(translator: HTML5Translator, node: asgi_live) -> None:
    start = node.attributes.pop("body_length")
    fallback = "".join(translator.body[start:])
    translator.body[start:] = [block_html(node["data"], fallback), "\n"]


def _let_myst_fences_be_directives(_app: Sphinx, config: Config) -> None:
    """Make plain fences that start with our names directives, as in Markdown tools."""
    if "myst_fence_as_directive" in config:
        # A sorted list, since a set would be stored in another order and look like a change.
        ours = {ELEMENT, REQUEST_ELEMENT}
        config.myst_fence_as_directive = sorted({*config.myst_fence_as_directive, *ours})


def _add_assets(
    app: Sphinx,
    _pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    if is_live(app.builder) and has_block(context.get("body", "")):
        # Not add_js_file: that one appends a checksum when the file is there from an earlier
        # build, so the same sources would give two different pages.
        base = context["pathto"](OUTPUT_FOLDER, resource=True)
        context["body"] = with_assets(context["body"], base)


def _package(app: Sphinx, exception: Exception | None) -> None:
    if exception or not is_live(app.builder) or not app.config.asgi_docs_package:
        return
    from asgi_docs.package.checkout import project_setting
    from asgi_docs.package.site import package_site

    try:
        packaged = package_site(
            Path(app.outdir),
            locks=Path(app.confdir) / "asgi-docs",
            lock_urls=app.config.asgi_docs_lock_urls,
            project=project_setting(app.config.asgi_docs_project, Path(app.confdir)),
            runtime=app.config.asgi_docs_runtime,
            report=logger.info,
        )
    except AsgiDocsError as error:
        # Not an ExtensionError: Sphinx 8.2 and later print a traceback for it.
        logger.error("asgi_docs: %s", error)
        app.statuscode = 1
        return
    for remark in packaged.remarks:
        logger.info("%s", remark)
