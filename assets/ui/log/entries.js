// @ts-check
/**
 * The lines of a log: bounded, filtered, and followed by the reader who is at their end.
 *
 * @typedef {"request" | "output" | "error"} Kind
 *
 * @typedef {object} Entry what is shown or hidden as one
 * @property {HTMLElement} element
 * @property {Kind[]} kinds that it counts as; of none when it is always shown
 * @property {number} lines
 * @property {boolean} [isDropped] it is no longer in the log
 */

import { element } from "../dom.js";
import { texts } from "./texts.js";

export const MAX_LINES = 2_000;
/** Pixels from the end that still count as being there. */
const NEAR = 8;

export class Entries {
  /** @type {Set<Entry>} */ #entries = new Set();
  /** Not in the page yet: what is put there one by one would be laid out one by one. */
  #batch = document.createDocumentFragment();
  #hint = element("p", { class: "hint" });
  #isCut = false;
  /** @type {(entry: Entry) => boolean} */ #isWanted = () => true;

  /**
   * @param {string} label for assistive technology
   * @param {(entry: Entry) => void} onDrop
   */
  constructor(label, onDrop) {
    this.onDrop = onDrop;
    this.element = element("div", {
      class: "lines",
      role: "log",
      tabindex: "0",
      dir: "ltr",
      "aria-label": label,
    });
    this.#showHint();
  }

  get isEmpty() {
    return this.#entries.size === 0;
  }

  /** @param {Entry} entry */
  add(entry) {
    this.#entries.add(entry);
    this.#batch.append(entry.element);
    this.#filter(entry);
  }

  /** @param {Entry} entry whose text is another now; one that has become longer */
  changed(entry) {
    this.#filter(entry);
  }

  /** @param {Entry} entry */
  remove(entry) {
    if (!this.#entries.delete(entry)) return;
    entry.isDropped = true;
    entry.element.remove();
    this.onDrop(entry);
  }

  clear() {
    for (const entry of [...this.#entries]) this.remove(entry);
    this.#isCut = false;
    this.#hint.textContent = "";
    this.#showHint();
  }

  /** Puts what has come into the page. */
  render() {
    const isAtEnd = this.#isAtEnd; // a reader who has scrolled up is reading
    this.element.append(this.#batch);
    this.#drop();
    this.#showHint();
    if (isAtEnd) this.follow();
  }

  /** Lines that came earlier are not in the log. */
  noteDropped() {
    this.#isCut = true;
  }

  #showHint() {
    const text = this.#isCut ? texts.dropped : texts.empty;
    if (!this.#isCut && !this.isEmpty) this.#hint.remove();
    else if (this.#hint.textContent !== text) {
      this.#hint.textContent = text;
      this.element.prepend(this.#hint);
    }
  }

  follow() {
    this.element.scrollTop = this.element.scrollHeight;
  }

  /**
   * Shows what is wanted only.
   * @param {(entry: Entry) => boolean} isWanted
   */
  filter(isWanted) {
    const isAtEnd = this.#isAtEnd;
    this.#isWanted = isWanted;
    for (const entry of this.#entries) this.#filter(entry);
    if (isAtEnd) this.follow();
  }

  /** How many there are, and how many of them are hidden. */
  get counts() {
    const all = [...this.#entries].filter(({ kinds }) => kinds.length > 0);
    return { all: all.length, hidden: all.filter(({ element }) => element.hidden).length };
  }

  /** What is shown, folded frames included, as text. */
  get shownLines() {
    return [...this.#entries].filter(({ element }) => !element.hidden).flatMap(linesOf);
  }

  get #isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  /** @param {Entry} entry */
  #filter(entry) {
    entry.element.hidden = entry.kinds.length > 0 && !this.#isWanted(entry);
  }

  /** Drops the earliest. */
  #drop() {
    let lines = 0;
    for (const entry of this.#entries) lines += entry.lines;
    for (const entry of this.#entries) {
      if (lines <= MAX_LINES) break;
      lines -= entry.lines;
      this.remove(entry);
      this.#isCut = true;
    }
  }
}

/**
 * The text of an entry, line by line.
 * @param {Entry} entry
 */
export function linesOf({ element: entry }) {
  const lines = entry.matches(".line") ? [entry] : [...entry.querySelectorAll("div.line")];
  return lines.map(({ textContent }) => textContent ?? "");
}
