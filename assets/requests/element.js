// @ts-check
/**
 * `<asgi-request>`: a documented request in the page. Its content, the highlighted request and its recorded
 * answer, is the author's and stays; what sends it is loaded when it is sent for the first time.
 *
 * @import { DocumentedRequest, Task } from "../types.d.ts"
 * @import { ReaderTask } from "../tasks/reader-task.js"
 * @import { Sender } from "./sender.js"
 */

import { texts } from "../texts.js";
import { CodeEditor } from "../ui/code-editor.js";
import { button, element } from "../ui/dom.js";
import { requestText } from "./request-text.js";
import { texts as words } from "./texts.js";

export class AsgiRequestElement extends HTMLElement {
  /** @type {DocumentedRequest} */ #request;
  /** @type {CodeEditor} */ #editor;
  /** @type {Promise<Sender | null>} null until the reader sends, and where it could not be had */
  #sender = Promise.resolve(null);
  /** @type {Promise<ReaderTask | null> | null} null until something may have done it */ #task = null;
  /** @type {() => Promise<ReaderTask | null>} */ #makeTask = async () => null;
  /** @type {HTMLButtonElement} */ #send;
  /** @type {HTMLButtonElement} */ #stop;
  #status = element("span", { role: "status", class: "status", part: "status" });

  connectedCallback() {
    if (!this.shadowRoot) this.#render();
    if (this.#request.task) document.addEventListener("asgi-live:response", this.#onResponse);
    this.#task?.then((task) => task?.connect());
  }

  disconnectedCallback() {
    document.removeEventListener("asgi-live:response", this.#onResponse);
    this.#task?.then((task) => task?.disconnect());
    this.#sender.then((sender) => sender?.end());
  }

  /** What the author documents. */
  get request() {
    return this.#request;
  }

  /** The request as HTTP text, which the reader may have edited. */
  get text() {
    return this.#editor.text;
  }

  set text(text) {
    this.#editor.text = text;
  }

  /** What the reader is to make the app answer, if there is something; for the sender. */
  get task() {
    this.#task ??= this.#makeTask();
    return this.#task;
  }

  /** Sends it and shows the answer; resolves when that has ended, whatever came of it. */
  async send() {
    this.#sender = this.#sender.then((sender) => sender ?? this.#makeSender());
    const sender = await this.#sender;
    if (!sender) this.#tell(`${texts.incomplete.headline} ${texts.incomplete.whatToDo}`);
    else if (this.isConnected) await sender.send();
  }

  /** Ends what is under way. */
  stop() {
    this.#sender.then((sender) => sender?.stop());
  }

  async #makeSender() {
    const module = await import("./sender.js").catch(() => null);
    if (!module) return null;
    return new module.Sender(this, {
      root: /** @type {ShadowRoot} */ (this.shadowRoot),
      tell: (...words) => this.#tell(...words),
      showStop: (shown) => this.#showStop(shown),
    });
  }

  /** Whoever has asked. @param {Event} event */
  #onResponse = async (event) => (await this.task)?.see(/** @type {CustomEvent} */ (event));

  /**
   * @param {Task} task
   * @param {HTMLElement} bar
   * @param {string} storageKey
   */
  #beTask(task, bar, storageKey) {
    this.#makeTask = async () => {
      const module = await import("../tasks/reader-task.js").catch(() => null);
      if (!module) return null;
      const tell = (/** @type {(Node | string)[]} */ ...words) => this.#tell(...words);
      return new module.ReaderTask(this, task, { element: bar, send: this.#send, tell }, storageKey);
    };
    try {
      if (sessionStorage.getItem(storageKey)) this.task; // it is done
    } catch {
      // storage is blocked
    }
  }

  /** @param {(Node | string)[]} words */
  #tell(...words) {
    this.#status.replaceChildren(...words);
  }

  /** @param {boolean} shown */
  #showStop(shown) {
    // The keyboard's place must not vanish with the button that was pressed.
    if (!shown && this.shadowRoot?.activeElement === this.#stop) this.#send.focus();
    this.#stop.hidden = !shown;
  }

  #render() {
    const request = JSON.parse(this.dataset.request ?? "{}");
    this.#request = request;
    // The editor takes the place of the request that it is about, not of the recorded answer.
    const asked = /** @type {HTMLElement | null} */ (this.querySelector(".asgi-request-asked"));
    if (asked) asked.slot = "asked";
    const task = this.querySelector(".asgi-request-task");
    if (task) task.slot = "task";
    const name = `${request.method} ${request.target}`;
    this.#send = button("send", request.task ? words.check : words.send, () => this.send(), "primary");
    this.#stop = button("stop", texts.stop, () => this.stop());
    this.#stop.hidden = true;
    const storageKey = `asgi-docs:${location.pathname}:${request.source}:${name}`;
    this.#editor = new CodeEditor({
      host: this,
      replaced: () => (asked ? [asked] : []),
      label: words.requestOf(name),
      hint: words.editHint,
      original: requestText(request),
      storageKey,
      load: () => import("../ui/text-field.js"),
      onRun: () => this.send(),
      onLeave: () => this.#send.focus(),
      onChange: () => {},
    });
    const bar = element(
      "div",
      { class: "bar", part: "bar", role: "group", "aria-label": words.requestOf(name) },
      this.#send,
      this.#stop,
      element("span", { class: "told" }, this.#status),
      this.#editor.edit,
      this.#editor.reset,
    );
    const style = element("link", {
      rel: "stylesheet",
      href: new URL("../controls.css", import.meta.url).href,
    });
    const root = this.attachShadow({ mode: "open" });
    const slots = ["task", "asked"].map((part) => element("slot", { name: part }));
    root.append(style, ...slots, this.#editor.element, element("slot"), bar);
    if (request.task) this.#beTask(request.task, bar, `${storageKey}:done`);
    // As in <asgi-live>: a page's shortcuts are not for what the reader types here.
    for (const type of ["keydown", "keypress", "keyup"])
      root.addEventListener(type, (event) => event.stopPropagation());
  }
}
