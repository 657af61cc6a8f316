"""Everything that a replay needs, prepared once: sources, site, control, server."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs.block.requirements import normalise_requirements

from . import control, in_browser, site, sources
from .recording import load
from .verdicts import Misses, comparable, judge

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..conformance.drivers import Driver
    from .recording import App

HERE = Path(__file__).parent
LOCKS = HERE / "locks"
# Few, since each starts the app again; enough for chance not to answer as recorded every time.
SEEDS = range(1, 5)


class Replayer:
    """Replays one recording, in browsers and on this machine's Python.

    Attributes:
        recording: exchanges by app and test.
        site: the packaged site.
    """

    def __init__(
        self,
        recording: Path,
        cache: Path,
        *,
        folder: Path | None = None,
        requires: tuple[str, ...] | None = None,
        is_wanted: Callable[[App], bool] = lambda app: True,
    ) -> None:
        """Prepare a replay.

        Args:
            recording: the file of exchanges.
            cache: a folder for what is downloaded.
            folder: what the apps' modules lie in; by default FastAPI's source distribution.
            requires: what the apps need; by default what their imports say.
            is_wanted: whether an app is to be replayed.
        """
        self.cache = cache
        self.sources = folder or sources.fastapi_sources(cache)
        self.recording = {app: tests for app, tests in load(recording).items() if is_wanted(app)}
        self._requires = normalise_requirements(requires) if requires else None
        self._work = tempfile.TemporaryDirectory()
        self.site = site.build(
            self.sources,
            self.recording,
            self.requires_of,
            LOCKS if folder is None else self.sources / "asgi-docs",
            Path(self._work.name) / "site",
        )
        self._control: dict[App, Misses] = {}

    def close(self) -> None:
        """Delete the site."""
        self._work.cleanup()

    def requires_of(self, app: App) -> tuple[str, ...]:
        """Normalised requirements of an app."""
        return self._requires or normalise_requirements(sources.requirements(self.sources, app))

    def by_environment(self) -> list[list[App]]:
        """The apps that have a block, those of one environment together."""
        groups: dict[tuple[str, ...], list[App]] = {}
        for app in self.site.blocks:
            groups.setdefault(self.requires_of(app), []).append(app)
        return list(groups.values())

    def in_browser(self, app: App, driver: Driver) -> Misses:
        """Replay an app in the site's page, which the driver has open."""
        ask = partial(in_browser.replay, driver, self.site.blocks)
        return judge(comparable(self.recording[app]), ask, in_page=True)

    def natively(self, app: App) -> Misses:
        """What this machine's Python misses by the same rules, with one seed or another."""
        if app not in self._control:
            self._control[app] = self._run_control(app)
        return self._control[app]

    def _run_control(self, app: App) -> Misses:
        packages = {each for known in self.recording for each in self.requires_of(known)}
        python = control.interpreter(packages, self.cache)
        files = sources.files_of(self.sources, app)
        misses: Misses = {}
        for seed in SEEDS:
            ask = partial(control.replay, python, files, seed)
            misses |= judge(comparable(self.recording[app]), ask, in_page=False)
        return misses
