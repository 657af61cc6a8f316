// @ts-check
/**
 * What the app does and says: a line per request, print(), logging, tracebacks.
 *
 * @import { AnswerEndMessage, AnswerMessage } from "../types.d.ts"
 * @import { Entry } from "./log/entries.js"
 *
 * @typedef {{ stream: "stdout" | "stderr", text: string }} Output
 */

import { texts as pageTexts } from "../texts.js";
import { element } from "./dom.js";
import { AccessLines } from "./log/access-lines.js";
import { Entries, MAX_LINES } from "./log/entries.js";
import { LogTools } from "./log/log-tools.js";
import { OutputLines } from "./log/output-lines.js";
import { texts } from "./log/texts.js";

/** Milliseconds between two renderings: an app that prints in a loop must not hold up the page. */
const RENDER_INTERVAL = 100;
/** Characters that wait for a rendering: a browser gives the page few in the background. */
const MAX_WAITING = 1_000_000;

export class LogPane {
  #access = new AccessLines();
  #entries = new Entries(pageTexts.log, (entry) => this.#access.forget(entry));
  #tools = new LogTools(this.#entries, () => this.clear());
  #streams;
  /** @type {(Output | (() => void))[]} what is not in the page yet */ #queue = [];
  #timer = 0;
  /** @type {((key: string) => () => void) | null} once there is a view of the messages */ #toWire = null;

  /** @param {(file: string) => boolean} isOwn whether the block has the file */
  constructor(isOwn) {
    this.#streams = {
      stdout: new OutputLines("stdout", this.#entries, isOwn),
      stderr: new OutputLines("stderr", this.#entries, isOwn),
    };
    const style = element("link", { rel: "stylesheet", href: new URL("log/log.css", import.meta.url).href });
    this.element = element(
      "div",
      { class: "log", part: "log" },
      style,
      this.#tools.element,
      this.#entries.element,
    );
  }

  /** @param {(key: string) => () => void} toWire gives what leads from a request's line to its messages */
  linkToWire(toWire) {
    this.#toWire = toWire;
  }

  clear() {
    this.#queue = [];
    this.#entries.clear();
    this.#tools.count();
  }

  /** A start begins: what comes now is not of the app before. */
  divide() {
    this.#enqueue(() => {
      this.#access.divide();
      for (const stream of Object.values(this.#streams)) stream.divide();
      if (this.#entries.isEmpty) return;
      const line = element("div", { class: "entry line divider" }, texts.startedAt(new Date()));
      this.#entries.add({ element: line, kinds: [], lines: 1 });
    });
  }

  /**
   * @param {"stdout" | "stderr"} stream
   * @param {string} text may hold several lines, or a part of one
   */
  output(stream, text) {
    const last = this.#queue.at(-1);
    if (typeof last === "object" && last.stream === stream && last.text.length < MAX_WAITING)
      last.text += text;
    else this.#enqueue({ stream, text });
  }

  /** @param {AnswerMessage} message */
  response(message) {
    const toWire = this.#toWire?.(message.key);
    this.#enqueue(() => this.#entries.add(this.#access.begin(message, toWire)));
  }

  /** @param {AnswerEndMessage} message */
  responseEnd(message) {
    this.#enqueue(() => {
      const entry = this.#access.end(message);
      if (entry) this.#entries.changed(entry);
    });
  }

  /** Puts what has come into the page. */
  render() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const queue = this.#queue;
    this.#queue = [];
    for (const each of queue) {
      if (typeof each === "function") each();
      else this.#streams[each.stream].write(this.#lastLines(each.text));
    }
    this.#entries.render();
    this.#tools.count();
  }

  /** The pane comes into view. */
  shown() {
    this.render();
    this.#entries.follow();
  }

  /** @param {Output | (() => void)} something */
  #enqueue(something) {
    this.#queue.push(something);
    if (this.#queue.length > MAX_LINES) {
      this.#queue.shift();
      this.#entries.noteDropped();
    }
    this.#timer ||= setTimeout(() => this.render(), RENDER_INTERVAL);
  }

  /**
   * As much of a text as the log will hold.
   * @param {string} text
   */
  #lastLines(text) {
    let begin = text.length;
    for (let count = 0; count <= MAX_LINES; count++) {
      begin = text.lastIndexOf("\n", begin - 1);
      if (begin <= 0) return text;
    }
    this.#entries.noteDropped();
    return text.slice(begin + 1);
  }
}
