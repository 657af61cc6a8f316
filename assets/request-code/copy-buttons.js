// @ts-check
/**
 * Buttons that copy a request for what a reader works with elsewhere.
 *
 * @import { Request } from "./parts.js"
 */

import { element } from "../ui/dom.js";
import { curl } from "./curl.js";
import { javascript } from "./fetch.js";
import { httpie } from "./httpie.js";
import { httpx } from "./httpx.js";
import { texts as words } from "./texts.js";

/** @type {[name: string, write: (request: Request) => string][]} */
const FORMS = [
  ["curl", curl],
  ["HTTPie", httpie],
  ["Python httpx", httpx],
  ["JavaScript fetch", javascript],
];

export class CopyButtons {
  #told = element("span", { class: "told-copy", "aria-live": "polite" });
  #shown = element("textarea", { class: "code", readonly: true, hidden: true, spellcheck: "false" });

  /**
   * @param {() => Request} request the present one
   */
  constructor(request) {
    this.request = request;
    const buttons = FORMS.map(([name, write]) =>
      element("button", { type: "button", class: "quiet", onclick: () => this.#copy(name, write) }, name),
    );
    this.element = element(
      "div",
      { class: "copies", role: "group", "aria-label": words.copyAs },
      element("span", { "aria-hidden": "true" }, words.copyAs),
      ...buttons,
      this.#told,
      this.#shown,
    );
  }

  /**
   * @param {string} name
   * @param {(request: Request) => string} write
   */
  async #copy(name, write) {
    this.#shown.hidden = true;
    /** @type {string} */ let code;
    try {
      code = write(this.request());
    } catch (error) {
      return this.#tell(/** @type {Error} */ (error).message);
    }
    try {
      await navigator.clipboard.writeText(code);
      this.#tell(words.copied(name));
    } catch {
      this.#show(name, code); // no secure page, or no permission
    }
  }

  /** @param {string} text */
  #tell(text) {
    this.#told.textContent = text;
  }

  /**
   * @param {string} name
   * @param {string} code
   */
  #show(name, code) {
    this.#tell(words.notCopied(name));
    Object.assign(this.#shown, { value: code, ariaLabel: words.codeFor(name), hidden: false });
    this.#shown.rows = Math.min(code.split("\n").length + 1, 12);
    this.#shown.focus();
    this.#shown.select();
  }
}
