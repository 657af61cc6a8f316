"""Measures the time from the click on Run to the first answer of a FastAPI app.

`python tests/bench/start.py [RUNS]` prints the medians as Markdown, for README.md in this folder.
"""

from __future__ import annotations

import gzip
import json
import shutil
import statistics
import struct
import sys
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import sync_playwright

from asgi_docs.package import pyodide
from tests.browser import sites
from tests.browser.engines import ENGINES, launch
from tests.browser.live_block import LiveBlock
from tests.browser.outside import Outside
from tests.browser.static_server import Served, StaticServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page

Marks = dict[str, float]

# The stages' names come from the worker's own progress; the rest are the element's events.
WATCH = """
(element) => {
  const marks = window.marks = {};
  let start = 0;
  const mark = (name) => { marks[name] ??= performance.now() - start; };
  const root = element.shadowRoot;
  const sentences = new Map(Object.entries({
    interpreter: "Starting Python", import: "Importing", startup: "Running the app",
  }));
  new MutationObserver(() => {
    const text = root.querySelector('[role="status"]').textContent;
    for (const [stage, sentence] of sentences) {
      if (text.startsWith(sentence)) mark(`${stage} begins`);
    }
  }).observe(root, { subtree: true, childList: true, characterData: true });
  element.addEventListener("asgi-live:statechange", () => mark(element.state));
  root.addEventListener("load", ({ target }) => {
    if (target.contentDocument?.body?.textContent.includes("world")) mark("answer");
  }, true);
  const clicked = () => { start = performance.now(); };
  root.addEventListener("click", clicked, { capture: true, once: true });
}
"""


def measure_live(page: Page, url: str) -> Marks:
    block = LiveBlock.open(page, f"{url}fastapi.html")
    block.evaluate(WATCH)
    block.button("Run").click()
    page.wait_for_function("marks.answer")
    marks: Marks = page.evaluate("marks")
    return {
        "environment and files": marks["interpreter begins"],
        "interpreter": marks["import begins"] - marks["interpreter begins"],
        "import": marks["startup begins"] - marks["import begins"],
        "startup": marks["running"] - marks["startup begins"],
        "first answer": marks["answer"] - marks["running"],
        "total": marks["answer"],
    }


def measure_plain(page: Page, url: str) -> Marks:
    page.goto(f"{url}index.html")
    page.get_by_role("button").click()
    page.wait_for_function("marks.answer")
    marks: Marks = page.evaluate("marks")
    return {
        "interpreter": marks["interpreter"],
        "environment and files": marks["packages"] - marks["interpreter"],
        "import": marks["import"] - marks["packages"],
        "first answer": marks["answer"] - marks["import"],
        "total": marks["answer"],
    }


def medians(
    open_context: Callable[[], BrowserContext],
    measure: Callable[[Page, str], Marks],
    url: str,
    runs: int,
) -> dict[str, Marks]:
    """Cold: a profile of its own for each run. Warm: the second visit in that profile."""
    seen: dict[str, list[Marks]] = {"cold": [], "warm": []}
    for _ in range(runs):
        context = open_context()
        for results in seen.values():
            page = context.new_page()
            results.append(measure(page, url))
            page.close()
        context.close()
    return {
        temperature: {
            stage: statistics.median(run[stage] for run in results) for stage in results[0]
        }
        for temperature, results in seen.items()
    }


def write_plain_site(live_site: Path, folder: Path) -> None:
    """The same packages as the live site's, without bytecode."""
    shutil.copytree(Path(__file__).parent / "plain", folder)
    shutil.copytree(pyodide.distribution(), folder / "pyodide")
    output = live_site / "_static" / "asgi-docs"
    (manifest,) = (output / "environments").glob("fastapi-*.json")
    archives = []
    for layer in json.loads(manifest.read_text())["layers"]:
        archives.append(f"{layer['name']}.zip")
        with zipfile.ZipFile(folder / archives[-1], "w", zipfile.ZIP_DEFLATED) as archive:
            for path, content in files_of_layer(manifest.parent, layer):
                if not path.endswith(".pyc"):
                    archive.writestr(path, content)
    main = "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/')\nasync def hello():\n"
    main += "    return {'hello': 'world'}\n"
    (folder / "packages.json").write_text(json.dumps({"archives": archives, "main": main}))


def files_of_layer(folder: Path, layer: dict[str, Any]) -> list[tuple[str, bytes]]:
    def unpacked(part: dict[str, Any]) -> bytes:
        return gzip.decompress((folder / part["url"]).read_bytes())

    hot = unpacked(layer["hot"])
    (length,) = struct.unpack_from("<I", hot)
    index = json.loads(hot[4 : 4 + length])
    contents = {
        "files": hot[4 + length :],
        "extensions": b"".join(unpacked(part) for part in layer["extensions"]),
        "cold": unpacked(layer["cold"]) if "cold" in layer else b"",
    }
    files = []
    for kind, content in contents.items():
        position = 0
        for path, size in index[kind]:
            files.append((path, content[position : position + size]))
            position += size
    return files


def downloaded(
    context: BrowserContext, server: StaticServer, url: str, site: Path
) -> dict[str, int]:
    """Bytes of answers, compressed as a host would, in a new profile."""

    def compressed(answers: list[Served]) -> int:
        return sum(
            answer.size if answer.path.endswith(".layer") else server.compressed_size(answer.path)
            for answer in answers
        )

    start = len(server.served)
    block = LiveBlock.open(context.new_page(), f"{url}fastapi.html")
    block.page.wait_for_load_state("networkidle")
    clicked = len(server.served)
    block.run().expect_text("world")
    before, after = server.served[start:clicked], server.served[clicked:]
    context.close()
    manifest = next(site.glob("_static/asgi-docs/environments/fastapi-*.json"))
    layers = json.loads(manifest.read_text())
    cold = [
        layer["cold"]
        for layer in [layers["stdlib"], layers["runtime"], *layers["layers"]]
        if "cold" in layer
    ]
    # It may have begun to arrive while the answer was waited for.
    names = {part["url"].rpartition("/")[2] for part in cold}
    ours, first = (
        [answer for answer in answers if "/asgi-docs/" in answer.path and answer.status == 200]
        for answers in (before, after)
    )
    first = [answer for answer in first if answer.path.rpartition("/")[2] not in names]
    return {
        "before": compressed(ours),
        "requests before": len(ours),
        "until the answer": compressed(first),
        "requests until the answer": len(first),
        "later": sum(part["size"] for part in cold),
    }


def table(rows: dict[str, Marks]) -> str:
    stages = ["environment and files", "interpreter", "import", "startup", "first answer", "total"]
    lines = ["| ms | " + " | ".join(rows) + " |", "| --- |" + " ---: |" * len(rows)]
    for stage in stages:
        cells = [f"{marks[stage]:.0f}" if stage in marks else "" for marks in rows.values()]
        lines.append(f"| {stage} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


class Sites(NamedTuple):
    """What is measured: URLs of the live site and of the plain one, and what serves them."""

    live: str
    plain: str
    folder: Path
    server: StaticServer
    outside: Outside


@contextmanager
def both_sites() -> Iterator[Sites]:
    """Build and serve them."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        site = sites.build_sphinx(sites.OWN_SITES / "behaviour", work / "live", work / "doctrees")
        write_plain_site(site, work / "plain")
        server, outside = StaticServer(), Outside()
        live, plain = server.mount("/live/", site), server.mount("/plain/", work / "plain")
        yield Sites(live, plain, site, server, outside)


def main(runs: int) -> None:
    with both_sites() as measured, sync_playwright() as playwright:
        for engine in ENGINES:
            browser = launch(playwright, engine, measured.outside.server_port)
            rows: dict[str, Marks] = {}
            kinds: list[tuple[str, Any, str]] = [
                ("live", measure_live, measured.live),
                ("plain", measure_plain, measured.plain),
            ]
            for name, measure, url in kinds:
                for temperature, marks in medians(browser.new_context, measure, url, runs).items():
                    rows[f"{name}, {temperature}"] = marks
            server, folder = measured.server, measured.folder
            bytes_ = downloaded(browser.new_context(), server, measured.live, folder)
            print(f"\n{engine} {browser.version}, medians of {runs} runs\n\n{table(rows)}")  # noqa: T201
            for temperature in ("cold", "warm"):
                totals = [rows[f"{name}, {temperature}"]["total"] for name in ("plain", "live")]
                ratio = totals[0] / totals[1]
                print(f"\n{temperature}: plain takes {ratio:.2f} times as long")  # noqa: T201
            print(f"\nbytes: {json.dumps(bytes_)}")  # noqa: T201
            browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
