"""`python -m tests.replay`: do apps answer in a browser as they did where they were recorded?

Without arguments it replays FastAPI's tutorials, from the sources that FastAPI distributes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from ..browser.outside import Outside
from ..browser.static_server import StaticServer
from ..conformance.drivers import ENGINES, drive
from ..conformance.later_visit import Starts, open_again, starts
from .in_browser import SCRIPTS, open_page
from .recording import FASTAPI_TUTORIALS
from .replayer import HERE, Replayer
from .verdicts import comparable

if TYPE_CHECKING:
    from ..conformance.drivers import Driver
    from .recording import App
    from .verdicts import Misses

CACHE = Path(__file__).parents[2] / ".pytest_cache" / "d" / "replay"


def main() -> int:
    """Run the command; gives 1 if an app missed in a browser what it does not miss elsewhere."""
    options = _options()
    CACHE.mkdir(parents=True, exist_ok=True)
    replayer = Replayer(
        options.recording,
        CACHE,
        folder=options.sources,
        requires=tuple(options.requires) or None,
        is_wanted=lambda app: options.only in app.module,
    )
    try:
        _say_what_is_left_out(replayer)
        return max(
            _replay(replayer, engine, is_later=options.later_visit)
            for engine in options.engine or ENGINES
        )
    finally:
        replayer.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.replay", description=__doc__)
    parser.add_argument(
        "recording", nargs="?", type=Path, default=FASTAPI_TUTORIALS, help="a file of exchanges"
    )
    parser.add_argument("--sources", type=Path, help="the folder that the apps' modules lie in")
    parser.add_argument(
        "--requires", action="append", default=[], help="a package that all apps need"
    )
    parser.add_argument("--engine", action="append", choices=ENGINES, help="all by default")
    parser.add_argument("--only", default="", help="a part of the names of the modules to replay")
    parser.add_argument("--later-visit", action="store_true", help="the apps go on from snapshots")
    return parser.parse_args()


def _replay(replayer: Replayer, engine: str, *, is_later: bool) -> int:
    server, outside = StaticServer(), Outside()
    url = f"{server.mount('/site/', replayer.site.folder)}index.html"
    server.mount(SCRIPTS, HERE)
    found: dict[App, Misses] = {}
    seen: list[Starts] = []
    with sync_playwright() as playwright:
        # A profile has not room for the snapshots of all environments.
        for apps in replayer.by_environment() if is_later else [list(replayer.site.blocks)]:
            with drive(engine, playwright, outside.server_port) as driver:
                if is_later:
                    open_again(driver, url, [replayer.site.blocks[apps[0]]])
                else:
                    open_page(driver, url)
                found |= {app: _tell(replayer, app, driver) for app in apps}
                if is_later:
                    seen.append(starts(driver))
    exchanges = {app: _count(replayer, app) for app in found}
    wrong = {app: misses for app, misses in found.items() if misses}
    total = sum(exchanges.values())
    missed = sum(map(len, wrong.values()))
    alone = {app: set(misses) - set(replayer.natively(app)) for app, misses in wrong.items()}
    only_here = sum(map(len, alone.values()))
    _say(
        f"\n{engine}: {len(found) - len(wrong)} of {len(found)} modules, "
        f"{total - missed} of {total} exchanges as recorded; "
        f"{missed - only_here} of the others miss on this machine's Python, too"
    )
    ready, restored = (sum(column) for column in zip(Starts(0, 0), *seen, strict=True))
    if is_later:
        _say(f"{restored} of {ready} interpreters went on from a snapshot")
    return 1 if only_here or restored < ready else 0


def _tell(replayer: Replayer, app: App, driver: Driver) -> Misses:
    misses = replayer.in_browser(app, driver)
    total = _count(replayer, app)
    _say(f"{app}: {total - len(misses)} of {total}")
    everything = [each for part in comparable(replayer.recording[app]).values() for each in part]
    for number, reasons in misses.items():
        natively = replayer.natively(app).get(number)
        _say(f"  {everything[number]}: {'natively, too' if natively else 'ONLY HERE'}")
        for reason in reasons:
            _say(f"    {reason}")
    return misses


def _count(replayer: Replayer, app: App) -> int:
    return sum(map(len, comparable(replayer.recording[app]).values()))


def _say_what_is_left_out(replayer: Replayer) -> None:
    for app, reason in replayer.site.unresolved.items():
        _say(f"{app} has no block: {reason}")
    handshakes = sum(
        exchange.answer is None
        for tests in replayer.recording.values()
        for exchanges in tests.values()
        for exchange in exchanges
    )
    if handshakes:
        _say(f"{handshakes} handshakes of WebSockets, recorded without their frames, are left out.")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
