// @ts-check
/**
 * The reader's task with a request: whether it is done. Loaded when an app of the page has answered something, or where
 * the task is done already.
 *
 * @import { AsgiRequestElement } from "../requests/element.js"
 * @import { RecordedAnswer, Task } from "../types.d.ts"
 * @import { Help } from "./help.js"
 *
 * @typedef {object} Bar the request's own
 * @property {HTMLElement} element
 * @property {HTMLButtonElement} send
 * @property {(...words: (Node | string)[]) => void} tell
 */

import { texts as words } from "../requests/texts.js";
import { element, icon } from "../ui/dom.js";

export class ReaderTask {
  #task;
  /** What is to be done, since the author may change it. */
  #wanted;
  /** @type {Promise<Help | null>} null until a try has failed */ #help = Promise.resolve(null);
  /** @type {Element | null} what tells that it is done */ #mark = null;

  /**
   * @param {AsgiRequestElement} host
   * @param {Task} task
   * @param {Bar} bar
   * @param {string} storageKey
   */
  constructor(host, task, bar, storageKey) {
    this.host = host;
    this.bar = bar;
    this.storageKey = storageKey;
    this.#task = task;
    this.#wanted = JSON.stringify([task.status, task.body]);
    const href = new URL("task.css", import.meta.url).href;
    host.shadowRoot?.append(element("link", { rel: "stylesheet", href }));
    this.connect();
    if (this.#remembered) this.#show();
  }

  connect() {
    document.addEventListener("asgi-docs.reset", this.#onReset);
  }

  disconnect() {
    document.removeEventListener("asgi-docs.reset", this.#onReset);
  }

  get isDone() {
    return this.host.hasAttribute("done");
  }

  /**
   * What is to be told of an answer to the task's own request.
   * @param {RecordedAnswer} answer
   * @returns {Promise<Node | string>}
   */
  async judge(answer) {
    const { verdict } = await import("./verdict.js");
    const lack = verdict(this.#task, answer);
    if (lack) {
      this.#forget();
      this.fail();
      return element("strong", {}, lack);
    }
    return this.#finish();
  }

  /** What is to be told where the reader has sent something else. */
  async notCounted() {
    return (await import("./texts.js")).texts.notCounted;
  }

  /** A try has failed: there is help from now on. */
  fail() {
    this.#help = this.#help.then(async (help) => {
      const made = help ?? (await this.#makeHelp());
      made?.show(this.isDone);
      return made;
    });
  }

  async #makeHelp() {
    const { hints = [], solution } = this.#task;
    if (!hints.length && !solution) return null;
    const module = await import("./help.js").catch(() => null);
    return module && new module.Help(this.host, this.#task, this.bar);
  }

  #finish() {
    try {
      sessionStorage.setItem(this.storageKey, this.#wanted);
    } catch {
      // storage is blocked or full: it is done as long as the page lives
    }
    this.#help.then((help) => help?.show(true));
    return this.#show();
  }

  #show() {
    this.host.toggleAttribute("done", true);
    this.#mark = element("strong", { class: "done" }, icon("done"), words.done);
    this.bar.tell(this.#mark);
    return this.#mark;
  }

  #forget() {
    this.host.removeAttribute("done");
    if (this.#mark?.isConnected) this.bar.tell("");
    try {
      sessionStorage.removeItem(this.storageKey);
    } catch {
      // nothing is kept there
    }
  }

  get #remembered() {
    try {
      return sessionStorage.getItem(this.storageKey) === this.#wanted;
    } catch {
      return false;
    }
  }

  /**
   * An app of the page has answered, whoever has asked it. Of a body nothing is known here.
   * @param {CustomEvent} event
   */
  async see({ target, detail: { method, path, status } }) {
    const { request } = this.host;
    if (this.isDone || this.#task.body || method !== request.method || status !== this.#task.status) return;
    const { conversationOf } = await import("../requests/conversation.js");
    try {
      const conversation = conversationOf(this.host);
      if (conversation.live === target && conversation.filled(request).target === path) this.#finish();
    } catch {
      // an answer that the path refers to has not come
    }
  }

  /** @param {Event} event the reader has gone back to the author's code */
  #onReset = async (event) => {
    if (!this.isDone) return;
    const { isAskedBy } = await import("../requests/conversation.js");
    if (isAskedBy(this.host, event.target)) this.#forget();
  };
}
