// @ts-check
/**
 * A traceback of Python's, with those that it is chained to, or that are in its group. Frames of libraries that
 * stand together are folded into one line.
 *
 * @import { Entry } from "./entries.js"
 */

import { element } from "../dom.js";
import { frameOf } from "./places.js";
import { texts } from "./texts.js";

const BEGIN = /^[\s|+-]*(?:Exception Group )?Traceback \(most recent call last\):$/;
const CHAIN = /^(?:The above exception was the direct cause|During handling of the above exception, another)/;
/** The edge of a member of an exception group. */
const EDGE = /^\s*\+-/;
/** Lines after which it is none: no one reads so many, and text in its likeness must not grow for ever. */
const MAX_LINES = 1_000;

export class Traceback {
  /** @type {"frames" | "told" | "chained"} what comes next: `told` is after the exception itself */ #phase =
    "frames";
  /** @type {Fold | null} that takes the next line */ #fold = null;
  #indent = 0;

  /** @param {string} text of a line */
  static begins(text) {
    return BEGIN.test(text);
  }

  /** @param {string} className of its stream */
  constructor(className) {
    /** @type {Entry} */
    this.entry = {
      element: element("div", { class: `entry traceback ${className}` }),
      kinds: ["output", "error"],
      lines: 0,
    };
  }

  /** Whether a further traceback is a part of this one. */
  get isUnderWay() {
    return !this.entry.isDropped && this.#phase !== "told" && this.entry.lines < MAX_LINES;
  }

  /**
   * Whether the next line belongs to it.
   * @param {string} text
   */
  takes(text) {
    if (this.entry.isDropped || this.entry.lines >= MAX_LINES) return false;
    if (this.#phase === "frames") return true;
    return text === "" || CHAIN.test(text) || (this.#phase === "chained" && BEGIN.test(text));
  }

  /**
   * @param {string} text
   * @param {HTMLElement} line
   */
  add(text, line) {
    this.entry.lines += 1;
    const place = this.#placeFor(text);
    if (place === null && this.#phase === "told" && text !== "") line.classList.add("exception");
    (place ?? this.entry.element).append(line);
  }

  /** @param {string} text */
  #placeFor(text) {
    if (this.#phase !== "frames") {
      if (CHAIN.test(text)) this.#phase = "chained";
      else if (BEGIN.test(text)) this.#phase = "frames";
      return null;
    }
    const frame = frameOf(text);
    if (frame) {
      this.#indent = frame.indent;
      if (frame.isLibrary) this.#fold ??= this.#folded();
      else this.#fold = null;
      this.#fold?.count(frame.package);
    } else if (!this.#goesOn(text)) {
      this.#fold = null;
      if (/^[^\s|+]/.test(text) && !BEGIN.test(text)) this.#phase = "told";
    }
    return this.#fold?.element ?? null;
  }

  /**
   * Whether a line is of the frame before it.
   * @param {string} text
   */
  #goesOn(text) {
    if (EDGE.test(text) || BEGIN.test(text)) return false;
    const indent = /^[\s|+]*/.exec(text)?.[0].length ?? 0;
    return indent > this.#indent || text.slice(indent).startsWith("[Previous line repeated");
  }

  #folded() {
    const fold = new Fold();
    this.entry.element.append(fold.element);
    return fold;
  }
}

class Fold {
  #count = 0;
  /** @type {Set<string>} */ #packages = new Set();
  #summary = element("summary", { class: "line" });
  element = element("details", {}, this.#summary);

  /** @param {string | undefined} name of the package that the next frame is of */
  count(name) {
    this.#count += 1;
    if (name) this.#packages.add(name);
    this.#summary.textContent = texts.frames(this.#count, [...this.#packages].join(", "));
  }
}
