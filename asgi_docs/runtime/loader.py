"""From an import string to an ASGI application."""

from __future__ import annotations

import importlib
import inspect
from asyncio import events
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .interfaces import as_asgi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .messages import Application


class NoApplication(Exception):
    """What the import string names is not in the module, or is no application."""


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
    with outside_loop():
        # A real module in sys.modules: frameworks look up annotations there.
        module = importlib.import_module(module_name)
    file = f"{module_name.replace('.', '/')}.py"
    application: Any = _evaluate(expression, file, vars(module))
    if inspect.isawaitable(application):
        application = await application
    try:
        return as_asgi(application)
    except TypeError as error:
        raise NoApplication(f"“{expression}” in {file} {error}") from None


@contextmanager
def outside_loop() -> Iterator[None]:
    """Import as servers do, which start their event loop afterwards.

    Django, for one, refuses to use its database where an event loop is running.
    """
    loop = events._get_running_loop()
    events._set_running_loop(None)
    try:
        yield
    finally:
        events._set_running_loop(loop)


def _evaluate(expression: str, file: str, namespace: dict[str, Any]) -> Any:
    name = expression.partition("(")[0].partition(".")[0]
    if name.isidentifier() and name not in namespace:
        raise NoApplication(f"{file} has no “{name}”, which should be the application.")
    return eval(expression, namespace)
