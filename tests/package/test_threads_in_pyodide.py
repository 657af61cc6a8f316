"""What threads do, done without them: Pyodide under Node, with and without JSPI."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.model import LiveBlock
from asgi_docs.package.cache import FOLDER_VARIABLE
from asgi_docs.package.node import node_command
from asgi_docs.package.site import package_site

from .site_building import write_page

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.network, pytest.mark.node]

HERE = Path(__file__).parent
OPTIONS = {"stacks": ["--experimental-wasm-stack-switching"], "nested": []}
SCRIPTS = ("in_pyodide_threads.py", "in_pyodide_threads_libraries.py")
BLOCK = LiveBlock(
    app="main:app",
    files={"main.py": "async def app(scope, receive, send): ...\n"},
    requires=(
        *("a2wsgi", "aiosqlite", "asgiref", "django", "fastapi", "flask", "httpx", "hypercorn"),
        *("litestar", "python-multipart", "quart", "tzdata", "uvicorn"),
    ),
    source="index.rst:3",
)


def checks() -> Iterator[tuple[str, str]]:
    for script in SCRIPTS:
        for each in ast.parse((HERE / script).read_text("utf-8")).body:
            if isinstance(each, ast.AsyncFunctionDef) and each.name.startswith("check_"):
                yield script, each.name


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with all libraries of the checks.

    In the user's own cache, as the sites of the browser tests: they have most of these libraries.
    """
    site = tmp_path_factory.mktemp("threads")
    write_page(site / "index.html", BLOCK, base="_static/asgi-docs/")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(FOLDER_VARIABLE)
        package_site(site, locks=site / "locks")
    folder = site / "_static/asgi-docs"
    # Node, unlike browsers, wants to be told that the .js files are modules.
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    shutil.rmtree(site / "locks")
    return folder / f"environments/{BLOCK.environment}.json"


@pytest.fixture(scope="module", params=list(OPTIONS))
def outcomes(request: pytest.FixtureRequest, manifest: Path, findings: list[str]) -> dict[str, str]:
    """What each check said, with one strategy.

    Deadlines of milliseconds are missed on a busy machine: what fails is tried once more, and told.
    """
    strategy: str = request.param
    said: dict[str, str] = {}
    for script in SCRIPTS:
        outcome = run_checks(script, strategy, manifest)
        if failures := {check: text for check, text in outcome.items() if text != "ok"}:
            findings.append(f"{script} with {strategy}, tried again: {failures}")
            outcome = run_checks(script, strategy, manifest)
        said |= outcome
    return said


def run_checks(script: str, strategy: str, manifest: Path) -> dict[str, str]:
    run = subprocess.run(
        [*node_command(), *OPTIONS[strategy], HERE / "boot.mjs", manifest, HERE / script],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    outcome: dict[str, str] = json.loads(run.stdout.splitlines()[-1])
    assert outcome.pop("strategy") == strategy
    return outcome


@pytest.mark.parametrize(("script", "check"), list(checks()))
def test_threads(outcomes: dict[str, str], script: str, check: str) -> None:
    assert outcomes[check] == "ok", f"{script}: {outcomes[check]}"
