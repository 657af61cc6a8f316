// @ts-check
/**
 * A WebSocket to the app, as its page or worker sees it. Its members become those of the browser's own
 * `WebSocket.prototype` (websocket.js).
 *
 * Specification: https://websockets.spec.whatwg.org/
 *
 * @import { HeaderPair, SocketAppMessage, SocketConnection } from "../types.d.ts"
 */

{
  const frame = globalThis.asgiDocsFrame;
  const { CONNECTING, OPEN, CLOSING, CLOSED } = globalThis.WebSocket;

  const NO_CODE = 0;
  const ABNORMAL_CLOSURE = 1006;
  const MAX_CLOSE_REASON = 123;
  /** The sockets that end with their page. */
  /** @type {Set<AppSocket>} */ const open = new Set();

  class AppSocket extends EventTarget {
    #url;
    #protocols;
    /** @type {SocketConnection} */ #connection;
    /** @type {number} */ #state = CONNECTING;
    #protocol = "";
    #opened = false;
    #bufferedAmount = 0;
    /** @type {BinaryType} */ #binaryType = "blob";
    /** What waits for a Blob to be read, in the order of the calls. */
    /** @type {Promise<void> | null} */ #queue = null;

    /**
     * @param {URL} url
     * @param {string} path below the mount
     * @param {string[]} protocols
     */
    constructor(url, path, protocols) {
      super();
      this.#url = url;
      this.#protocols = protocols;
      this.#connection = new frame.SocketConnection(path, handshakeHeaders(protocols), {
        message: (message) => this.#receive(message),
        lost: () => this.#fail("the app is not running"),
      });
      open.add(this);
    }

    static {
      // Only windows have these events. Browsers, too, close the sockets of a page that goes away.
      globalThis.addEventListener("pagehide", () => {
        for (const socket of open) socket.#connection.end();
      });
      globalThis.addEventListener("pageshow", ({ persisted }) => {
        if (persisted) for (const socket of open) socket.#end(ABNORMAL_CLOSURE, "", false);
      });
    }

    /** @param {object} object */
    static has(object) {
      return #url in object;
    }

    get url() {
      return this.#url.href;
    }

    get readyState() {
      return this.#state;
    }

    get bufferedAmount() {
      return this.#bufferedAmount;
    }

    get extensions() {
      return "";
    }

    get protocol() {
      return this.#protocol;
    }

    get binaryType() {
      return this.#binaryType;
    }

    set binaryType(value) {
      const type = `${value}`;
      if (type === "blob" || type === "arraybuffer") this.#binaryType = type;
    }

    /** @param {string | Blob | ArrayBuffer | ArrayBufferView} data */
    send(data) {
      if (this.#state === CONNECTING)
        throw new DOMException("The WebSocket is still connecting.", "InvalidStateError");
      const { content, size } = messageOf(data);
      this.#bufferedAmount += size;
      if (this.#state !== OPEN) return;
      if (content instanceof Blob)
        this.#enqueue(async () => this.#transmit(await content.arrayBuffer(), size));
      else this.#enqueue(() => this.#transmit(content, size));
    }

    /**
     * @param {number} [code]
     * @param {string} [reason]
     */
    close(code, reason) {
      const number = code === undefined ? undefined : clamped(code);
      if (number !== undefined && number !== 1000 && (number < 3000 || number > 4999))
        throw new DOMException(
          `A WebSocket is closed with 1000 or 3000 to 4999, not ${number}.`,
          "InvalidAccessError",
        );
      const text = reason === undefined ? "" : wellFormed(`${reason}`);
      if (byteLength(text) > MAX_CLOSE_REASON)
        throw new DOMException(`The reason has more than ${MAX_CLOSE_REASON} bytes.`, "SyntaxError");
      if (this.#state === CONNECTING) {
        this.#state = CLOSING;
        setTimeout(() => this.#fail("it was closed before it was connected"));
      } else if (this.#state === OPEN) {
        this.#state = CLOSING;
        const sent = number ?? (text ? 1000 : NO_CODE);
        this.#enqueue(() => this.#connection.post({ type: "close", code: sent, reason: text }));
      }
    }

    /** @param {SocketAppMessage} message */
    #receive(message) {
      switch (message.type) {
        case "accept":
          this.#accept(message.protocol);
          break;
        case "refuse":
          this.#fail(`the app answers ${message.status}`);
          break;
        case "message": {
          const { data, size } = message;
          this.#connection.post({ type: "credit", size });
          if (this.#state === OPEN) this.#deliver(data);
          break;
        }
        case "credit":
          this.#bufferedAmount -= message.size;
          break;
        case "close":
          this.#end(message.code, message.reason, true);
          break;
      }
    }

    /** @param {string} protocol */
    #accept(protocol) {
      if (this.#state !== CONNECTING) return;
      // https://websockets.spec.whatwg.org/#concept-websocket-establish: one of those asked for must be chosen.
      const fits = this.#protocols.length > 0 ? this.#protocols.includes(protocol) : protocol === "";
      if (!fits) return this.#fail(`the app chooses the subprotocol "${protocol}" of [${this.#protocols}]`);
      this.#state = OPEN;
      this.#opened = true;
      this.#protocol = protocol;
      this.dispatchEvent(new Event("open"));
    }

    /** @param {string | Uint8Array<ArrayBuffer>} data */
    #deliver(data) {
      /** @type {string | ArrayBuffer | Blob} */ let content;
      if (typeof data === "string") content = data;
      else content = this.#binaryType === "blob" ? new Blob([data]) : data.buffer;
      this.dispatchEvent(new MessageEvent("message", { data: content, origin: this.#url.origin }));
    }

    /** @param {() => void | Promise<void>} action */
    #enqueue(action) {
      const begun = this.#queue ? this.#queue.then(action, action) : action();
      if (!begun) return;
      this.#queue = begun;
      const done = () => {
        if (this.#queue === begun) this.#queue = null;
      };
      begun.then(done, done); // a Blob that cannot be read is never sent
    }

    /**
     * @param {string | ArrayBuffer} data
     * @param {number} size
     */
    #transmit(data, size) {
      this.#connection.post({ type: "message", data, size });
    }

    /** @param {string} reason for the console, as browsers do */
    #fail(reason) {
      if (this.#state === CLOSED) return;
      if (!this.#opened) console.error(`WebSocket connection to '${this.url}' failed: ${reason}.`);
      this.#connection.post({ type: "fail" });
      this.#connection.end();
      this.#state = CLOSED;
      this.dispatchEvent(new Event("error"));
      this.#finish(ABNORMAL_CLOSURE, "", false);
    }

    /**
     * @param {number} code
     * @param {string} reason
     * @param {boolean} wasClean
     */
    #end(code, reason, wasClean) {
      if (this.#state === CLOSED) return;
      this.#connection.end();
      this.#state = CLOSED;
      this.#finish(code, reason, wasClean);
    }

    /**
     * @param {number} code
     * @param {string} reason
     * @param {boolean} wasClean
     */
    #finish(code, reason, wasClean) {
      open.delete(this);
      this.dispatchEvent(new CloseEvent("close", { code, reason, wasClean }));
    }
  }

  /** @param {string[]} protocols */
  function handshakeHeaders(protocols) {
    const key = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)));
    /** @type {HeaderPair[]} */
    const headers = [
      ["connection", "Upgrade"],
      ["pragma", "no-cache"],
      ["cache-control", "no-cache"],
      ["user-agent", navigator.userAgent],
      ["upgrade", "websocket"],
      ["origin", globalThis.origin],
      ["sec-websocket-version", "13"],
      ["accept-language", navigator.languages.join(",")],
      ["sec-websocket-key", btoa(key)],
    ];
    if (protocols.length > 0) headers.push(["sec-websocket-protocol", protocols.join(", ")]);
    // A worker has none: cookies belong to documents.
    const { cookies } = /** @type {Partial<typeof frame>} */ (frame);
    const writes = cookies?.pending();
    if (cookies && writes) headers.push([cookies.header, writes]);
    return headers;
  }

  /**
   * A copy of what is sent, and its size.
   * @param {unknown} data
   * @returns {{ content: string | ArrayBuffer | Blob, size: number }}
   */
  function messageOf(data) {
    if (data instanceof Blob) return { content: data, size: data.size };
    if (data instanceof ArrayBuffer) return { content: data.slice(0), size: data.byteLength };
    if (ArrayBuffer.isView(data)) {
      const copy = new Uint8Array(data.byteLength);
      copy.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      return { content: copy.buffer, size: data.byteLength };
    }
    const content = wellFormed(`${data}`);
    return { content, size: byteLength(content) };
  }

  /** @param {string} text */
  function wellFormed(text) {
    return text.replace(/\p{Surrogate}/gu, "\ufffd");
  }

  /** @param {string} text */
  function byteLength(text) {
    return new TextEncoder().encode(text).byteLength;
  }

  /**
   * WebIDL's [Clamp] unsigned short.
   * @param {unknown} value
   */
  function clamped(value) {
    return Math.round(Math.min(Math.max(Number(value) || 0, 0), 65535));
  }

  frame.defineHandlers(AppSocket.prototype, ["open", "message", "error", "close"]);
  frame.AppSocket = AppSocket;
}
