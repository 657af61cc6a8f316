"""`python -m tests.pyodide_upgrade VERSION` changes to another release of Pyodide.

It asks npm for the release, checks it, writes its pins into asgi_docs/package/pyodide.py, writes
the new names of the platform where tests spell them out, makes those lock files anew that no
longer fit, and says what is left to do.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from asgi_docs.errors import AsgiDocsError
from asgi_docs.package.node import npm_command, run_tool
from asgi_docs.package.npm import NpmPackage, fetch_npm_package

ROOT = Path(__file__).parents[1]
PINS = ROOT / "asgi_docs/package/pyodide.py"
# Their texts name the platform; what else stands in tests is derived from the pins.
SPELLED_OUT = (
    "tests/package/boot.mjs",
    "tests/package/extension.py",
    "tests/package/test_lock_file.py",
    "tests/package/test_ports.py",
    "tests/package/test_recipe.py",
    "tests/package/test_recording.py",
    "tests/package/test_relock.py",
    "tests/package/test_site.py",
)
LEFT_TO_DO = """\
Left to do:
- Read Pyodide's changes between the two releases. assets/stack-switching.js, environment.js,
  layers.js and mounting.js use what is private in it, and may have to change with it.
- `python3 tests -- --node --network tests/package`: test_boot.py compares the pins, and the
  disguise of uv's interpreter, with what Pyodide says of itself. A new platform needs a uv that
  knows its wheels.
- tests/package/extension.py holds compiled code: for another Python, it has to be compiled again.
- `python3 tests`, `python -m tests.conformance`, `python -m tests.replay`, and tests/bench.
- CHANGELOG.md: authors have to run `asgi-docs lock` if the ABI is another one."""


def main(arguments: list[str]) -> int:
    """Run the command; gives the exit code."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        _say(__doc__ or "")
        return 2
    try:
        new = pins_of(arguments[0])
    except AsgiDocsError as error:
        _say(str(error))
        return 1
    text = PINS.read_text("utf-8")
    old = read_pins(text)
    PINS.write_text(repin(text, new), "utf-8")
    for name in sorted(new):
        _say(f"{name}: {old[name]} -> {new[name]}" if old[name] != new[name] else f"{name}: same")
    for place in SPELLED_OUT:
        respell(ROOT / place, spellings(old), spellings(new))
    if old["ABI"] != new["ABI"] or old["PYTHON"] != new["PYTHON"]:
        for folder in lock_folders():
            subprocess.run(
                [sys.executable, "-m", "asgi_docs", "lock", folder], cwd=ROOT, check=True
            )
    _say(LEFT_TO_DO)
    return 0


def pins_of(version: str) -> dict[str, str]:
    """The pins of a release, by the names that they have in pyodide.py.

    Raises:
        PackageError: npm does not have it, or its bytes are not what npm says.
    """
    asked = [*npm_command(), "view", f"pyodide@{version}", "dist.integrity"]
    integrity = run_tool(asked, f"Asking for pyodide@{version}").strip()
    folder = fetch_npm_package(NpmPackage("pyodide", version, integrity))
    info = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))["info"]
    return {
        "VERSION": version,
        "INTEGRITY": integrity,
        "PYTHON": info["python"],
        "ABI": info["abi_version"],
        "EMSCRIPTEN": info["platform"].removeprefix("emscripten_").replace("_", "."),
    }


def read_pins(text: str) -> dict[str, str]:
    """The pins in the text of pyodide.py."""
    return dict(re.findall(r'^([A-Z]+) = "([^"]+)"', text, re.MULTILINE))


def repin(text: str, pins: dict[str, str]) -> str:
    """The text with other pins."""
    for name, value in pins.items():
        text, found = re.subn(
            rf'^{name} = "[^"]+"', f'{name} = "{value}"', text, flags=re.MULTILINE
        )
        assert found == 1, f"{PINS} has no {name}"
    return text


def spellings(pins: dict[str, str]) -> tuple[str, ...]:
    """How texts name the platform."""
    major, minor, _ = pins["PYTHON"].split(".")
    series = f"{major}{minor}"
    return (pins["ABI"], f"cpython-{series}", f"python{major}.{minor}", f"cp{series}")


def respell(file: Path, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    """Name another platform in a text."""
    text = file.read_text("utf-8")
    for before, after in zip(old, new, strict=True):
        text = re.sub(rf"(?<![a-z0-9]){re.escape(before)}(?![0-9])", after, text)
    file.write_text(text, "utf-8")


def lock_folders() -> list[str]:
    """The folders with lock files in the repository, relative to it."""
    listed = subprocess.run(
        ["git", "ls-files", "*/pylock.*.toml"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return sorted({str(Path(file).parent) for file in listed.stdout.splitlines()})


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
