// @ts-check
/**
 * A WebSocket to the app, which the reader writes to and reads.
 *
 * @import { DirectSocket } from "../direct-socket.js"
 * @import { AsgiLiveElement } from "../element.js"
 * @import { FreeRequest } from "./free-request.js"
 */

import { STOPPED } from "../requests/exchanging.js";
import { button, element } from "../ui/dom.js";
import { MessageList } from "./message-list.js";
import { texts as words } from "./texts.js";

const { socket: said } = words;

/** Milliseconds for the app to answer a close. */
const PATIENCE = 1_000;
/** Bytes of a binary message that are shown. */
const SHOWN = 64;

export class SocketPanel {
  /** @type {DirectSocket | null} the one that is open */ #socket = null;
  #messages = new MessageList(said.messages);
  #field = element("textarea", {
    "aria-label": said.message,
    rows: "2",
    spellcheck: "false",
    autocapitalize: "off",
    title: said.sendHint,
  });
  #send = button("send", said.send, () => this.#write());

  /** @param {AsgiLiveElement} live */
  constructor(live) {
    this.live = live;
    this.protocols = element("input", {
      type: "text",
      "aria-label": said.protocols,
      placeholder: said.protocolsHint,
      spellcheck: "false",
      autocapitalize: "off",
    });
    this.composer = element("div", { class: "composer" }, this.#field, this.#send);
    this.element = element("section", { "aria-label": said.label }, this.composer, this.#messages.element);
    this.#field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.#write();
    });
    this.#enable(false);
  }

  /**
   * Resolves when it is closed.
   * @param {FreeRequest} request
   * @param {AbortSignal} signal closes it
   * @param {(text: string) => void} tell
   */
  async talk({ target, headers }, signal, tell) {
    this.#messages.clear();
    const protocols = this.protocols.value.split(/[\s,]+/).filter(Boolean);
    const socket = await this.live.openSocket(target, protocols, headers);
    tell(said.connecting);
    socket.addEventListener("open", () => {
      this.#socket = socket;
      this.#enable(true);
      tell(said.open(socket.protocol));
      this.#messages.add("note", said.opened, socket.protocol);
    });
    socket.addEventListener("message", (event) => {
      const { data } = /** @type {MessageEvent} */ (event);
      if (typeof data === "string") this.#messages.add("in", said.received, data);
      else this.#messages.add("in", said.receivedBytes(data.byteLength), hexadecimal(data));
    });
    const closed = new Promise((resolve) => socket.addEventListener("close", resolve, { once: true }));
    const leave = () => {
      if (signal.reason !== STOPPED) return socket.abandon();
      socket.close();
      setTimeout(() => socket.abandon(), PATIENCE);
    };
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave);
    const { code, reason, wasClean } = /** @type {CloseEvent} */ (await closed);
    signal.removeEventListener("abort", leave);
    if (this.#socket === socket) {
      this.#socket = null;
      this.#enable(false);
    }
    const told = socket.refusal ? said.refused(socket.refusal) : said.closed(code, reason, wasClean);
    this.#messages.add("note", told, "");
    if (signal.reason === undefined || signal.reason === STOPPED) tell(told);
  }

  #write() {
    const { value } = this.#field;
    if (this.#socket?.state !== "open") return;
    this.#socket.send(value);
    this.#messages.add("out", said.sent, value);
    this.#field.select();
  }

  /** @param {boolean} isOpen */
  #enable(isOpen) {
    this.#send.ariaDisabled = String(!isOpen);
  }
}

/** @param {ArrayBuffer} data */
function hexadecimal(data) {
  const bytes = [...new Uint8Array(data.slice(0, SHOWN))];
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return data.byteLength > SHOWN ? `${digits} …` : digits;
}
