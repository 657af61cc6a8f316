"""What Python has elsewhere and not in a browser: stood in for, or refused with a clear error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import passwords, processes, servers, sockets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..patching import Patch

PATCHES: Mapping[str, Patch] = {
    "hashlib": passwords.patch_hashlib,
    "django.contrib.auth.hashers": passwords.patch_django,
    "werkzeug.security": passwords.patch_werkzeug,
    "multiprocessing.process": processes.patch_multiprocessing,
    "subprocess": processes.patch_subprocess,
    "socket": sockets.patch,
    **servers.PATCHES,
}


def install() -> None:
    """Put the missing modules in place."""
    processes.install()
