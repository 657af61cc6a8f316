"""Checks the live blocks of a built site, each in a Python of its own."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs.errors import PackageError
from asgi_docs.package import cache, pyodide
from asgi_docs.package.node import node_command
from asgi_docs.package.node_scripts import run_script, script_files
from asgi_docs.package.pages import find_live_pages
from asgi_docs.package.parallel import in_parallel
from asgi_docs.package.site import ENVIRONMENT_FORMAT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from asgi_docs.block.model import LiveBlock

DEFAULT_LIMIT = 60.0
"""Seconds for one block, the start of Python included."""

_SCRIPT = Path(__file__).with_name("check.mjs")
_RESULT = "result.json"
_STAGES = {
    "boot": "Python did not start",
    "import": "the app cannot be imported",
    "startup": "the app's startup failed",
    "answer": "the app's first page failed",
    "shutdown": "the app's shutdown failed",
}


@dataclass(frozen=True)
class Checked:
    """What came of one block.

    Attributes:
        place: where the author wrote it, such as `tutorial/first.rst:12`.
        caption: the author's, or None.
        failure: one sentence, or an empty string.
        details: traceback and the like.
        output: what the app printed.
        seconds: what it took; 0 for what an earlier check has found to be right.
        remembered: whether it is from an earlier check.
    """

    place: str = ""
    caption: str | None = None
    failure: str = ""
    details: str = ""
    output: str = ""
    seconds: float = 0.0
    remembered: bool = False


def check_site(
    site: Path,
    *,
    sources: Path | None = None,
    again: bool = False,
    limit: float = DEFAULT_LIMIT,
    report: Callable[[str], None] = lambda sentence: None,
) -> list[Checked]:
    """Start every app, open its first page, and shut it down.

    Args:
        site: folder of the built HTML, packaged.
        sources: folder of the documentation's sources, for the places that are told.
        again: whether to start what was right the last time, and is the same.
        limit: seconds for one block; what takes longer is killed.
        report: told what takes time.

    Returns:
        In the order of the pages.

    Raises:
        PackageError: the site is not packaged, or by another version; Node is missing.
    """
    pages = find_live_pages(site)
    if pages.folder is None:
        return []
    environments = sorted({block.environment for block in pages.blocks})
    manifests = {name: _Manifest.read(pages.folder, name) for name in environments}
    scripts = cache.sha256_of_files(script_files(_SCRIPT).items())
    checks = [_Check(block, manifests[block.environment], scripts, limit) for block in pages.blocks]
    # Blocks may have the same app: it is started once.
    apps = {each.key: each for each in checks}
    waiting = [each for each in apps.values() if again or not each.is_remembered]
    if waiting:
        node_command()
        report(f"Starting {len(waiting)} app{'' if len(waiting) == 1 else 's'}")
    started = zip(waiting, in_parallel(_Check.run, waiting), strict=True)
    results = {check.key: result for check, result in started}
    return [
        replace(
            results.get(each.key) or Checked(remembered=True),
            place=(sources / block.source).as_posix() if sources else block.source,
            caption=block.caption,
        )
        for block, each in zip(pages.blocks, checks, strict=True)
    ]


@dataclass(frozen=True)
class _Manifest:
    """An environment of the site, which names its files by their content."""

    file: Path
    text: str

    @classmethod
    def read(cls, folder: Path, environment: str) -> _Manifest:
        file = folder / "environments" / f"{environment}.json"
        try:
            text = file.read_text("utf-8")
            manifest: Mapping[str, Any] = json.loads(text)
        except FileNotFoundError:
            raise PackageError(
                f"{file} is missing: run 'asgi-docs package' on the site, or build it again."
            ) from None
        except ValueError:
            raise PackageError(f"{file} is damaged: build the site again.") from None
        made_for = manifest.get("format"), manifest.get("pyodide", {}).get("version")
        if made_for != (ENVIRONMENT_FORMAT, pyodide.VERSION):
            raise PackageError(
                f"{file} was written by another version of asgi-docs: build the site again."
            )
        return cls(file, text)


class _Check:
    """One app, started once and remembered while it is right.

    Attributes:
        key: the same for the same app with the same files of the site.
    """

    def __init__(self, block: LiveBlock, manifest: _Manifest, scripts: str, limit: float) -> None:
        self._limit = limit
        self._settings = {
            "abi": pyodide.ABI,
            "library": pyodide.LIBRARY,
            "packages": pyodide.SITE_PACKAGES,
            "settings": block.settings_json,
            "target": block.path,
        }
        identity = [self._settings, manifest.text, scripts]
        self.key = cache.key_of(json.dumps(identity, sort_keys=True))
        self._manifest = manifest.file

    @property
    def is_remembered(self) -> bool:
        return cache.entry("checks", self.key).is_dir()

    def run(self) -> Checked:
        start = time.monotonic()
        with cache.scratch_folder() as scratch:
            settings = {**self._settings, "manifest": str(self._manifest.resolve())}
            (scratch / "check.json").write_text(json.dumps(settings), "utf-8")
            in_time = run_script(_SCRIPT, scratch, self._limit)
            checked = self._read(scratch / _RESULT, time.monotonic() - start, in_time=in_time)
            if not checked.failure:
                finished = scratch / "finished"
                finished.mkdir()
                cache.publish(finished, cache.entry("checks", self.key))
        return checked

    def _read(self, file: Path, seconds: float, *, in_time: bool) -> Checked:
        try:
            result = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError):
            result = {"stage": "boot"}
        stage, output = result["stage"], result.get("output", "")
        details = result.get("failure", "")
        failure = "" if stage == "done" else _STAGES[stage]
        if failure and not in_time:
            failure += f": it did not end within {self._limit:g} seconds"
        elif failure and not details:
            failure += ": the interpreter ended"
        return Checked(
            failure=failure and f"{failure}.", details=details, output=output, seconds=seconds
        )
