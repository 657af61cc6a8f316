// @ts-check
/**
 * An app's answer in the page: status line, headers, and the body as it comes.
 *
 * @import { Head } from "./exchanging.js"
 *
 * @typedef {object} Ways to show more of an answer than its text
 * @property {(count: number) => string} headers what a list of headers that opens is called
 * @property {(text: string) => HTMLElement | null} json a body of JSON, when all of it is there
 * @property {() => { element: HTMLElement, add(text: string): void }} events server-sent events as they come
 */

import { grouped } from "../ui/amounts.js";
import { element } from "../ui/dom.js";
import { codeFont } from "../ui/page-look.js";
import { header, isJson } from "./answers.js";
import { jsonLines } from "./json-lines.js";
import { texts as words } from "./texts.js";

/** Characters that a page shows of a body: of one that goes on, the last ones. */
const SHOWN = 200_000;
/** Bytes of JSON that are read at once. */
const MOST_JSON = 8 << 20;
const EVENTS = /^text\/event-stream\s*(?:;|$)/i;
const CONTROLS = /[^\P{Cc}\t\n\r\x80-\x9f]/u;

export class AnswerView {
  #head = element("pre", { class: "head" });
  #body = element("pre", { class: "body", role: "group", tabindex: "0", "aria-label": words.body });
  #media = element("div", { class: "media" });
  /** Another form of the body. */
  #structure = element("div", { class: "structure", hidden: true });
  #headers = element("summary");
  /** @type {ReturnType<Ways["events"]> | null} */ #events = null;
  #differences = element("ul", { class: "differences", hidden: true });
  /** @type {Head | null} */ #begun = null;
  /** @type {TextDecoder | null} null for a body that is no text */ #decoder = null;
  #shown = 0;
  #isCut = false;
  #url = "";

  /**
   * @param {string} label for assistive technology
   * @param {HTMLElement} host whose code it looks like
   * @param {Ways} [ways]
   */
  constructor(label, host, ways) {
    this.host = host;
    this.ways = ways;
    const head = ways ? element("details", { class: "heading" }, this.#headers, this.#head) : this.#head;
    const parts = [this.#differences, head, this.#body, this.#structure, this.#media];
    this.element = element("section", { class: "live", "aria-label": label, hidden: true }, ...parts);
  }

  /** The next answer is on its way; until then the last one stays, so that nothing jumps. */
  wait() {
    this.element.ariaBusy = "true";
  }

  clear() {
    this.element.hidden = true;
    this.#empty();
  }

  /** @param {Head} head */
  begin(head) {
    this.#empty();
    this.#begun = head;
    const line = element(
      "b",
      { class: `status-${Math.floor(head.status / 100)}` },
      `${head.status} ${head.reason}`,
    );
    const headers = head.headers.map(([name, value]) => `\n${name}: ${value}`);
    // Not in the muted ink: no colour of a status is readable in that on dark pages.
    this.#head.append(element("span", {}, "HTTP/1.1 "), line, element("span", {}, ...headers));
    if (this.ways) this.#headers.textContent = this.ways.headers(head.headers.length);
    const type = header(head.headers, "content-type") ?? "";
    this.#events = (EVENTS.test(type) && this.ways?.events()) || null;
    if (this.#events) this.#setStructure(this.#events.element);
    this.#decoder = /^(image|audio|video|font)\//i.test(type) ? null : decoderOf(type);
    for (const part of [this.#head, this.#body, this.#structure])
      Object.assign(part.style, codeFont(this.host));
    this.element.hidden = false;
  }

  /** @param {Uint8Array<ArrayBuffer>} part of the body */
  add(part) {
    if (!this.#decoder) return;
    try {
      const text = this.#decoder.decode(part, { stream: true });
      if (this.#events) return this.#events.add(text);
      if (!CONTROLS.test(text)) return this.#append(text);
    } catch {
      // no text
    }
    this.#decoder = null;
    this.#setBody("");
  }

  /** @param {Blob} content the body, all of it */
  end(content) {
    this.element.ariaBusy = null;
    const isShown = this.#decoder !== null && !this.#isCut;
    if (this.#decoder && isJson(this.#begun?.headers ?? [])) this.#showJson(content);
    if (isShown || content.size === 0) return;
    this.#url = URL.createObjectURL(content);
    if (content.type.startsWith("image/")) {
      this.#media.append(element("img", { src: this.#url, alt: words.picture }));
      return;
    }
    const link = element(
      "a",
      { href: this.#url, download: this.#fileName },
      words.save(grouped(content.size)),
    );
    this.#media.append(...(this.#isCut ? [`${words.beginningDropped} `] : []), link);
  }

  /** @param {Blob} content */
  async #showJson(content) {
    const begun = this.#begun;
    if (!this.ways) {
      if (!this.#isCut) this.#setBody(jsonLines(this.#body.textContent ?? ""));
    } else if (content.size <= MOST_JSON) {
      const tree = this.ways.json(await content.text());
      if (!tree || this.#begun !== begun) return; // the next answer has come
      this.#setBody("");
      this.#setStructure(tree);
    }
  }

  /** @param {string[]} sentences */
  differences(sentences) {
    this.#differences.replaceChildren(...sentences.map((sentence) => element("li", {}, sentence)));
    this.#differences.hidden = sentences.length === 0;
  }

  #empty() {
    this.element.ariaBusy = null;
    this.#begun = null;
    this.differences([]);
    for (const part of [this.#head, this.#media]) part.replaceChildren();
    this.#setBody("");
    this.#setStructure();
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = "";
  }

  /** @param {string} text */
  #setBody(text) {
    this.#body.textContent = text;
    this.#body.hidden = text === "";
    this.#shown = text.length;
    this.#isCut = false;
  }

  /** @param {HTMLElement[]} parts */
  #setStructure(...parts) {
    this.#structure.replaceChildren(...parts);
    this.#structure.hidden = parts.length === 0;
  }

  /** @param {string} text */
  #append(text) {
    if (!text) return;
    const { scrollTop, scrollHeight, clientHeight } = this.#body;
    const isAtEnd = this.#shown > 0 && scrollHeight - scrollTop - clientHeight < 8;
    this.#body.hidden = false;
    this.#body.append(text);
    this.#shown += text.length;
    while (this.#shown > SHOWN && this.#body.childNodes.length > 1) {
      this.#shown -= this.#body.firstChild?.textContent?.length ?? 0;
      this.#body.firstChild?.remove();
      this.#isCut = true;
    }
    if (isAtEnd) this.#body.scrollTop = this.#body.scrollHeight;
  }

  get #fileName() {
    const disposition = header(this.#begun?.headers ?? [], "content-disposition") ?? "";
    return /filename="?([^";]+)/i.exec(disposition)?.[1] ?? "answer";
  }
}

/** @param {string} type */
function decoderOf(type) {
  try {
    return new TextDecoder(/;\s*charset="?([\w.:-]+)/i.exec(type)?.[1] ?? "utf-8", { fatal: true });
  } catch {
    return null;
  }
}
