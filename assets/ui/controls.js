// @ts-check
/**
 * The row of buttons under the code, and what it tells the reader.
 *
 * @import { ElementState } from "../types.d.ts"
 */

import { pageLanguage } from "../languages.js";
import { texts } from "../texts.js";
import { button, element } from "./dom.js";

/** Milliseconds after which the reader is told that the app has not answered yet. */
const PATIENCE = 1_500;

export class Controls {
  #status = element("span", { role: "status", class: "status", part: "status" });
  #amount = element("span", { class: "amount" });
  #timer = 0;
  #stale = false;
  #progress = element("progress", { "aria-label": texts.stages.download, max: "1", hidden: true });

  /**
   * @param {object} options
   * @param {string} options.name of the app, for assistive technology
   * @param {() => void} options.onRun also restarts
   * @param {() => void} options.onAim the reader seems about to run the app
   * @param {() => void} options.onStop
   * @param {HTMLElement[]} options.more buttons at the end of the row
   */
  constructor({ name, onRun, onAim, onStop, more }) {
    this.run = button("run", texts.run, onRun, "primary");
    for (const sign of ["pointerenter", "focus", "touchstart"])
      this.run.addEventListener(sign, onAim, { passive: true });
    this.stop = button("stop", texts.stop, onStop);
    this.restart = button("restart", texts.restart, onRun);
    this.stop.hidden = this.restart.hidden = true;
    this.element = element(
      "div",
      { class: "bar", part: "bar", role: "group", "aria-label": texts.controlsOf(name) },
      this.run,
      this.stop,
      this.restart,
      element("span", { class: "told" }, this.#status, this.#amount),
      ...more,
      this.#progress,
    );
  }

  /** @param {string} text */
  tell(text) {
    // Screen readers hear of stages, not of every megabyte.
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  /**
   * @param {string} stage
   * @param {number} [loaded]
   * @param {number} [total]
   */
  progress(stage, loaded, total) {
    this.tell(stage);
    this.#progress.setAttribute("aria-label", stage);
    this.#progress.hidden = false;
    this.#amount.textContent =
      loaded && total ? ` ${texts.downloaded(megabytes(loaded), megabytes(total))}` : "";
    if (loaded && total) this.#progress.value = loaded / total;
    else this.#progress.removeAttribute("value");
  }

  /** @param {boolean} stale whether the reader has changed the code that runs */
  stale(stale) {
    this.#stale = stale;
    this.restart.lastChild?.replaceWith(stale ? texts.runAgain : texts.restart);
    this.restart.classList.toggle("primary", stale);
    this.tell(stale ? texts.stale : texts.running);
  }

  /** @param {number | null} age milliseconds for which the app has owed an answer, if it does */
  wait(age) {
    clearTimeout(this.#timer);
    const begin = performance.now() - (age ?? 0);
    const show = () => {
      const waited = performance.now() - begin;
      this.progress(texts.waiting);
      this.#amount.textContent = ` ${texts.since(Math.floor(waited / 1000))}`;
      this.#timer = setTimeout(show, 1000 - (waited % 1000));
    };
    if (age !== null && age >= PATIENCE) return show();
    if (age !== null) this.#timer = setTimeout(show, PATIENCE - age);
    this.#progress.hidden = true;
    this.#amount.textContent = "";
    this.stale(this.#stale);
  }

  /**
   * @param {ElementState} state
   * @param {string} text
   * @param {import("../start-error.js").StartError["of"]} [failure] whose it is, if the state is "failed"
   */
  show(state, text, failure) {
    clearTimeout(this.#timer);
    const active = state === "starting" || state === "running";
    const root = /** @type {ShadowRoot} */ (this.element.getRootNode());
    const focused = root.activeElement;
    this.run.hidden = active;
    this.stop.hidden = !active;
    this.restart.hidden = state !== "running";
    this.stale(false);
    // The keyboard's place must not vanish with the button that was pressed.
    if (focused instanceof HTMLElement && focused.hidden) this.focus();
    this.run.lastChild?.replaceWith(state === "failed" ? texts.retry : texts.run);
    this.tell(text);
    if (failure) this.#status.dataset.failure = failure;
    else delete this.#status.dataset.failure;
    this.#amount.textContent = "";
    this.#progress.hidden = state !== "starting";
  }

  focus() {
    [this.restart, this.run, this.stop].find(({ hidden }) => !hidden)?.focus();
  }
}

/** @param {number} bytes */
function megabytes(bytes) {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return (bytes / 1e6).toLocaleString(pageLanguage() ?? "en", digits);
}
