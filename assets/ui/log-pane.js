// @ts-check
/** What the app does and says: a line per request, print(), logging, tracebacks. */

import { texts } from "../texts.js";
import { element } from "./dom.js";

const MAX_LINES = 2_000;
const MAX_LINE_LENGTH = 10_000;
/** Milliseconds between two renderings: an app that prints in a loop must not hold up the page. */
const RENDER_INTERVAL = 100;

export class LogPane {
  #lines = element("div", { class: "lines", role: "log", tabindex: "0", "aria-label": texts.log });
  /** @type {HTMLElement[]} lines that are not in the page yet */ #queue = [];
  /** @type {HTMLElement | null} the line that the next text of the same stream continues */ #open = null;
  #dropped = false;
  #timer = 0;

  constructor() {
    const clear = element(
      "button",
      { type: "button", class: "quiet clear", onclick: () => this.clear() },
      texts.clear,
    );
    this.element = element("div", { class: "log" }, this.#lines, clear);
    this.clear();
  }

  clear() {
    this.#open = null;
    this.#queue = [];
    this.#dropped = false;
    this.#lines.replaceChildren(element("p", { class: "hint" }, texts.logEmpty));
  }

  /** A start begins: what comes now is not of the app before. */
  divide() {
    if (!this.#lines.querySelector("div") && this.#queue.length === 0) return;
    this.#add("divider").append(texts.startedAt(new Date()));
    this.#open = null;
  }

  /**
   * @param {"stdout" | "stderr"} stream
   * @param {string} text may hold several lines, or a part of one
   */
  output(stream, text) {
    const parts = text.split(/(?<=\n)/);
    if (parts.length > MAX_LINES) this.#dropped = true;
    for (const part of parts.slice(-MAX_LINES)) {
      const full = (this.#open?.textContent?.length ?? 0) > MAX_LINE_LENGTH;
      if (this.#open?.className !== stream || full) this.#open = this.#add(stream);
      this.#open.append(part.replace(/\n$/, ""));
      if (part.endsWith("\n")) this.#open = null;
    }
  }

  /** @param {{ method: string, path: string, status: number, duration: number }} response */
  response({ method, path, status, duration }) {
    const code = element("b", { class: `status-${Math.floor(status / 100)}` }, String(status));
    const time = duration < 10 ? duration.toFixed(1) : Math.round(duration);
    this.#add("response").append(`${method} ${path} `, code, ` ${time} ms`);
    this.#open = null;
  }

  /** Puts what has come into the page. */
  render() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const { scrollTop, scrollHeight, clientHeight } = this.#lines;
    const atEnd = scrollHeight - scrollTop - clientHeight < 8; // a reader who has scrolled up is reading
    if (this.#queue.length > 0) this.#lines.querySelector(".hint")?.remove();
    this.#lines.append(...this.#queue);
    this.#queue = [];
    while (this.#lines.childElementCount > MAX_LINES) {
      this.#lines.firstElementChild?.remove();
      this.#dropped = true;
    }
    if (this.#dropped && !this.#lines.querySelector(".dropped")) {
      this.#lines.prepend(element("p", { class: "hint dropped" }, texts.logDropped));
    }
    if (atEnd) this.#lines.scrollTop = this.#lines.scrollHeight;
  }

  /** The pane comes into view. */
  shown() {
    this.render();
    this.#lines.scrollTop = this.#lines.scrollHeight;
  }

  /** @param {string} kind */
  #add(kind) {
    const line = element("div", { class: kind });
    this.#queue.push(line);
    if (this.#queue.length > MAX_LINES) {
      this.#queue.shift();
      this.#dropped = true;
    }
    this.#timer ||= setTimeout(() => this.render(), RENDER_INTERVAL);
    return line;
  }
}
