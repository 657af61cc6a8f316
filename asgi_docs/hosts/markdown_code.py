"""Code blocks as superfences makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pymdownx.superfences import highlight_validator

from asgi_docs.errors import BlockError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown import Markdown

OF_HIGHLIGHTER = ("hl_lines", "linenums")
"""The options that superfences checks itself."""


def highlighted(
    highlight: Callable[..., Any],
    text: str,
    language: str,
    md: Markdown,
    *,
    layout: Mapping[str, str] | None = None,
    classes: Sequence[str] = (),
    id_value: str = "",
) -> str:
    """A code block.

    Args:
        highlight: superfences' own formatter.
        text: the code.
        language: what it is in.
        md: the conversion.
        layout: options of superfences' own code blocks.
        classes: names of CSS classes.
        id_value: an HTML id, or an empty string.
    """
    html = highlight(
        src=text.rstrip("\n"),
        language=language,
        options=dict(layout or {}),
        md=md,
        classes=list(classes),
        id_value=id_value,
        attrs={},
    )
    return str(html)


def layout_of(
    given: Mapping[str, str | None], caption: str | None, md: Markdown
) -> tuple[dict[str, str], list[BlockError]]:
    """The options of superfences' own code blocks, checked by its own validator."""
    processor: Any = md.preprocessors["fenced_code_block"]
    if not processor.use_pygments:
        return {}, []
    wanted = {name: given[name] for name in OF_HIGHLIGHTER if name in given}
    title = given.get("title") or caption
    if title:
        wanted["title"] = title
    layout: dict[str, str] = {}
    refused: dict[str, str] = {}
    highlight_validator("python", wanted, layout, refused, md)
    problems = [
        BlockError(f"option {name!r} cannot be {value!r}.", subtype="option", option=name)
        for name, value in refused.items()
    ]
    return layout, problems
