// @ts-check
/**
 * A request of the reader's own to a running app, and its answer.
 *
 * @import { AsgiLiveElement } from "../element.js"
 * @import { Fields } from "./free-request.js"
 */

import { CopyButtons } from "../request-code/copy-buttons.js";
import { AnswerView } from "../requests/answer-view.js";
import { conversationWith } from "../requests/conversation.js";
import { STOPPED } from "../requests/exchanging.js";
import { texts as requestTexts } from "../requests/texts.js";
import { unlessAborted } from "../requests/unless-aborted.js";
import { StartError } from "../start-error.js";
import { duration as amount, size } from "../ui/amounts.js";
import { button, element } from "../ui/dom.js";
import { EventList } from "./event-list.js";
import { RequestFields } from "./fields.js";
import { readFields } from "./free-request.js";
import { jsonTree } from "./json-tree.js";
import { Memory } from "./memory.js";
import { RouteList } from "./route-list.js";
import { openParameter } from "./route-matching.js";
import { routesOf } from "./routes.js";
import { SocketPanel } from "./socket-panel.js";
import { StartingPoints } from "./starting-points.js";
import { styles } from "./styles.js";
import { texts as words } from "./texts.js";

/** Milliseconds after which a reader may want to cancel. */
const QUICK = 400;
const SUPERSEDED = new Error("The reader has sent another request.");

export class RequestPane {
  /** @type {AbortController | null} of what is under way */ #controller = null;
  #cancelTimer = 0;
  #status = element("span", { role: "status", class: "status" });

  /**
   * @param {AsgiLiveElement} live
   * @param {object} options
   * @param {string} options.path that is asked first
   * @param {string} options.storageKey
   */
  constructor(live, { path, storageKey }) {
    this.live = live;
    this.conversation = conversationWith(live);
    this.memory = new Memory(storageKey);
    this.fields = new RequestFields(() => {
      this.memory.draft = this.fields.value;
      this.#showKind();
    });
    this.routes = new RouteList(this.fields.path, (route) => this.fields.take(route));
    this.socket = new SocketPanel(live);
    this.send = button("send", words.send, () => this.#submit(), "primary");
    this.cancel = button("stop", words.cancel, () => this.#controller?.abort(STOPPED));
    this.send.title = words.sendHint;
    this.cancel.hidden = true;
    this.starts = new StartingPoints(this.conversation, this.memory, (fields) => this.#take(fields));
    this.answer = new AnswerView(words.answer, live, {
      headers: words.headerCount,
      json: jsonTree,
      events: () => new EventList(),
    });
    const form = element(
      "form",
      { class: "request", "aria-label": words.form, onsubmit: (event) => event.preventDefault() },
      element("div", { class: "line" }, ...this.fields.line, this.send, this.cancel, this.routes.element),
      ...this.fields.more,
      this.socket.protocols,
      this.starts.element,
    );
    form.addEventListener("keydown", (event) => this.#onKey(event));
    this.copies = new CopyButtons(() => this.conversation.filled(readFields(this.fields.value)));
    const told = element("p", { class: "told" }, this.#status);
    const parts = [form, this.copies.element, told, this.socket.element, this.answer.element];
    this.element = element("div", { class: "request-pane" }, ...styles(...parts));
    this.fields.value = this.memory.draft ?? { method: "GET", path, headers: "", body: "" };
    live.addEventListener("asgi-live:statechange", () => this.#follow());
    this.#follow();
  }

  /** What the app's start and end mean for the pane. */
  async #follow() {
    const { state } = this.live;
    if (state === "failed" || state === "stopped") this.#controller?.abort(STOPPED);
    if (state === "running") this.routes.routes = await routesOf(this.live);
  }

  /** A WebSocket has other parts than a request. */
  #showKind() {
    const { isSocket } = this.fields;
    this.send.lastChild?.replaceWith(isSocket ? words.socket.openButton : words.send);
    this.cancel.lastChild?.replaceWith(isSocket ? words.socket.closeButton : words.cancel);
    this.socket.element.hidden = this.socket.protocols.hidden = !isSocket;
    this.copies.element.hidden = isSocket;
    if (isSocket) this.answer.clear();
  }

  /** @param {Fields} fields */
  #take(fields) {
    this.fields.value = fields;
    this.fields.path.focus();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const isSure = event.ctrlKey || event.metaKey;
    if (event.key !== "Enter" || !(isSure || event.target === this.fields.path)) return;
    event.preventDefault();
    this.#submit();
  }

  /** Sends what the fields hold; what was under way is over. */
  async #submit() {
    this.#controller?.abort(SUPERSEDED);
    const controller = new AbortController();
    this.#controller = controller;
    clearTimeout(this.#cancelTimer);
    this.#cancelTimer = setTimeout(() => this.#showCancel(true), QUICK);
    try {
      await this.#send(this.fields.value, controller.signal);
    } catch (error) {
      if (error !== SUPERSEDED) this.#fail(error);
    }
    if (this.#controller !== controller) return;
    this.#controller = null;
    clearTimeout(this.#cancelTimer);
    this.#showCancel(false);
  }

  /**
   * @param {Fields} fields
   * @param {AbortSignal} signal
   */
  async #send(fields, signal) {
    if (openParameter(fields.path)) this.fields.selectParameter();
    const { isSocket } = this.fields;
    const request = readFields(isSocket ? { ...fields, body: "" } : fields);
    this.memory.remember(fields);
    if (this.live.state !== "running") this.#tell(requestTexts.starting);
    await unlessAborted(this.live.start(), signal);
    if (isSocket)
      return this.socket.talk(this.conversation.filled(request), signal, (text) => this.#tell(text));
    this.#tell(requestTexts.sending);
    this.answer.wait();
    let status = "";
    const { answer, content, duration } = await this.conversation.sendFree(request, {
      signal,
      onWait: (needed) => this.#tell(requestTexts.first(needed)),
      receiver: {
        head: (head) => {
          status = `${head.status} ${head.reason}`.trim();
          this.answer.begin(head);
          this.#tell(requestTexts.receiving(status));
        },
        body: (part) => this.answer.add(part),
      },
    });
    this.answer.end(content);
    const told = answer.partial ? words.cancelled : words.answered;
    this.#tell(told(status, amount(duration), size(content.size)));
  }

  /** @param {unknown} error */
  #fail(error) {
    this.answer.clear();
    if (error === STOPPED) return this.#tell(words.cancelledBefore);
    if (error instanceof StartError) return this.#tell(error.headline);
    this.#tell(error instanceof Error ? error.message : String(error));
  }

  /** @param {string} text */
  #tell(text) {
    this.#status.textContent = text;
  }

  /** @param {boolean} shown */
  #showCancel(shown) {
    const root = /** @type {ShadowRoot} */ (this.element.getRootNode());
    // The keyboard's place must not vanish with the button that was pressed.
    if (!shown && root.activeElement === this.cancel) this.send.focus();
    this.cancel.hidden = !shown;
  }
}
