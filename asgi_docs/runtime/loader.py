"""From the block's files to an ASGI application."""

from __future__ import annotations

import importlib
import inspect
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .messages import Application


class NoApplication(Exception):
    """What the import string names is not in the module, or is no ASGI application."""


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write the app's files to a folder, and make it the one to run in and to import from."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    os.chdir(folder)
    sys.path.insert(0, str(folder))


async def load_application(import_string: str) -> Application:
    """Import the module and find the application in it.

    Args:
        import_string: `module:expression`; the expression is a name, an attribute or a factory's
            call, and is evaluated in the module's own namespace.

    Raises:
        NoApplication: with a sentence for the reader.
        Exception: whatever the app's own code raises while it is imported.
    """
    module_name, _, expression = import_string.partition(":")
    # A real module in sys.modules: frameworks look up annotations there.
    module = importlib.import_module(module_name)
    application: Any = _evaluate(expression, module_name, vars(module))
    if inspect.isawaitable(application):
        application = await application
    if not callable(application):
        raise NoApplication(
            f"“{expression}” in {module_name}.py is {_describe(application)}, "
            "not an ASGI application."
        )
    return application  # type: ignore[no-any-return]


def _evaluate(expression: str, module_name: str, namespace: dict[str, Any]) -> Any:
    name = expression.partition("(")[0].partition(".")[0]
    if name.isidentifier() and name not in namespace:
        raise NoApplication(f"{module_name}.py has no “{name}”, which should be the application.")
    return eval(expression, namespace)


def _describe(value: object) -> str:
    return "None" if value is None else f"of type {type(value).__name__}"
