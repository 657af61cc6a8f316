"""Starts one app under Node, and sends its requests."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from asgi_docs.block.requests.model import Answer
from asgi_docs.check.results import Checked, CheckedRequest, Outcome
from asgi_docs.errors import PackageError
from asgi_docs.package import cache, pyodide
from asgi_docs.package.node_scripts import NodeScript
from asgi_docs.package.site import ENVIRONMENT_FORMAT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from asgi_docs.block.markup import PageBlock
    from asgi_docs.block.requests.model import DocumentedRequest

SCRIPT = NodeScript(
    Path(__file__).with_name("check.mjs"),
    parts=(Path(__file__).with_name("asking.mjs"),),
    front=(
        "cookie-jar.js",
        "header-text.js",
        "requests/answers.js",
        "requests/differences.js",
        "requests/references.js",
        "tasks/expectation.js",
    ),
)

_RESULT = "result.json"
_STAGES = {
    "boot": "Python did not start",
    "import": "the app cannot be imported",
    "startup": "the app's startup failed",
    "answer": "the app's first page failed",
    "request": "the app did not answer",
    "shutdown": "the app's shutdown failed",
}


@dataclass(frozen=True)
class Manifest:
    """An environment of the site, which names its files by their content."""

    file: Path
    text: str

    @classmethod
    def read(cls, folder: Path, environment: str) -> Manifest:
        """The environment of this name.

        Raises:
            PackageError: the site is not packaged, or by another version.
        """
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


class AppCheck:
    """One app with its requests, started once and remembered while it is right.

    Attributes:
        key: the same for the same app with the same requests, records and files of the site.
    """

    def __init__(
        self,
        page_block: PageBlock,
        manifest: Manifest,
        scripts: str,
        limit: float,
        *,
        is_solution: bool = False,
    ) -> None:
        """Prepare it.

        Args:
            page_block: the app, and what it is asked.
            manifest: of its environment.
            scripts: identity of all that runs.
            limit: seconds after which it is killed.
            is_solution: whether the app is to do the tasks, which others are not to do yet.
        """
        self._is_solution = is_solution
        block = page_block.block
        self._requests = page_block.requests
        self._limit = limit
        self._settings = {
            "abi": pyodide.ABI,
            "library": pyodide.LIBRARY,
            "packages": pyodide.SITE_PACKAGES,
            "settings": block.settings_json,
            "target": block.path,
            "requests": [_asked(each) for each in self._requests],
        }
        identity = [self._settings, manifest.text, scripts, is_solution]
        self.key = cache.key_of(json.dumps(identity, sort_keys=True))
        self._manifest = manifest.file

    @property
    def is_remembered(self) -> bool:
        """Whether an earlier check has found it to be right."""
        return cache.entry("checks", self.key).is_dir()

    def run(self) -> Checked:
        """Start it, and remember it if it is right."""
        start = time.monotonic()
        with cache.scratch_folder() as scratch:
            settings = {**self._settings, "manifest": str(self._manifest.resolve())}
            (scratch / "check.json").write_text(json.dumps(settings), "utf-8")
            in_time = SCRIPT.run(scratch, self._limit)
            checked = self._read(scratch / _RESULT, time.monotonic() - start, in_time=in_time)
            if checked.is_right:
                finished = scratch / "finished"
                finished.mkdir()
                cache.publish(finished, cache.entry("checks", self.key))
        return checked

    def _read(self, file: Path, seconds: float, *, in_time: bool) -> Checked:
        try:
            result = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError):
            result = {"stage": "boot"}
        stage, details = result["stage"], result.get("failure", "")
        reason = "" if in_time else f"it did not end within {self._limit:g} seconds"
        if in_time and not details and stage != "done":
            reason = "the interpreter ended"
        failure = _STAGES.get(stage, "")
        asked = result.get("asked", [])
        requests = [
            _read_request(each, documented, is_solution=self._is_solution)
            for each, documented in zip(asked, self._requests, strict=False)
        ]
        if stage == "request":
            unanswered = CheckedRequest(self._requests[len(requests)], Outcome.UNANSWERED)
            failure += f" {unanswered.asked}"
            requests.append(replace(unanswered, details=(f"{reason}.",)))
        not_sent = self._requests[len(requests) :]
        return Checked(
            failure=failure and f"{': '.join(filter(None, (failure, reason)))}.",
            details=details,
            output=result.get("output", ""),
            requests=(*requests, *(CheckedRequest(each, Outcome.NOT_SENT) for each in not_sent)),
            seconds=seconds,
        )


def _asked(documented: DocumentedRequest) -> dict[str, Any]:
    """What the script is told of a request: nothing of its place."""
    data: dict[str, Any] = json.loads(documented.to_json())
    if documented.request.task:
        data["task"] = {name: data["task"].get(name) for name in ("status", "body")}
    return {name: value for name, value in data.items() if name not in ("page", "source", "block")}


def _read_request(
    result: Mapping[str, Any], documented: DocumentedRequest, *, is_solution: bool
) -> CheckedRequest:
    answer = Answer.from_data(result["answer"]) if "answer" in result else None
    if answer is None:
        outcome, details = Outcome.UNANSWERED, [result["failure"]]
    elif documented.request.task:
        details = result["lacks"]
        outcome = _outcome_of_task(is_done=not details, is_solution=is_solution)
    elif documented.answer is None and documented.page:
        outcome, details = Outcome.UNRECORDED, [answer.status_line]
    else:  # without a page there is no place for records
        details = result.get("differences", [])
        outcome = Outcome.DIFFERENT if details else Outcome.RIGHT
    return CheckedRequest(
        documented, outcome, answer, tuple(details), result["output"], result["seconds"]
    )


def _outcome_of_task(*, is_done: bool, is_solution: bool) -> Outcome:
    if is_done == is_solution:
        return Outcome.RIGHT
    return Outcome.UNSOLVED if is_solution else Outcome.DONE_BEFORE
