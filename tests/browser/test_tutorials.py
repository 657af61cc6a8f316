"""Modules of FastAPI's tutorials answer in a browser as they did where they were recorded."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .exchanges import (
    RECORDED_ORIGIN,
    Answer,
    Exchange,
    as_pages_read_it,
    differences,
    load_recording,
)
from .tutorials import page_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .console import Console
    from .live_block import LiveBlock

pytestmark = pytest.mark.browser

RECORDED = load_recording()
NATIVE_REPLAY = Path(__file__).with_name("native_replay.py")
NATIVE_MOUNT = f"{RECORDED_ORIGIN}/project/live/~token"


@pytest.fixture(scope="module")
def tally(engine: str, findings: list[str]) -> Iterator[dict[str, int]]:
    """Counts the exchanges of each module that is equal."""
    equal: dict[str, int] = {}
    yield equal
    findings.append(
        f"FastAPI tutorials in {engine}: {len(equal)} of {len(RECORDED)} modules, "
        f"{sum(equal.values())} exchanges"
    )


@pytest.mark.parametrize("module", RECORDED)
def test_a_tutorial_answers_as_recorded(
    module: str,
    tutorial_site: str,
    open_block: Callable[[str], LiveBlock],
    console: Console,
    tally: dict[str, int],
) -> None:
    # Chromium calls every answer of an app that says 4xx or 5xx an error.
    console.expect(r"^Failed to load resource: .* status of [45]\d\d")
    block = open_block(f"{tutorial_site}{page_name(module)}.html").start()
    base_url = block.base_url
    exchanges = RECORDED[module]

    for exchange in exchanges:
        answer = _ask(block.fetch, exchange)
        assert answer is not None
        assert differences(exchange.answer, answer, base_url) == [], exchange.path

    # The same once more, as the app's own page asks. It cannot read a redirect, only follow it.
    for exchange in exchanges:
        answer = _ask(block.fetch_in_frame, exchange)
        assert (answer is None) == (300 <= exchange.answer.status < 400)
        if answer is not None:
            recorded = as_pages_read_it(exchange.answer)
            assert differences(recorded, answer, base_url) == [], exchange.path
    tally[module] = len(exchanges)


def test_the_same_replay_natively(tutorial_sources: Path, tmp_path: Path) -> None:
    """A control: what the replay itself gets wrong would be wrong here, too."""
    requests = {
        module: [
            {
                "method": exchange.method,
                "path": exchange.path,
                "headers": exchange.headers,
                "body": base64.b64encode(exchange.body).decode(),
            }
            # The browser's replay asks twice, on two ways.
            for exchange in exchanges * 2
        ]
        for module, exchanges in RECORDED.items()
    }
    result = subprocess.run(
        [sys.executable, str(NATIVE_REPLAY), str(tutorial_sources), NATIVE_MOUNT],
        input=json.dumps(requests),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    answers = json.loads(result.stdout)
    wrong = {}
    for module, exchanges in RECORDED.items():
        for exchange, given in zip(exchanges * 2, answers[module], strict=True):
            headers = [(name, value) for name, value in given["headers"]]
            answer = Answer(given["status"], headers, base64.b64decode(given["body"]))
            found = differences(exchange.answer, answer, NATIVE_MOUNT)
            if found:
                wrong[f"{module} {exchange.method} {exchange.path}"] = found
    assert wrong == {}


def _ask(fetch: Callable[..., Answer | None], exchange: Exchange) -> Answer | None:
    return fetch(
        exchange.path,
        method=exchange.method,
        headers=exchange.headers,
        body=exchange.body or None,
    )
