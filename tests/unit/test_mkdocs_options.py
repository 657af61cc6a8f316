"""The MkDocs plugin takes what the project may say for all blocks."""

from __future__ import annotations

from asgi_docs.block.defaults import DEFAULTS
from asgi_docs.hosts.mkdocs import AsgiDocsConfig


def test_every_default_is_an_option_of_the_plugin() -> None:
    schema = AsgiDocsConfig()._schema
    assert {option.name for option in DEFAULTS} <= {name for name, _ in schema}
