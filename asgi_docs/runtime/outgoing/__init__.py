"""Requests that the app itself sends: they go through the browser's fetch.

Python's HTTP clients open sockets, which a page does not have. Each client is changed at the place
where it would open one, when the app imports it: redirects, retries, cookies and the rest stay the
client's own. Requests to the app itself are answered by it, without the browser.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from . import aiohttp, http_client, httpx, urllib3
from .exchange import Outgoing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..patching import Patch

__all__ = ["Outgoing", "patches"]


def patches(outgoing: Outgoing) -> Mapping[str, Patch]:
    """What to change in HTTP clients, by module."""
    return {
        "http.client": partial(http_client.patch, outgoing),
        "httpx._transports.default": partial(httpx.patch, outgoing),
        "urllib3.contrib.emscripten.fetch": partial(urllib3.patch, outgoing),
        "aiohttp.connector": aiohttp.patch,
    }
