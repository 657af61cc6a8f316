"""Whatever interface an application has, the server calls it as ASGI 3.

It is told by the arguments that the application takes: `(scope, receive, send)` is ASGI 3,
`(scope)` the double callable of ASGI 2
(https://asgi.readthedocs.io/en/latest/specs/main.html#legacy-applications), and
`(environ, start_response)` is WSGI (https://peps.python.org/pep-3333/).
"""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any

from . import wsgi

if TYPE_CHECKING:
    from .messages import Application, Receive, Scope, Send


def as_asgi(application: Any) -> Application:
    """The application behind the ASGI 3 interface.

    Raises:
        TypeError: it is no application; the text completes a sentence that begins with its name.
    """
    if not callable(application):
        raise TypeError(f"is {_describe(application)}, not an ASGI application.")
    if inspect.isclass(application):
        return _class_as_asgi(application)
    if _takes(application, 3):
        return application  # type: ignore[no-any-return]
    if _takes(application, 2) and not inspect.iscoroutinefunction(application):
        return _wsgi_as_asgi(application)
    if _takes(application, 1):
        return _double_callable_as_asgi(application)
    if _takes(application, 0):
        raise TypeError(
            "takes no arguments, so it is no application; name a factory with its call, such as "
            "make_app()."
        )
    raise TypeError("is not an ASGI application: it cannot be called with scope, receive and send.")


def _class_as_asgi(application: Any) -> Application:
    # Instances that are awaited: `await App(scope, receive, send)`.
    if hasattr(application, "__await__") and _takes(application, 3):
        return application  # type: ignore[no-any-return]
    call = vars(application).get("__call__")
    if call and _takes(application, 1) and _takes(call, 3) and not _takes(call, 4):
        return _double_callable_as_asgi(application)
    raise TypeError("is a class, not an ASGI application; name an instance of it.")


def _takes(function: Any, count: int) -> bool:
    try:
        inspect.signature(function).bind(*range(count))
    except TypeError:
        return False
    except ValueError:  # a builtin that does not tell; whoever named it will see
        return count == 3
    return True


def _double_callable_as_asgi(application: Any) -> Application:
    async def single_callable(scope: Scope, receive: Receive, send: Send) -> None:
        await application(scope)(receive, send)

    # For those who look for its routes.
    return functools.update_wrapper(single_callable, application, assigned=(), updated=())


def _wsgi_as_asgi(application: Any) -> Application:
    try:
        return wsgi.as_asgi(application)
    except ModuleNotFoundError:
        raise TypeError(
            "is a WSGI application, which needs the package asgiref to run here; add it to the "
            "block's option 'requires'."
        ) from None


def _describe(value: object) -> str:
    return "None" if value is None else f"of type {type(value).__name__}"
