"""One start of an app, as a reader sees it, by stage."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.sync_api import Page

    from ..browser.live_block import LiveBlock

Stages = dict[str, float]
"""Milliseconds by stage, in the order of time; `total` is their sum."""

TOTAL = "total"
LIMIT = 600_000  # milliseconds; networks are slow on purpose

# From the click on the first button to the app's answer in the preview. Stages are what the
# element tells its reader.
WATCH = """
(element, [button, next, answer]) => {
  const root = element.shadowRoot;
  const marks = {};
  let clicked;
  const mark = (name) => {
    if (clicked !== undefined) marks[name] ??= performance.now() - clicked;
  };
  const sentences = {
    download: "Starting Python", interpreter: "Importing", import: "Running the app",
  };
  const watch = new MutationObserver(() => {
    const text = root.querySelector('[role="status"]').textContent;
    for (const [ended, sentence] of Object.entries(sentences))
      if (text.startsWith(sentence)) mark(ended);
  });
  watch.observe(root, { subtree: true, childList: true, characterData: true });
  const changed = () => {
    if (element.state === "running") mark("startup");
    // By the page: the driver of Firefox takes half a second to notice a button.
    const isNext = (each) => each.offsetParent && each.textContent.trim() === next;
    if (element.state === "stopped") [...root.querySelectorAll("button")].find(isNext)?.click();
  };
  element.addEventListener("asgi-live:statechange", changed);
  const onClick = ({ target }) => {
    if (target.textContent.trim().startsWith(button)) clicked ??= performance.now();
  };
  root.addEventListener("click", onClick, true);
  globalThis.answered = new Promise((resolve) => {
    root.addEventListener("load", function shown({ target }) {
      if (clicked === undefined) return;
      if (!target.contentDocument?.body?.textContent.includes(answer)) return;
      mark("answer");
      watch.disconnect();
      element.removeEventListener("asgi-live:statechange", changed);
      root.removeEventListener("click", onClick, true);
      root.removeEventListener("load", shown, true);
      resolve(marks);
    }, true);
  });
}
"""
LIVE = ("download", "interpreter", "import", "startup", "answer")
CLASSIC = ("interpreter", "packages", "import", "answer")


def start_live(
    block: LiveBlock, button: str, *, answer: str = "world", once_stopped: str = ""
) -> Stages:
    """Click on a button, and on another one when the app has stopped; wait for an answer.

    Args:
        answer: a text that it holds.
    """
    block.evaluate(WATCH, [button, once_stopped, answer])
    block.button(button).click()
    return _durations(block.page.evaluate("answered"), LIVE)


def start_classic(page: Page, url: str, framework: str) -> Stages:
    """Open the page of the classic way and click."""
    page.goto(f"{url}?app={framework}")
    page.get_by_role("button").click()
    page.wait_for_function("marks.answer || failures.length", timeout=LIMIT)
    failures = page.evaluate("failures")
    if failures:
        raise RuntimeError(f"{framework}, the classic way: {failures}")
    return _durations(page.evaluate("marks"), CLASSIC)


def _durations(marks: Mapping[str, float], order: Sequence[str]) -> Stages:
    """Gives what each stage took; one that nobody was told of is part of the next one."""
    durations, before = {}, 0.0
    for stage in order:
        if stage in marks:
            durations[stage] = marks[stage] - before
            before = marks[stage]
    return {**durations, TOTAL: before}


def medians(runs: Sequence[Stages]) -> Stages:
    """The median of each stage, and of the totals."""
    stages = dict.fromkeys(stage for run in runs for stage in run)
    return {stage: statistics.median(run.get(stage, 0.0) for run in runs) for stage in stages}
