"""Builds documentation sites as their authors do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
SAMPLE_SITE = REPOSITORY / "sample_site"
OWN_SITES = Path(__file__).parent / "sites"


def build_sphinx(source: Path, output: Path, doctrees: Path) -> Path:
    _run("sphinx", "-q", "-b", "html", "-d", str(doctrees), str(source), str(output))
    return output


def build_sphinx_in(source: Path, work: Path) -> Path:
    return build_sphinx(source, work / "html", work / "doctrees")


def build_mkdocs(source: Path, output: Path) -> Path:
    _run("mkdocs", "-q", "build", "-f", str(source / "mkdocs.yml"), "-d", str(output))
    return output


def sample_site(work: Path) -> Path:
    """Gives the folder of the sample site: the one that is there if it is fresh, or a new one."""
    given = os.environ.get("ASGI_DOCS_SAMPLE_SITE")
    if given:
        return Path(given)
    built = SAMPLE_SITE / "site"
    if _is_fresh(built):
        return built
    build_sphinx(SAMPLE_SITE / "sphinx", work / "sphinx", work / "doctrees")
    build_mkdocs(SAMPLE_SITE / "mkdocs", work / "mkdocs")
    return work


def _is_fresh(site: Path) -> bool:
    pages = [site / host / "index.html" for host in ("sphinx", "mkdocs")]
    if not all(page.is_file() for page in pages):
        return False
    # Folders that begin with a dot or an underscore hold caches and builds.
    sources = [
        path
        for folder in (REPOSITORY / "asgi_docs", REPOSITORY / "assets", SAMPLE_SITE)
        for path in folder.rglob("*")
        if path.is_file()
        and site not in path.parents
        and not any(
            part.startswith((".", "_")) or part == "node_modules"
            for part in path.relative_to(REPOSITORY).parent.parts
        )
    ]
    newest = max(path.stat().st_mtime for path in sources)
    return all(page.stat().st_mtime >= newest for page in pages)


def _run(module: str, *arguments: str) -> None:
    # The build is the product's, so it runs in this checkout even where nothing is installed.
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    result = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    if result.returncode:
        raise RuntimeError(f"{module} failed:\n{result.stdout}{result.stderr}")
