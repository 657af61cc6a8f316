"""The distribution's browsers, driven by Playwright."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser, Playwright

ENGINES = ("chromium", "firefox")
# For tests of what both would see alike, whatever they are asked to run.
ONE_ENGINE = pytest.mark.parametrize("engine", ["chromium"], indirect=True, scope="session")

# Of Chromium's compilers for WebAssembly only the quick one: tests start many interpreters, none of
# which runs for long, and to optimize them takes a quarter of the processor time of a start.
QUICK_COMPILER = "--js-flags=--liftoff-only"

# A host that is not local: plain http there is no secure context.
INSECURE_HOST = "docs.example"

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {INSECURE_HOST} 127.0.0.1",
    f"--proxy-bypass-list={INSECURE_HOST}",
]


def launch(
    playwright: Playwright,
    engine: str,
    proxy_port: int,
    firefox_prefs: Mapping[str, Any] | None = None,
    *,
    back_forward_cache: bool = False,
    is_quick: bool = False,
) -> Browser:
    """Start one as readers have it, but for what the arguments say.

    Args:
        proxy_port: where requests to other hosts go.
        firefox_prefs: more of them.
        back_forward_cache: whether Chromium has one; Firefox has it anyway.
        is_quick: whether Chromium leaves WebAssembly as it is first compiled.
    """
    if engine == "chromium":
        flags = [*CHROMIUM_FLAGS, f"--proxy-server=127.0.0.1:{proxy_port}"]
        flags += [QUICK_COMPILER] if is_quick else []
        # Playwright's default.
        ignored = ["--disable-back-forward-cache"] if back_forward_cache else []
        return playwright.chromium.launch(
            executable_path=_find("chromium"), args=flags, ignore_default_args=ignored
        )
    prefs = {
        "network.dns.localDomains": INSECURE_HOST,
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": proxy_port,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": proxy_port,
        "network.proxy.no_proxies_on": f"localhost, 127.0.0.1, {INSECURE_HOST}",
        **(firefox_prefs or {}),
    }
    # Playwright's own protocol needs a patched Firefox; this channel speaks WebDriver BiDi.
    return playwright.firefox.launch(
        channel="moz-firefox", executable_path=_find("firefox-esr"), firefox_user_prefs=prefs
    )


def _find(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise RuntimeError(f"{name} is not installed, and --browsers needs it")
    return path
