// @ts-check
/**
 * A WebSocket from the documentation page to its app, past the service worker: over a port to the Python
 * worker. It has the members and events of a browser's WebSocket, and tells one thing more: the status of an
 * app that refuses it (`refusal`).
 *
 * @import { AsgiLiveElement } from "./element.js"
 * @import { HeaderPair, SocketAppMessage, SocketClientMessage } from "./types.d.ts"
 */

import { texts } from "./texts.js";

const ABNORMAL_CLOSURE = 1006;
/** Milliseconds for what an app that has ended has sent before: messages of two ways keep no common order. */
const LAST_WORDS = 200;
const encoder = new TextEncoder();

export class DirectSocket extends EventTarget {
  /** @type {MessagePort} */ #port;
  #gone = new AbortController();
  protocol = "";
  /** @type {"connecting" | "open" | "closing" | "closed"} */ state = "connecting";
  /** @type {number | null} the app's answer in place of a connection */ refusal = null;

  /**
   * @param {AsgiLiveElement} live
   * @param {string} path below the mount
   * @param {string[]} [protocols]
   * @param {HeaderPair[]} [headers]
   * @throws {Error} the app is not running
   */
  constructor(live, path, protocols = [], headers = []) {
    super();
    if (typeof path !== "string" || /^[a-z][a-z\d+.-]*:/i.test(path)) throw new TypeError(texts.fetchPath);
    const { pathname, search } = new URL(`http://app${path.startsWith("/") ? path : `/${path}`}`);
    this.#port = live.openPort({
      type: "socket",
      id: `page-${randomText(12)}`,
      path: pathname + search,
      headers: handshake(protocols, headers),
    });
    this.#port.onmessage = ({ data }) => this.#receive(data);
    const { signal } = this.#gone;
    live.addEventListener(
      "asgi-live:statechange",
      () => setTimeout(() => this.#end(ABNORMAL_CLOSURE, "", false), LAST_WORDS),
      { signal, once: true },
    );
  }

  /** @param {string | ArrayBuffer} data */
  send(data) {
    if (this.state !== "open") return;
    const size = typeof data === "string" ? encoder.encode(data).byteLength : data.byteLength;
    this.#post({ type: "message", data, size });
  }

  /**
   * @param {number} [code]
   * @param {string} [reason]
   */
  close(code = 1000, reason = "") {
    if (this.state === "open") {
      this.state = "closing";
      this.#post({ type: "close", code, reason });
    } else if (this.state === "connecting") {
      this.#post({ type: "fail" });
      this.#end(ABNORMAL_CLOSURE, "", false);
    }
  }

  /** Leaves an app that does not answer the close. */
  abandon() {
    this.#post({ type: "fail" });
    this.#end(ABNORMAL_CLOSURE, "", false);
  }

  /** @param {SocketAppMessage} message */
  #receive(message) {
    switch (message.type) {
      case "accept":
        this.protocol = message.protocol;
        if (this.state !== "connecting") break;
        this.state = "open";
        this.dispatchEvent(new Event("open"));
        break;
      case "refuse":
        this.refusal = message.status;
        this.#end(ABNORMAL_CLOSURE, "", false);
        break;
      case "message": {
        const { data, size } = message;
        this.#post({ type: "credit", size });
        this.dispatchEvent(
          new MessageEvent("message", { data: typeof data === "string" ? data : data.buffer }),
        );
        break;
      }
      case "close":
        this.#end(message.code, message.reason, true);
        break;
    }
  }

  /** @param {SocketClientMessage} message */
  #post(message) {
    if (this.state !== "closed") this.#port.postMessage(message);
  }

  /**
   * @param {number} code
   * @param {string} reason
   * @param {boolean} wasClean
   */
  #end(code, reason, wasClean) {
    if (this.state === "closed") return;
    this.state = "closed";
    this.#gone.abort();
    this.#port.close();
    this.dispatchEvent(new CloseEvent("close", { code, reason, wasClean }));
  }
}

/**
 * What a browser sends (https://www.rfc-editor.org/rfc/rfc6455#section-4.1).
 * @param {string[]} protocols
 * @param {HeaderPair[]} further
 * @returns {HeaderPair[]}
 */
function handshake(protocols, further) {
  const given = further.map(([name, value]) => /** @type {HeaderPair} */ ([name.toLowerCase(), value]));
  /** @type {HeaderPair[]} */
  const usual = [
    ["connection", "Upgrade"],
    ["upgrade", "websocket"],
    ["sec-websocket-version", "13"],
    ["sec-websocket-key", btoa(randomText(16))],
    ["user-agent", navigator.userAgent],
    ["origin", globalThis.origin],
  ];
  if (protocols.length) usual.push(["sec-websocket-protocol", protocols.join(", ")]);
  return [...usual.filter(([name]) => !given.some(([each]) => each === name)), ...given];
}

/** @param {number} length */
function randomText(length) {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return [...bytes].map((byte) => (byte % 36).toString(36)).join("");
}
