"""`sphinx-build -b asgi-check`: builds and packages the pages, and starts every live block."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from asgi_docs.errors import AsgiDocsError

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

_AFTER_PACKAGING = 900  # handlers have 500 unless they say otherwise


class CheckBuilder(StandaloneHTMLBuilder):
    """Writes the pages that are then checked."""

    name = "asgi-check"
    epilog = "The live blocks of the pages in %(outdir)s have been started."


def connect(app: Sphinx) -> None:
    """Register the builder."""
    app.add_builder(CheckBuilder)
    app.connect("build-finished", _check, priority=_AFTER_PACKAGING)


def _check(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.statuscode or not isinstance(app.builder, CheckBuilder):
        return
    from asgi_docs.check.blocks import check_site
    from asgi_docs.check.reports import summary
    from asgi_docs.check.results import all_failures

    try:
        results = check_site(Path(app.outdir), sources=Path(app.srcdir), report=logger.info)
    except AsgiDocsError as error:
        logger.error("asgi_docs: %s", error)
        app.statuscode = 1
        return
    for each in all_failures(results):
        logger.warning("%s", each.text, location=each.place, type="asgi_docs", subtype="check")
        app.statuscode = 1
    logger.info("%s", summary(results))
