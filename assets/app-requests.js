// @ts-check
/**
 * The requests that are under way in the Python worker, whichever client's they are.
 *
 * @import { Exchange } from "./app-cookies.js"
 * @import { AppMessage, ClientMessage, PythonMessage } from "./types.d.ts"
 */

import { AnswerReport } from "./answer-report.js";
import { headerPairs, headerText } from "./header-text.js";

/**
 * @typedef {object} PythonWorker what the requests need of it
 * @property {any} bridge the `Bridge` of asgi_docs/runtime/bridge.py
 * @property {(message: PythonMessage) => void} post to the page
 * @property {(error: unknown) => void} crash the interpreter has ended
 * @property {() => void} answered the app has run, and may have written files
 */

export class AppRequests {
  /** When each request without an answer yet began, by key. */
  /** @type {Map<string, number>} */ #waiting = new Map();
  /** @type {Map<string, AnswerReport>} */ #reports = new Map();
  #worker;

  /** @param {PythonWorker} worker */
  constructor(worker) {
    this.#worker = worker;
  }

  /**
   * What a client tells of one request.
   * @param {Exclude<ClientMessage, { type: "http.request" }>} message
   * @param {string} key
   */
  go(message, key) {
    const { bridge } = this.#worker;
    if (message.type === "http.request.body") bridge.body(key, bytesOf(message.body), message.more);
    else if (message.type === "http.response.credit") bridge.credit(key, message.bytes);
    else {
      this.#setWaiting(key, false);
      bridge.disconnect(key);
      this.#cut(key);
    }
  }

  /**
   * @param {Extract<ClientMessage, { type: "http.request" }>} message
   * @param {string} key
   * @param {{ port: MessagePort, exchange: Exchange, rootPath: string }} client that asks
   */
  begin({ id, method, path, body, more }, key, { port, exchange, rootPath }) {
    const { bridge, post, crash, answered } = this.#worker;
    const report = new AnswerReport(post, { key, method, path });
    this.#reports.set(key, report);
    /**
     * @param {AppMessage} message
     * @param {Uint8Array<ArrayBuffer> | null} [content]
     */
    const reply = (message, content) => port.postMessage(message, content ? [content.buffer] : []);
    const responder = {
      /**
       * @param {number} status
       * @param {string} reason
       * @param {string} headerText
       * @param {Uint8Array<ArrayBuffer> | undefined} content
       * @param {boolean} more
       */
      start: (status, reason, headerText, content, more) => {
        this.#setWaiting(key, false);
        const headers = exchange.answer(headerPairs(headerText));
        report.start({ status, reason, headers }, content, more);
        if (!more) this.#reports.delete(key);
        reply(
          { type: "http.response.start", id, status, reason, headers, body: content ?? null, more },
          content,
        );
        answered();
      },
      /**
       * @param {Uint8Array<ArrayBuffer> | undefined} content
       * @param {boolean} more
       */
      body: (content, more) => {
        report.body(content, more);
        if (!more) this.#reports.delete(key);
        reply({ type: "http.response.body", id, body: content ?? null, more }, content);
      },
      /** @param {string} reason */
      fail: (reason) => {
        this.#setWaiting(key, false);
        this.#cut(key);
        reply({ type: "http.response.error", id, message: reason });
      },
      /** @param {number} bytes */
      consumed: (bytes) => bytes > 0 && reply({ type: "http.request.credit", id, bytes }),
    };
    this.#setWaiting(key, true);
    const headers = headerText(exchange.headers);
    try {
      bridge.request(key, method, path, headers, bytesOf(body), more, responder, rootPath);
    } catch (error) {
      responder.fail(String(error));
      crash(error);
    }
  }

  /**
   * Ends those whose keys begin so: nobody waits for them any more.
   * @param {string} prefix
   */
  endAll(prefix) {
    this.#worker.bridge.disconnect_all(prefix);
    for (const key of [...this.#waiting.keys()]) if (key.startsWith(prefix)) this.#setWaiting(key, false);
    for (const key of [...this.#reports.keys()]) if (key.startsWith(prefix)) this.#cut(key);
  }

  /** The app has ended. */
  cutAll() {
    for (const key of [...this.#reports.keys()]) this.#cut(key);
  }

  /** @param {string} key of a request whose answer will not be whole */
  #cut(key) {
    this.#reports.get(key)?.cut();
    this.#reports.delete(key);
  }

  /**
   * @param {string} key of a request
   * @param {boolean} isWaiting
   */
  #setWaiting(key, isWaiting) {
    if (isWaiting) this.#waiting.set(key, performance.now());
    else if (!this.#waiting.delete(key)) return;
    const [oldest] = this.#waiting.values();
    const age = oldest === undefined ? null : performance.now() - oldest;
    this.#worker.post({ type: "waiting", age });
  }
}

/** @param {ArrayBuffer | null} buffer */
function bytesOf(buffer) {
  return buffer ? new Uint8Array(buffer) : undefined;
}
