// @ts-check
/** What comes, and goes, one after the other: events of a stream, messages of a WebSocket. */

import { jsonLines } from "../requests/json-lines.js";
import { element } from "../ui/dom.js";
import { texts as words } from "./texts.js";

const MOST = 500;
/** Characters of one that are shown. */
const LONG = 20_000;
/** Milliseconds between two renderings: an app that sends in a loop must not hold up the page. */
const RENDER_INTERVAL = 100;

export class MessageList {
  #dropped = element("p", { class: "dropped", hidden: true }, words.dropped);
  #list;
  /** @type {HTMLElement[]} those that are not in the page yet */ #queue = [];
  #timer = 0;

  /** @param {string} label for assistive technology */
  constructor(label) {
    this.#list = element("div", { class: "messages", role: "log", tabindex: "0", "aria-label": label });
    this.element = element("div", {}, this.#dropped, this.#list);
  }

  clear() {
    this.#queue = [];
    this.#list.replaceChildren();
    this.#dropped.hidden = true;
  }

  /**
   * @param {"in" | "out" | "note"} direction
   * @param {string} label
   * @param {string} text
   */
  add(direction, label, text) {
    const shown = text.length > LONG ? `${text.slice(0, LONG)}…` : jsonLines(text);
    const time = element("time", {}, clock(new Date()));
    const parts = [time, element("b", {}, label), element("span", { class: "text" }, shown)];
    this.#queue.push(element("div", { class: `message ${direction}` }, ...spaced(parts)));
    if (this.#queue.length > MOST) {
      this.#queue.shift();
      this.#dropped.hidden = false;
    }
    this.#timer ||= setTimeout(() => this.#render(), RENDER_INTERVAL);
  }

  #render() {
    this.#timer = 0;
    const { scrollTop, scrollHeight, clientHeight } = this.#list;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < 8; // a reader who has scrolled up is reading
    this.#list.append(...this.#queue);
    this.#queue = [];
    while (this.#list.childElementCount > MOST) {
      this.#list.firstElementChild?.remove();
      this.#dropped.hidden = false;
    }
    if (isAtEnd) this.#list.scrollTop = this.#list.scrollHeight;
  }
}

/**
 * With spaces between, for those who copy or hear it.
 * @param {Node[]} parts
 */
function spaced(parts) {
  return parts.flatMap((part) => [part, " "]);
}

/** @param {Date} time */
function clock(time) {
  return `${time.toTimeString().slice(0, 8)}.${String(time.getMilliseconds()).padStart(3, "0")}`;
}
