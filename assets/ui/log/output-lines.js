// @ts-check
/**
 * What one stream of the app says, as lines: in its colours, with tracebacks in one piece, whose frames of
 * libraries are folded, and with ways to the lines of the app that they name.
 *
 * @import { Run } from "./ansi.js"
 * @import { Entries, Entry, Kind } from "./entries.js"
 */

import { element } from "../dom.js";
import { AnsiReader } from "./ansi.js";
import { mentions } from "./places.js";
import { rendered, slice, textOf } from "./runs.js";
import { texts } from "./texts.js";
import { Traceback } from "./traceback.js";

const MAX_LINE_LENGTH = 10_000;

export class OutputLines {
  #ansi = new AnsiReader();
  /** @type {Run[]} of the line that has not ended */ #runs = [];
  #length = 0;
  /** @type {Entry | null} the same line, as far as it is shown */ #shown = null;
  #returned = false;
  /** @type {Traceback | null} */ #traceback = null;

  /**
   * @param {"stdout" | "stderr"} stream
   * @param {Entries} entries
   * @param {(file: string) => boolean} isOwn whether the block has the file
   */
  constructor(stream, entries, isOwn) {
    this.entries = entries;
    this.isOwn = isOwn;
    this.className = stream;
    /** @type {Kind[]} */
    this.kinds = stream === "stderr" ? ["output", "error"] : ["output"];
  }

  /** @param {string} text may hold several lines, or a part of one */
  write(text) {
    for (const { text: part, style } of this.#ansi.read(text))
      for (const [token] of part.matchAll(/[\r\n]|[^\r\n]+/g)) {
        if (token === "\n") this.#finish();
        else if (token === "\r") this.#returned = true;
        else {
          if (this.#returned) this.#restart();
          this.#runs.push({ text: token, style });
          this.#length += token.length;
          if (this.#length > MAX_LINE_LENGTH) this.#finish();
        }
      }
    if (this.#runs.length > 0) this.#show();
  }

  /** What is said next is of another app. */
  divide() {
    if (this.#runs.length > 0) this.#finish();
    this.#ansi = new AnsiReader();
    this.#traceback = null;
  }

  /** A progress bar, say, writes its line anew. */
  #restart() {
    this.#returned = false;
    this.#runs = [];
    this.#length = 0;
  }

  /** Shows a line that has not ended. */
  #show() {
    if (this.#shown?.isDropped) this.#shown = null;
    if (!this.#shown) {
      this.#shown = {
        element: element("div", { class: `entry line ${this.className}` }),
        kinds: this.kinds,
        lines: 1,
      };
      this.entries.add(this.#shown);
    }
    this.#shown.element.replaceChildren(...rendered(this.#runs));
  }

  #finish() {
    const runs = this.#runs;
    const shown = this.#shown;
    this.#restart();
    this.#shown = null;
    const text = textOf(runs);
    const content = this.#linked(runs, text);
    if (Traceback.begins(text) && !this.#traceback?.isUnderWay) {
      this.#traceback = new Traceback(this.className);
      this.entries.add(this.#traceback.entry);
    }
    if (this.#traceback?.takes(text)) {
      if (shown) this.entries.remove(shown);
      this.#traceback.add(text, element("div", { class: "line" }, ...content));
      this.entries.changed(this.#traceback.entry);
      return;
    }
    this.#traceback = null;
    if (shown && !shown.isDropped) shown.element.replaceChildren(...content);
    else
      this.entries.add({
        element: element("div", { class: `entry line ${this.className}` }, ...content),
        kinds: this.kinds,
        lines: 1,
      });
  }

  /**
   * @param {Run[]} runs
   * @param {string} text of them
   */
  #linked(runs, text) {
    const content = [];
    let at = 0;
    for (const { begin, end, ...place } of mentions(text, this.isOwn)) {
      content.push(...rendered(slice(runs, at, begin)), link(place, rendered(slice(runs, begin, end))));
      at = end;
    }
    return [...content, ...rendered(slice(runs, at, text.length))];
  }
}

/**
 * Not a button: Firefox leaves out buttons when a reader selects text.
 * @param {import("./places.js").Place} place
 * @param {(Node | string)[]} content
 */
function link(place, content) {
  const go = (/** @type {Event} */ event) => {
    event.preventDefault();
    made.dispatchEvent(new CustomEvent("asgi-docs.goto", { bubbles: true, composed: true, detail: place }));
  };
  const onkeydown = (/** @type {Event} */ event) => {
    const { key } = /** @type {KeyboardEvent} */ (event);
    if (key === "Enter" || key === " ") go(event);
  };
  const title = texts.goTo(place.file, place.line);
  const made = element(
    "a",
    { role: "button", tabindex: "0", class: "place", title, onclick: go, onkeydown },
    ...content,
  );
  return made;
}
