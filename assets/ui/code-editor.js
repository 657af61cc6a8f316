// @ts-check
/**
 * The editor of a block's code, or of a request. Nothing that the reader types is lost: it outlives a reload
 * of the page.
 */

import { texts } from "../texts.js";
import { button, element } from "./dom.js";

export class CodeEditor {
  /** @type {string | null} what a reset took away */ #discarded = null;

  /**
   * @param {object} options
   * @param {HTMLElement} options.host the element, whose content is the code as the author's page shows it
   * @param {() => Element[]} options.replaced what of it the editor takes the place of
   * @param {string} options.label for assistive technology
   * @param {string} options.hint
   * @param {boolean} [options.readOnly] whether only a script may change the text
   * @param {string} options.original the author's text
   * @param {string} options.storageKey
   * @param {() => void} options.onRun
   * @param {() => void} options.onLeave by the keyboard
   * @param {() => void} options.onChange
   */
  constructor({
    host,
    replaced,
    label,
    hint,
    readOnly = false,
    original,
    storageKey,
    onRun,
    onLeave,
    onChange,
  }) {
    this.host = host;
    this.replaced = replaced;
    this.original = original;
    this.storageKey = storageKey;
    this.onChange = onChange;
    this.input = element("textarea", {
      class: "editor",
      "aria-label": label,
      title: hint,
      readonly: readOnly,
      spellcheck: "false",
      autocapitalize: "off",
      autocomplete: "off",
      wrap: "off",
      hidden: true,
    });
    this.edit = button("edit", texts.edit, () => {
      this.#show(true);
      this.input.focus();
    });
    this.reset = button("reset", texts.reset, () => this.#reset());
    this.input.addEventListener("input", () => this.#changed());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        onRun();
      } else if (event.key === "Escape") {
        onLeave();
      }
    });
    this.text = (readOnly ? null : this.#stored()) ?? original;
  }

  get text() {
    return this.input.value;
  }

  set text(text) {
    this.input.value = text;
    this.#changed();
    this.#show(this.#edited);
  }

  get #edited() {
    return this.text !== this.original;
  }

  #changed() {
    if (this.#edited) this.#discarded = null;
    this.input.rows = this.text.split("\n").length;
    this.#showReset();
    this.#store();
  }

  #store() {
    this.onChange();
    try {
      if (this.#edited) sessionStorage.setItem(this.storageKey, JSON.stringify([this.original, this.text]));
      else sessionStorage.removeItem(this.storageKey);
    } catch {
      // storage is blocked: the text lives as long as the page
    }
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

  /** @param {boolean} shown */
  #show(shown) {
    if (shown && this.input.hidden) this.#matchPage();
    this.input.hidden = !shown;
    this.edit.hidden = shown;
    this.host.toggleAttribute("editing", shown);
    this.#showReset();
  }

  #showReset() {
    this.reset.hidden = this.input.hidden && this.#discarded === null;
    this.reset.lastChild?.replaceWith(this.#discarded === null ? texts.reset : texts.undoReset);
  }

  /** Back to the author's version; what the reader typed can be had again. */
  #reset() {
    const typed = this.#discarded;
    this.#discarded = this.#edited ? this.text : null;
    this.input.value = typed ?? this.original;
    this.#show(this.#edited);
    this.#store();
  }

  /** Looks like the page's own code block. */
  #matchPage() {
    const block = this.host.querySelector("pre");
    if (!block) return;
    const { color } = getComputedStyle(block);
    /** @type {string | undefined} */ let background;
    // A theme may colour the code, its <pre>, or a box around both.
    for (let part = block.querySelector("code") ?? block; part !== this.host && !background; ) {
      const { backgroundColor } = getComputedStyle(part);
      if (!/^(transparent|rgba\(.*, 0\))$/.test(backgroundColor)) background = backgroundColor;
      part = part.parentElement ?? this.host;
    }
    // As high as what it replaces, so that nothing moves under the pointer.
    const height = this.replaced().reduce((sum, each) => sum + each.getBoundingClientRect().height, 0);
    const minBlockSize = `min(${height}px, 70vh)`;
    Object.assign(this.input.style, { ...codeFont(this.host), color, background, minBlockSize });
  }
}

/**
 * The font of the page's own code.
 * @param {Element} host that has code
 */
export function codeFont(host) {
  const code = host.querySelector("pre code") ?? host.querySelector("pre") ?? host;
  const { fontFamily, fontSize, lineHeight } = getComputedStyle(code);
  return { fontFamily, fontSize, lineHeight };
}
