"""Live ASGI apps in documentation: an extension for Sphinx and MkDocs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["__version__", "makeExtension", "setup"]
__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Sphinx calls this for `extensions = ["asgi_docs"]`."""
    from asgi_docs.hosts.sphinx import setup as register

    return register(app)


def makeExtension(**options: Any) -> object:  # noqa: N802  the name that Python-Markdown looks up
    """Python-Markdown calls this for `markdown_extensions: [asgi_docs]`."""
    from asgi_docs.hosts.markdown import AsgiDocsExtension

    return AsgiDocsExtension(**options)
