"""What `conf.py` and the head of a page say for all blocks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

from docutils import nodes

from asgi_docs.block.defaults import (
    DEFAULTS,
    PAGE_KEY,
    Defaults,
    line_of_default,
    merged,
    read_default,
    read_defaults,
)
from asgi_docs.block.requirements import split_requirements
from asgi_docs.errors import BlockError
from asgi_docs.hosts.sphinx_node import logger, tell

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from asgi_docs.hosts.sphinx_node import Place

_TYPES: dict[str, frozenset[type]] = {
    "requires": frozenset({list, tuple}),
    "env": frozenset({dict, str, type(None)}),
}
_TEXT: frozenset[type] = frozenset({str, type(None)})
_FLAG: frozenset[type] = frozenset({bool, str, type(None)})
_PREFIX = f"{PAGE_KEY}_"


def connect(app: Sphinx) -> None:
    """Have Sphinx know the values of `conf.py`, and check them."""
    for option in DEFAULTS:
        types = _FLAG if option.is_flag else _TYPES.get(option.name, _TEXT)
        empty: list[str] | None = [] if option.name == "requires" else None
        app.add_config_value(_PREFIX + option.name, empty, "env", types=types)
    app.connect("config-inited", _check)


def _check(_app: Sphinx, config: Config) -> None:
    for option in DEFAULTS:
        name = _PREFIX + option.name
        value = config[name]
        if option.name == "requires" and isinstance(value, str):
            value = split_requirements(value)  # Sphinx itself warns of the type
        if not value:
            continue
        try:
            read = read_default(option.name, value)
            config[name] = list(read) if option.name == "requires" else value
        except BlockError as problem:
            logger.warning("%s in conf.py: %s", name, problem, type="asgi_docs", subtype="option")
            config[name] = [] if option.name == "requires" else None


def defaults_of_page(env: BuildEnvironment, document: nodes.document) -> Defaults:
    """What holds for the blocks of the page that is being read; what is wrong is told once."""
    key = "asgi_docs_defaults"
    if key not in env.temp_data:
        values = {option.name: env.config[_PREFIX + option.name] for option in DEFAULTS}
        project, _ = read_defaults(
            {name: value for name, value in values.items() if value or value is False}
        )
        page: Defaults = {}
        for field in document.findall(nodes.field):
            of_field, problems = _read(field)
            page = merged(page, of_field)
            for problem in problems:
                tell(problem, _place_of(field, problem, env))
        env.temp_data[key] = merged(project, page)
    return cast("Defaults", env.temp_data[key])


def _read(field: nodes.field) -> tuple[Defaults, list[BlockError]]:
    name, text = (str(child.astext()) for child in field.children[:2])
    if name == PAGE_KEY:
        try:
            return read_defaults(json.loads(text))  # so MyST hands on the mappings of front matter
        except ValueError:
            return read_defaults(text)
    if name.startswith(_PREFIX):
        return read_defaults({name.removeprefix(_PREFIX): text})
    return {}, []


def _place_of(field: nodes.field, problem: BlockError, env: BuildEnvironment) -> Place:
    page = Path(env.doc2path(env.docname))  # MyST takes the field's text for its source
    line = field.line or 1
    if field.children[0].astext() == PAGE_KEY:
        line = line_of_default(page.read_text(encoding="utf-8-sig"), problem.option or "")
    return str(page), line
