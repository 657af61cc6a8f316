// @ts-check
/** The editor of a block's code. Nothing that the reader types is lost: it outlives a reload of the page. */

import { texts } from "../texts.js";
import { element } from "./dom.js";

export class CodeEditor {
  /**
   * @param {object} options
   * @param {string} options.name of the file
   * @param {string} options.original the author's text
   * @param {string} options.storageKey
   * @param {() => void} options.onRun
   * @param {() => void} options.onLeave by the keyboard
   * @param {() => void} options.onChange
   */
  constructor({ name, original, storageKey, onRun, onLeave, onChange }) {
    this.original = original;
    this.storageKey = storageKey;
    this.onChange = onChange;
    this.input = element("textarea", {
      class: "editor",
      "aria-label": texts.codeOf(name),
      title: texts.editHint,
      spellcheck: "false",
      autocapitalize: "off",
      autocomplete: "off",
      wrap: "off",
      hidden: true,
    });
    this.input.value = this.#stored() ?? original;
    this.input.addEventListener("input", () => this.#changed());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        onRun();
      } else if (event.key === "Escape") {
        onLeave();
      }
    });
  }

  get text() {
    return this.input.value;
  }

  set text(text) {
    this.input.value = text;
    this.#changed();
  }

  get edited() {
    return this.text !== this.original;
  }

  #changed() {
    this.input.rows = this.text.split("\n").length + 1;
    try {
      if (this.edited) sessionStorage.setItem(this.storageKey, JSON.stringify([this.original, this.text]));
      else sessionStorage.removeItem(this.storageKey);
    } catch {
      // storage is blocked: the text lives as long as the page
    }
    this.onChange();
  }

  /** The text of an earlier visit to this page, unless the author has changed the block since. */
  #stored() {
    try {
      const [original, text] = JSON.parse(sessionStorage.getItem(this.storageKey) ?? "[]");
      return original === this.original ? text : null;
    } catch {
      return null;
    }
  }
}
