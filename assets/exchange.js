// @ts-check
/**
 * The client's end of a port to a Python worker: requests out, responses in, both streamed.
 *
 * The service worker loads this file as a classic script and the page as a module, so it neither
 * imports nor exports: it puts `AppClient` on `globalThis.asgiDocs`.
 *
 * @import { AppMessage, AppRequest, ClientMessage } from "./types.d.ts"
 */

{
  /** Request bytes that may be on their way before the body's reader waits for the app. */
  const REQUEST_WINDOW = 1 << 20;
  /** Request bytes in one message. */
  const REQUEST_PIECE = 1 << 18;
  /** Response bytes that are kept for a reader that takes nothing. */
  const RESPONSE_QUEUE = 1 << 18;
  /** Milliseconds without a sign of life until the response's head; long polls stay well below it. */
  const HEAD_LIMIT = 120_000;

  /**
   * @typedef {object} Exchange One request and its response.
   * @property {(response: import("./types.d.ts").AppResponse) => void} resolve
   * @property {(reason: Error) => void} reject
   * @property {ReadableStreamDefaultController<Uint8Array> | null} controller of the response body
   * @property {number} owed bytes taken from the port and not yet credited to the app
   * @property {number} credit request bytes that may still be sent
   * @property {(() => void) | null} wake continues a request body that waits for credit
   * @property {ReadableStreamDefaultReader<Uint8Array> | null} reader of the request body
   * @property {AbortController} ended tells listeners that it is over
   * @property {string} path
   * @property {boolean} headed the response has begun
   * @property {ReturnType<typeof setTimeout> | undefined} limit until the head is there
   */

  class AppClient {
    /** @type {MessagePort} */ #port;
    /** @type {Map<number, Exchange>} */ #exchanges = new Map();
    #count = 0;
    /** @type {string | null} */ #closed = null;

    /** @param {MessagePort} port */
    constructor(port) {
      this.#port = port;
      port.onmessage = (event) => this.#receive(event.data);
    }

    /**
     * Sends one request; resolves when the response's head is there.
     * @param {AppRequest} request
     * @returns {Promise<import("./types.d.ts").AppResponse>}
     */
    request({ method, path, headers, body, signal }) {
      const id = ++this.#count;
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        // A message to a closed port is lost without a word.
        if (this.#closed !== null) return reject(new Error(this.#closed));
        const ended = new AbortController();
        this.#exchanges.set(id, {
          resolve,
          reject,
          controller: null,
          owed: 0,
          credit: REQUEST_WINDOW,
          wake: null,
          reader: null,
          ended,
          path,
          headed: false,
          limit: undefined,
        });
        this.#await(id);
        signal?.addEventListener("abort", () => this.#abandon(id, signal.reason), { signal: ended.signal });
        if (body instanceof ReadableStream) {
          this.#post({ type: "http.request", id, method, path, headers, body: null, more: true });
          this.#sendBody(id, body);
        } else {
          this.#post({ type: "http.request", id, method, path, headers, body, more: false }, body);
        }
      });
    }

    /**
     * Ends everything that is under way: the app is gone.
     * @param {string} reason
     */
    close(reason) {
      this.#closed = reason;
      for (const id of [...this.#exchanges.keys()]) this.#fail(id, new Error(reason));
      this.#port.close();
    }

    /**
     * @param {ClientMessage} message
     * @param {ArrayBuffer | null} [body]
     */
    #post(message, body) {
      this.#port.postMessage(message, body ? [body] : []);
    }

    /**
     * @param {number} id
     * @param {ReadableStream<Uint8Array>} stream
     */
    async #sendBody(id, stream) {
      const reader = stream.getReader();
      const exchange = this.#exchanges.get(id);
      if (!exchange) return void reader.cancel();
      exchange.reader = reader;
      try {
        for (;;) {
          const { done, value } = await reader.read();
          if (exchange.ended.signal.aborted) return;
          if (done) return this.#post({ type: "http.request.body", id, body: null, more: false });
          if (!(value instanceof Uint8Array))
            throw new TypeError("A request body is a stream of Uint8Array.");
          for (let begin = 0; begin < value.byteLength; begin += REQUEST_PIECE) {
            const body = /** @type {ArrayBuffer} */ (value.slice(begin, begin + REQUEST_PIECE).buffer);
            exchange.credit -= body.byteLength;
            this.#post({ type: "http.request.body", id, body, more: true }, body);
          }
          this.#await(id);
          if (exchange.credit <= 0)
            await new Promise((wake) => {
              exchange.wake = () => wake(undefined);
            });
        }
      } catch (error) {
        this.#abandon(id, /** @type {Error} */ (error));
      }
    }

    /**
     * Waits for the head, from now on: the app took or was sent something.
     * @param {number} id
     */
    #await(id) {
      const exchange = this.#exchanges.get(id);
      if (!exchange || exchange.headed) return;
      clearTimeout(exchange.limit);
      const late = () => {
        const text = `The app has not begun to answer ${exchange.path} within ${HEAD_LIMIT / 1000} seconds.`;
        this.#abandon(id, new DOMException(text, "TimeoutError"));
      };
      exchange.limit = setTimeout(late, HEAD_LIMIT);
    }

    /** @param {AppMessage} message */
    #receive(message) {
      const exchange = this.#exchanges.get(message.id);
      if (!exchange) return;
      switch (message.type) {
        case "http.response.start": {
          const { status, headers, reason } = message;
          clearTimeout(exchange.limit);
          exchange.headed = true;
          const body = message.more ? this.#bodyStream(message.id, exchange, message.body) : message.body;
          exchange.resolve({ status, reason, headers, body });
          if (!message.more) this.#end(message.id);
          break;
        }
        case "http.response.body":
          if (message.body) this.#enqueue(message.id, exchange, message.body);
          if (!message.more) {
            exchange.controller?.close();
            this.#end(message.id);
          }
          break;
        case "http.request.credit":
          exchange.credit += message.bytes;
          this.#await(message.id);
          if (exchange.credit > 0) exchange.wake?.();
          break;
        case "http.response.error":
          this.#fail(message.id, new Error(message.message));
          break;
      }
    }

    /**
     * @param {number} id
     * @param {Exchange} exchange
     * @param {Uint8Array<ArrayBuffer> | null} first
     * @returns {ReadableStream<Uint8Array>}
     */
    #bodyStream(id, exchange, first) {
      /** @type {QueuingStrategy<Uint8Array>} */
      const strategy = new ByteLengthQueuingStrategy({ highWaterMark: RESPONSE_QUEUE });
      return new ReadableStream(
        {
          start: (controller) => {
            exchange.controller = controller;
            if (first) this.#enqueue(id, exchange, first);
          },
          pull: () => this.#creditOwed(id, exchange),
          cancel: (reason) => this.#abandon(id, reason),
        },
        strategy,
      );
    }

    /**
     * @param {number} id
     * @param {Exchange} exchange
     * @param {Uint8Array<ArrayBuffer>} chunk
     */
    #enqueue(id, exchange, chunk) {
      exchange.owed += chunk.byteLength;
      exchange.controller?.enqueue(chunk);
      if ((exchange.controller?.desiredSize ?? 0) > 0) this.#creditOwed(id, exchange);
    }

    /**
     * @param {number} id
     * @param {Exchange} exchange
     */
    #creditOwed(id, exchange) {
      if (exchange.owed === 0) return;
      this.#post({ type: "http.response.credit", id, bytes: exchange.owed });
      exchange.owed = 0;
    }

    /**
     * The client goes away before the response is complete.
     * @param {number} id
     * @param {Error} reason
     */
    #abandon(id, reason) {
      if (!this.#exchanges.has(id)) return;
      this.#post({ type: "http.disconnect", id });
      this.#fail(id, reason);
    }

    /**
     * @param {number} id
     * @param {Error} error
     */
    #fail(id, error) {
      const exchange = this.#exchanges.get(id);
      this.#end(id);
      exchange?.reject(error); // without effect once the head has been handed over
      try {
        exchange?.controller?.error(error);
      } catch {
        // the reader has cancelled the stream itself
      }
    }

    /** @param {number} id */
    #end(id) {
      const exchange = this.#exchanges.get(id);
      if (!exchange) return;
      this.#exchanges.delete(id);
      clearTimeout(exchange.limit);
      exchange.ended.abort();
      exchange.wake?.();
      exchange.reader?.cancel().catch(() => {}); // the app wants no more of the body
    }
  }

  globalThis.asgiDocs = Object.assign(globalThis.asgiDocs ?? {}, { AppClient });
}
