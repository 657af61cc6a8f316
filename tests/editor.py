"""`python -m tests.editor` writes assets/vendor/codemirror/ anew, of CodeMirror's npm packages.

The core and Python make one file; each other language is a file of its own, which takes what it
shares with the core from there. Other versions are a change of assets/package.json and its lock.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from typing import TYPE_CHECKING

from asgi_docs.package import cache
from asgi_docs.package.assets import assets_folder
from asgi_docs.package.node import node_command
from asgi_docs.package.npm import NpmPackage, fetch_npm_package

if TYPE_CHECKING:
    from pathlib import Path

BUNDLER = "esbuild-wasm"
CORE = "codemirror"
# What the editor (assets/editor/) imports.
CORE_EXPORTS = {
    "@codemirror/commands": [
        "defaultKeymap",
        "history",
        "historyKeymap",
        "indentLess",
        "indentMore",
    ],
    "@codemirror/lang-python": ["pythonLanguage"],
    "@codemirror/language": [
        "bracketMatching",
        "HighlightStyle",
        "indentOnInput",
        "indentUnit",
        "LanguageSupport",
        "syntaxHighlighting",
    ],
    "@codemirror/state": ["Compartment", "EditorState", "Prec", "StateEffect", "StateField"],
    "@codemirror/view": [
        "Decoration",
        "EditorView",
        "highlightSpecialChars",
        "keymap",
        "lineNumbers",
    ],
    "@lezer/highlight": ["tags"],
}
LANGUAGES = {
    "html": {
        "@codemirror/lang-css": ["cssLanguage"],
        "@codemirror/lang-html": ["html", "htmlCompletionSource"],
        "@codemirror/lang-javascript": ["javascriptLanguage"],
        "@codemirror/lang-jinja": ["jinjaLanguage"],
    },
    "json": {"@codemirror/lang-json": ["jsonLanguage"]},
    "markdown": {"@codemirror/lang-markdown": ["markdownLanguage"]},
    "sql": {"@codemirror/lang-sql": ["StandardSQL"]},
}
# Languages import them of the core's file, so that there is one of each.
SHARED = ["@codemirror/language", "@codemirror/state", "@codemirror/view", "@lezer/common"]
SHARED += ["@lezer/highlight", "@lezer/lr"]
OPTIONS = [
    "--bundle",
    "--format=esm",
    "--minify",
    "--target=es2022",
    "--charset=utf8",
    "--legal-comments=none",
    "--log-level=warning",
]


def contents() -> dict[str, bytes]:
    """By path below assets/vendor/: the modules, and their licences with what they are."""
    packages = locked_packages()
    with cache.scratch_folder() as work:
        for each in packages:
            place = work / "node_modules" / each.name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(fetch_npm_package(each), target_is_directory=True)
        made = {name: _bundle(work, name, parts) for name, parts in LANGUAGES.items()}
        # Which of its names the languages need is seen in what they import.
        core = {**CORE_EXPORTS, **_needed(work)}
        for package, names in CORE_EXPORTS.items():
            core[package] = sorted({*names, *core[package]})
        made[CORE] = _bundle(work, CORE, core)
    files = {f"codemirror/{name}.js": content for name, content in sorted(made.items())}
    return {**files, "codemirror.txt": _about(packages, files).encode()}


def locked_packages() -> list[NpmPackage]:
    """CodeMirror's packages and the bundler, as the lock file of the JavaScript tools pins them."""
    folder = assets_folder()
    lock = json.loads((folder / "package-lock.json").read_text("utf-8"))["packages"]
    waiting = [BUNDLER, *CORE_EXPORTS, *(name for parts in LANGUAGES.values() for name in parts)]
    found: dict[str, NpmPackage] = {}
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        entry = lock[f"node_modules/{name}"]
        found[name] = NpmPackage(name, entry["version"], entry["integrity"])
        waiting += entry.get("dependencies", {})
    return [found[name] for name in sorted(found)]


def _bundle(work: Path, name: str, parts: dict[str, list[str]]) -> bytes:
    """One module that exports these names of these packages."""
    source = work / f"{name}.entry.js"
    source.write_text(_exporting(parts), "utf-8")
    made = work / f"{name}.js"
    others = [] if name == CORE else [f"--alias:{each}=./{CORE}.js" for each in SHARED]
    others += [] if name == CORE else [f"--external:./{CORE}.js"]
    if name == "markdown":
        others += ["--alias:@codemirror/lang-html=./html.js", "--external:./html.js"]
    bundler = work / "node_modules" / BUNDLER / "bin" / "esbuild"
    # Links are not followed: packages find each other beside them.
    options = [f"--outfile={made.name}", *OPTIONS, *others, "--preserve-symlinks"]
    subprocess.run([*node_command(), bundler, source.name, *options], cwd=work, check=True)
    return made.read_bytes()


def types() -> dict[str, bytes]:
    """By path below assets/vendor/: for tsc, which finds the packages' own declarations."""
    modules = {CORE: CORE_EXPORTS, **LANGUAGES}
    return {
        f"codemirror/{name}.d.ts": _exporting(parts).encode() for name, parts in modules.items()
    }


def _exporting(parts: dict[str, list[str]]) -> str:
    lines = [f'export {{ {", ".join(names)} }} from "{each}";\n' for each, names in parts.items()]
    return "".join(lines)


def _needed(work: Path) -> dict[str, list[str]]:
    """What the languages import of the core's file, by the package that it comes from."""
    pattern = re.compile(rf'import\{{([^}}]*)\}}from"\./{CORE}\.js"')
    texts = [(work / f"{name}.js").read_text("utf-8") for name in LANGUAGES]
    names = {
        part.split(" as ")[0].strip()
        for text in texts
        for listed in pattern.findall(text)
        for part in listed.split(",")
    }
    exported = {each: _exports(work, each) for each in SHARED}
    needed: dict[str, list[str]] = {}
    for name in sorted(names):
        (package,) = [each for each in SHARED if name in exported[each]]
        needed.setdefault(package, []).append(name)
    return needed


def _exports(work: Path, package: str) -> set[str]:
    folder = work / "node_modules" / package
    module = json.loads((folder / "package.json").read_text("utf-8"))["module"]
    text = (folder / module).read_text("utf-8")
    return {
        part.split(" as ")[-1].strip()
        for listed in re.findall(r"^export \{([^}]*)\}", text, re.MULTILINE)
        for part in listed.split(",")
    }


def _about(packages: list[NpmPackage], files: dict[str, bytes]) -> str:
    """Whence the files come, their hashes, and the licences: one text, whose holders differ."""
    used = [each for each in packages if each.name != BUNDLER]
    (bundler,) = [each for each in packages if each.name == BUNDLER]
    holders: set[str] = set()
    terms: set[str] = set()
    for each in used:
        text = (fetch_npm_package(each) / "LICENSE").read_text("utf-8")
        notice, _, rest = text.removeprefix("MIT License").strip().partition("\n")
        holders.add(notice)
        terms.add(" ".join(rest.split()))
        licence = rest.strip()
    if len(terms) != 1:
        raise RuntimeError("The packages of CodeMirror have different licences.")
    hashes = [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in files.items()]
    return "\n".join(
        [
            f"codemirror/*.js, made by `python -m tests.editor` with {bundler.spec} of (npm):",
            "",
            *(each.spec for each in used),
            "",
            "SHA-256:",
            "",
            *hashes,
            "",
            "MIT License",
            "",
            *sorted(holders),
            "",
            licence,
            "",
        ]
    )


def main(folder: Path) -> None:
    """Write the files."""
    for name, content in {**contents(), **types()}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main(assets_folder() / "vendor")
