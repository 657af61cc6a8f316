// @ts-check
/**
 * The row of tools above the log: what it shows, and what a reader takes away.
 *
 * @import { Entries, Entry, Kind } from "./entries.js"
 */

import { element } from "../dom.js";
import { texts } from "./texts.js";

export class LogTools {
  #filter = element("input", {
    type: "search",
    class: "filter",
    placeholder: texts.filter,
    "aria-label": texts.filterLabel,
    autocapitalize: "off",
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => this.#apply(),
  });
  /** @type {Set<Kind>} */ #kinds = new Set(["request", "output", "error"]);
  #count = element("span", { class: "count" });
  #told = element("span", { role: "status", class: "count" });

  /**
   * @param {Entries} entries
   * @param {() => void} onClear
   */
  constructor(entries, onClear) {
    this.entries = entries;
    const kinds = /** @type {Kind[]} */ ([...this.#kinds]).map((kind) => this.#toggle(kind));
    const clear = () => {
      onClear();
      this.#told.textContent = "";
    };
    this.element = element(
      "div",
      { class: "tools", role: "group", "aria-label": texts.tools },
      this.#filter,
      element("span", { class: "kinds" }, ...kinds),
      element("span", { class: "told" }, this.#count, " ", this.#told),
      element(
        "span",
        { class: "actions" },
        tool(texts.copy, () => this.#copy()),
        tool(texts.clear, clear),
      ),
    );
  }

  /** Tells how much is hidden. */
  count() {
    const { hidden, all } = this.entries.counts;
    const text = hidden > 0 ? texts.filtered(hidden, all) : "";
    if (this.#count.textContent !== text) this.#count.textContent = text;
  }

  /** @param {Kind} kind */
  #toggle(kind) {
    const label = texts.kinds[kind];
    const title = texts.kindTitles[kind];
    const made = element(
      "button",
      { type: "button", class: "quiet kind", title, "aria-pressed": "true" },
      label,
    );
    made.addEventListener("click", () => {
      const isShown = !this.#kinds.has(kind);
      if (isShown) this.#kinds.add(kind);
      else this.#kinds.delete(kind);
      made.setAttribute("aria-pressed", String(isShown));
      this.#apply();
    });
    return made;
  }

  #apply() {
    const wanted = this.#filter.value.trim().toLowerCase();
    this.entries.filter(
      ({ kinds, element }) =>
        kinds.some((kind) => this.#kinds.has(kind)) &&
        (!wanted || (element.textContent ?? "").toLowerCase().includes(wanted)),
    );
    this.count();
  }

  async #copy() {
    const lines = this.entries.shownLines;
    if (lines.length === 0) return this.#tell(texts.nothingToCopy);
    try {
      // There is none in a page that came over plain http.
      await navigator.clipboard.writeText(`${lines.join("\n")}\n`);
      this.#tell(texts.copied(lines.length));
    } catch {
      this.#tell(texts.copyRefused);
    }
  }

  /** @param {string} text */
  #tell(text) {
    this.#told.textContent = text;
  }
}

/** @param {string} label @param {() => void} onclick */
function tool(label, onclick) {
  return element("button", { type: "button", class: "quiet", onclick }, label);
}
