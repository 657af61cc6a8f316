"""aiohttp: its client speaks HTTP itself, over sockets that a page does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from .request import Unreachable

if TYPE_CHECKING:
    from types import ModuleType


def patch(module: ModuleType) -> None:
    """Change `aiohttp.connector`."""

    async def connect(self: object, request: Any, *_: object, **__: object) -> NoReturn:
        raise Unreachable(
            f"aiohttp cannot fetch {request.url}, since its client needs sockets, which a page in "
            "a browser does not have: use httpx, requests or urllib.request instead."
        )

    module.BaseConnector.connect = connect
