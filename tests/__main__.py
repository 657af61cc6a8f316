"""`python3 tests`: installs what the tests need, browsers included, and runs them.

What the engines do alike is tested in Chromium only, of many of a kind some, and Chromium does not
optimize WebAssembly; `python3 tests --all` leaves nothing out, has browsers as readers have them,
and no limit of time. Arguments after `--` go to pytest, and then nothing else runs: `python3 tests
-- -k lifespan`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "sample_site"))

from launcher import checkout, sites  # noqa: E402  found by the line above
from launcher.steps import StepFailedError, run_openly, run_quietly, say  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Stages: TypeAlias = dict[str, Callable[[], str]]

ASSETS = ROOT / "assets"
BROWSERS = {  # programs, and the Debian packages that bring them
    "chromium": "chromium",
    "firefox-esr": "firefox-esr",
    "WebKitWebDriver": "webkit2gtk-driver",
    "Xvfb": "xvfb",
}
BROWSER_TESTS_SECONDS = 45 * 60
# Processes, as a CI's machine has two cores; scheduling.py says what stays together.
SIDE_BY_SIDE = ["-n", "2"]
# Two browsers on two cores: what fails is tried twice more, and told by -rR.
BROWSER_OPTIONS = ["-m", "browser", "--browsers", "--network", "--reruns", "2", "-rfER"]
BROWSER_OPTIONS += ["--durations", "25", *SIDE_BY_SIDE]


class Outcome(NamedTuple):
    """Of a stage; the result is its closing line, or why it failed."""

    name: str
    is_ok: bool
    result: str


def main() -> int:
    """Run the command; gives the exit code."""
    match sys.argv[1:]:
        case [] | ["--all"]:
            return run_everything(in_full=sys.argv[1:] == ["--all"])
        case ["--", *pytest_arguments]:
            checkout.install("sample", "test", "lint")
            pytest(*pytest_arguments)
            return 0
        case ["-h" | "--help"]:
            say(__doc__ or "")
            return 0
        case arguments:
            say(f"Unknown argument: {arguments[0]} (arguments for pytest come after --)")
            return 2


def run_everything(*, in_full: bool) -> int:
    """Run every stage, also when an earlier one failed, and sum up."""
    checkout.install("sample", "test", "lint")
    # What waits for downloads goes on beside what computes.
    preparation: Stages = {"browsers": install_browsers, "sample site": build_sample_site}
    checks: Stages = {
        "JavaScript tools": install_npm_tools,
        "ruff check": lambda: tool("ruff", "check", "."),
        "ruff format": lambda: tool("ruff", "format", "--check", "."),
        "mypy": lambda: tool("mypy"),
        "tsc and Biome": check_javascript,
        "node --test": node_tests,
    }
    tests: Stages = {
        "pytest": lambda: python_tests(in_full=in_full),
        "pytest in browsers": lambda: browser_tests(in_full=in_full),
    }
    # A terminal shows one step at a time.
    with ThreadPoolExecutor(1 if sys.stdout.isatty() else 2) as threads:
        outcomes = [
            each for part in threads.map(run_stages, [preparation, checks]) for each in part
        ]
    outcomes += run_stages(tests)

    say("\nSummary")
    for name, is_ok, result in outcomes:
        text = result.strip("= \n")
        say(f"  {'ok' if is_ok else 'FAILED':6}  {name}{f': {text}' if text else ''}")
    return 0 if all(is_ok for _, is_ok, _ in outcomes) else 1


def run_stages(stages: Stages) -> list[Outcome]:
    """Run stages one after the other, whether they fail or not."""
    outcomes = []
    for name, stage in stages.items():
        try:
            outcomes.append(Outcome(name, True, stage()))
        except StepFailedError as error:
            outcomes.append(Outcome(name, False, error.reason))
            say(f"{error.output}\n{error}")
    return outcomes


def install_browsers() -> str:
    """Install what is missing with apt-get, as the tests drive Debian's own browsers."""
    missing = [package for name, package in BROWSERS.items() if shutil.which(name) is None]
    if not missing:
        return ""
    title = f"Install {' and '.join(missing)}"
    if shutil.which("apt-get") is None:
        raise StepFailedError(title, f"there is no apt-get here; install {' and '.join(missing)}")
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    if as_root and sys.stdin.isatty():
        subprocess.run(["sudo", "--validate"], check=False)  # asks before the display hides it
    apt_get = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]
    run_quietly("Refresh the package lists", [*apt_get, "update"])
    run_quietly(title, [*apt_get, "install", "--yes", "--no-install-recommends", *missing])
    return ""


def install_npm_tools() -> str:
    """Install the checkers of the front end; package.json and the lock file pin them."""
    # Not `npm ci`: it refuses a lock file that lacks the builds for platforms which the mirror
    # where it was made does not carry. https://github.com/npm/cli/issues/4828
    options = ["--no-save", "--no-audit", "--no-fund"]
    run_quietly("Install the JavaScript tools", ["npm", "install", "--prefix", ASSETS, *options])
    return ""


def build_sample_site() -> str:
    """Build both sites, warnings being errors; the browser tests then read them."""
    sites.build()
    os.environ["ASGI_DOCS_SAMPLE_SITE"] = str(sites.SITE)
    return ""


def tool(name: str, *arguments: str) -> str:
    """Run a Python tool of `.venv` over the checkout."""
    run_quietly(" ".join([name, *arguments]), [checkout.PYTHON, "-m", name, *arguments])
    return ""


def check_javascript() -> str:
    """Types by tsc, lint and format by Biome."""
    run_quietly("tsc and Biome", ["npm", "run", "check", "--prefix", ASSETS])
    return ""


def node_tests() -> str:
    """Run the tests of the JavaScript that needs no browser."""
    # A folder as argument means different things to Node 20 and 22.
    files = sorted((ROOT / "tests" / "js").rglob("*.test.js"))
    if not files:
        return "none"
    run_quietly("node --test", ["node", "--test", *files])
    return f"{len(files)} files"


def pytest(*arguments: str, limit: float | None = None) -> str:
    """Run pytest with its output shown; gives its closing line."""
    color = ["--color=yes"] if sys.stdout.isatty() else []
    return run_openly(
        "pytest",
        [checkout.PYTHON, "-m", "pytest", *color, *arguments],
        closing=r"\b(passed|failed|skipped|no tests ran|error)\b",
        telling=r"(FAILED|ERROR) ",
        limit=limit,
    )


def python_tests(*, in_full: bool) -> str:
    """Run the tests that need no browser; gives the closing line."""
    everything = ["--all"] if in_full else []
    return pytest("tests", "-m", "not browser", "--node", "--network", *SIDE_BY_SIDE, *everything)


def browser_tests(*, in_full: bool) -> str:
    """Run the tests in browsers; gives the closing line."""
    if in_full:
        return pytest("tests", *BROWSER_OPTIONS, "--all")
    return pytest("tests", *BROWSER_OPTIONS, limit=BROWSER_TESTS_SECONDS)


if __name__ == "__main__":
    os.chdir(ROOT)
    try:
        sys.exit(main())
    except StepFailedError as failure:
        say(f"{failure.output}\n{failure}")
        sys.exit(1)
    except KeyboardInterrupt:
        say("\nStopped.")
        sys.exit(130)
