"""Files by their URLs, for what uv and npm do not hand out as files."""

from __future__ import annotations

import base64
import netrc
import os
import re
import urllib.request
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit

from asgi_docs.errors import LockError
from asgi_docs.package.uv import author_settings

_SILENCE = 30
"""Seconds without a byte after which a server counts as unreachable."""
_NAME = re.compile(r"^[\w-]+=(?=https?:)")
_INDEXES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_INDEX")


def download(url: str) -> bytes:
    """The content of a file.

    Raises:
        LockError: it cannot be had; the reason, for the middle of a sentence.
    """
    offline = os.environ.get("UV_OFFLINE", "").lower() in ("1", "true", "yes")
    if offline and urlsplit(url).scheme != "file":
        raise LockError("cannot be fetched, for UV_OFFLINE is set")
    try:
        request = urllib.request.Request(url)
        if login := _login(urlsplit(url).hostname or ""):
            # Not for another host, to which the server may redirect.
            request.add_unredirected_header("Authorization", f"Basic {login}")
        with urllib.request.urlopen(request, timeout=_SILENCE) as response:
            content: bytes = response.read()
            return content
    except HTTPError as error:
        raise LockError(f"cannot be fetched (HTTP status {error.code})") from None
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        text = getattr(reason, "strerror", None) or reason
        raise LockError(f"cannot be fetched ({text})") from None


def _login(host: str) -> str:
    """For an index that asks for one: from its URL in the settings, else from the user's netrc."""
    settings = author_settings()
    for index in " ".join(settings.get(name, "") for name in _INDEXES).split():
        parts = urlsplit(_NAME.sub("", index))
        if parts.hostname == host and parts.username:
            return _basic(unquote(parts.username), unquote(parts.password or ""))
    try:
        found = netrc.netrc(settings.get("NETRC")).authenticators(host)
    except (OSError, netrc.NetrcParseError):
        return ""
    return _basic(found[0], found[2] or "") if found else ""


def _basic(user: str, password: str) -> str:
    return base64.b64encode(f"{user}:{password}".encode()).decode()
