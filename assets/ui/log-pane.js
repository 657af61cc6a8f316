// @ts-check
/** What the app does and says: a line per request, print(), logging, tracebacks. */

import { texts } from "../texts.js";
import { element } from "./dom.js";

const MAX_LINES = 2_000;

export class LogPane {
  #lines = element("div", { class: "lines", role: "log", tabindex: "0", "aria-label": texts.log });
  /** @type {HTMLElement | null} the line that the next text of the same stream continues */
  #open = null;

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
    this.#lines.replaceChildren(element("p", { class: "hint" }, texts.logEmpty));
  }

  /**
   * @param {"stdout" | "stderr"} stream
   * @param {string} text may hold several lines, or a part of one
   */
  output(stream, text) {
    const follow = this.#atEnd;
    for (const part of text.split(/(?<=\n)/)) {
      if (this.#open?.className !== stream) this.#open = this.#add(stream);
      this.#open.append(part.replace(/\n$/, ""));
      if (part.endsWith("\n")) this.#open = null;
    }
    if (follow) this.showEnd();
  }

  /** @param {{ method: string, path: string, status: number, duration: number }} response */
  response({ method, path, status, duration }) {
    const follow = this.#atEnd;
    const line = this.#add("response");
    const code = element("b", { class: `status-${Math.floor(status / 100)}` }, String(status));
    line.append(
      `${method} ${path} `,
      code,
      ` ${duration < 10 ? duration.toFixed(1) : Math.round(duration)} ms`,
    );
    this.#open = null;
    if (follow) this.showEnd();
  }

  /** @param {string} kind */
  #add(kind) {
    this.#lines.querySelector(".hint")?.remove();
    const line = element("div", { class: kind });
    this.#lines.append(line);
    if (this.#lines.childElementCount > MAX_LINES) this.#lines.firstElementChild?.remove();
    return line;
  }

  /** A reader who has scrolled up is reading. */
  get #atEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#lines;
    return scrollHeight - scrollTop - clientHeight < 8;
  }

  showEnd() {
    this.#lines.scrollTop = this.#lines.scrollHeight;
  }
}
