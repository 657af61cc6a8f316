// @ts-check
/**
 * A line for each request: what it asked, and what came of it.
 *
 * @import { AnswerEndMessage, AnswerMessage } from "../../types.d.ts"
 * @import { Entry } from "./entries.js"
 */

import { clientOf } from "../../client-keys.js";
import { duration, size } from "../amounts.js";
import { element } from "../dom.js";
import { refusals } from "./refusals.js";
import { texts } from "./texts.js";

const SWITCHING_PROTOCOLS = 101;

/**
 * @typedef {object} Open an answer whose end has not come
 * @property {Entry} entry
 * @property {Text} length
 * @property {string} reason
 */

export class AccessLines {
  /** @type {Map<string, Open>} by key */ #open = new Map();

  /** A start begins: its requests have their own keys. */
  divide() {
    for (const [key, { length }] of this.#open) this.#close(key, length);
  }

  /**
   * @param {AnswerMessage} message
   * @param {() => void} [toWire] shows its messages
   * @returns {Entry}
   */
  begin({ key, method, path, status, reason, duration: time, size: bytes, refusal }, toWire) {
    const words = status >= 400 && reason ? `${status} ${reason}` : String(status);
    const code = element("b", { class: `status-${Math.floor(status / 100)}` }, words);
    const isOver = bytes !== null || status === SWITCHING_PROTOCOLS;
    const length = document.createTextNode(
      bytes !== null ? ` · ${size(bytes)}` : isOver ? "" : ` · ${texts.goingOn}`,
    );
    const line = element(
      "div",
      { class: "line" },
      element("span", { class: "dim" }, `${method} ${path} → `),
      code, // not in the muted ink: no colour of a status is readable in that on dark pages
      element("span", { class: "dim" }, ` · ${duration(time)}`, length),
    );
    const client = clientOf(key);
    if (client > 1) line.append(element("span", { class: "dim" }, " · "), texts.client(client));
    /** @type {Entry} */
    const entry = {
      element: element("div", { class: "entry response" }, line),
      kinds: status >= 400 ? ["request", "error"] : ["request"],
      lines: 1,
    };
    if (toWire) entry.element.append(" ", wireLink(`${method} ${path}`, toWire));
    if (!isOver) this.#open.set(key, { entry, length, reason });
    if (refusal) explain(entry, refusal, reason);
    return entry;
  }

  /**
   * @param {AnswerEndMessage} message
   * @returns {Entry | undefined} what has changed
   */
  end({ key, size: bytes, isWhole, refusal }) {
    const open = this.#open.get(key);
    if (!open) return undefined;
    this.#open.delete(key);
    open.length.data = ` · ${isWhole ? size(bytes) : texts.cut(size(bytes))}`;
    if (refusal) explain(open.entry, refusal, open.reason);
    return open.entry;
  }

  /** @param {Entry} entry that is no longer in the log */
  forget(entry) {
    for (const [key, open] of this.#open) if (open.entry === entry) this.#open.delete(key);
  }

  /** @param {string} key @param {Text} length */
  #close(key, length) {
    length.data = "";
    this.#open.delete(key);
  }
}

/**
 * @param {Entry} entry
 * @param {string} refusal
 * @param {string} reason
 */
function explain(entry, refusal, reason) {
  const lines = refusals(refusal, reason).map((text) => element("div", { class: "line refusal" }, text));
  entry.element.append(...lines);
  entry.lines += lines.length;
}

/**
 * @param {string} title
 * @param {() => void} onclick
 */
function wireLink(title, onclick) {
  const label = texts.messagesOf(title);
  return element(
    "button",
    { type: "button", class: "link wire-link", "aria-label": label, onclick },
    texts.messages,
  );
}
