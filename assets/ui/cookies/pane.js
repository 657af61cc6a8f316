// @ts-check
/**
 * The cookies of one client of the app: what they say, and a way to be rid of them.
 *
 * @import { Cookie } from "../../types.d.ts"
 */

import { element } from "../dom.js";
import { decodedValue } from "./decode.js";
import { texts } from "./texts.js";

export class CookiePane {
  #rows = element("tbody");
  #note = element("p", { class: "hint" });
  #status = element("span", { role: "status" });
  #all = element("button", { type: "button", onclick: () => this.#forgetAll() }, texts.forgetAll);
  #table = element(
    "table",
    {},
    element("thead", {}, rowOf("th", [texts.name, texts.value, texts.path, texts.expires, texts.rules, ""])),
    this.#rows,
  );
  #forget;
  #drawn = 0;

  /** @param {(cookie?: Cookie) => void} forget all of them, if none is named */
  constructor(forget) {
    this.#forget = forget;
    const foot = element("div", { class: "foot" }, this.#all, this.#status);
    this.element = element("div", { class: "cookies" }, this.#note, this.#table, foot);
    this.show([]);
  }

  /** @param {Cookie[]} cookies */
  async show(cookies) {
    const drawn = ++this.#drawn;
    const rows = await Promise.all(cookies.map((cookie) => this.#row(cookie)));
    if (drawn !== this.#drawn) return; // newer ones have come in the meantime
    const focused = this.#focused();
    this.#rows.replaceChildren(...rows);
    this.#note.textContent = cookies.length ? texts.some : texts.none;
    this.#table.hidden = this.#all.hidden = cookies.length === 0;
    if (focused) this.#focus(focused);
  }

  /** @param {Cookie} cookie */
  async #row(cookie) {
    const { name, value, path, expires, secure, httpOnly, sameSite, domain } = cookie;
    const shown = asText(value);
    const decoded = await decodedValue(value);
    const rules = [
      httpOnly && "HttpOnly",
      secure && "Secure",
      sameSite && `SameSite=${sameSite}`,
      domain && `Domain=${domain}`,
    ];
    const forget = element(
      "button",
      { type: "button", "aria-label": texts.forgetOne(asText(name)), onclick: () => this.#forgetOne(cookie) },
      texts.forget,
    );
    return rowOf("td", [
      element("code", {}, asText(name)),
      element("div", {}, element("code", {}, shown), ...(decoded ? [element("pre", {}, decoded)] : [])),
      element("code", {}, asText(path)),
      expires === null ? texts.atEnd : new Date(expires).toLocaleString(),
      rules.filter(Boolean).join(", "),
      forget,
    ]);
  }

  /** @param {Cookie} cookie */
  #forgetOne(cookie) {
    this.#forget(cookie);
    this.#status.textContent = texts.forgotten(asText(cookie.name));
  }

  #forgetAll() {
    this.#forget();
    this.#status.textContent = texts.allForgotten;
  }

  /** The place of the button that has the focus, and goes away with its row. */
  #focused() {
    const root = /** @type {Document | ShadowRoot} */ (this.element.getRootNode());
    const { activeElement } = root;
    if (!activeElement || !this.element.contains(activeElement)) return null;
    return { index: [...this.#rows.querySelectorAll("button")].indexOf(/** @type {any} */ (activeElement)) };
  }

  /** @param {{ index: number }} place */
  #focus({ index }) {
    const buttons = [...this.#rows.querySelectorAll("button")];
    const next = index < 0 ? this.#all : (buttons[Math.min(index, buttons.length - 1)] ?? this.#all);
    if (!next.hidden) next.focus();
    else this.#focusTab();
  }

  /** Where nothing is left to press. */
  #focusTab() {
    const root = /** @type {Document | ShadowRoot} */ (this.element.getRootNode());
    /** @type {HTMLElement | null} */ (root.querySelector('[role="tab"][aria-selected="true"]'))?.focus();
  }
}

/**
 * @param {"td" | "th"} kind
 * @param {(Node | string)[]} cells
 */
function rowOf(kind, cells) {
  const made = cells.map((cell) => element(kind, kind === "th" ? { scope: "col" } : {}, cell));
  return element("tr", {}, ...made);
}

/**
 * Cookies are bytes, which most people mean as UTF-8.
 * @param {string} bytes one per character
 */
function asText(bytes) {
  const codes = Uint8Array.from(bytes, (character) => character.charCodeAt(0));
  return new TextDecoder().decode(codes);
}
