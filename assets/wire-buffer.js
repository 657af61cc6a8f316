// @ts-check

/** Milliseconds between two messages to the page: an app may send thousands of chunks in a second. */
const INTERVAL = 50;

/** Sends what passes between server and app, in few messages. By the clock, as OutputBuffer does. */
export class WireBuffer {
  /** @type {string[]} */ #events = [];
  #sent = 0;
  #timer = 0;

  /** @param {(events: string[]) => void} send */
  constructor(send) {
    this.send = send;
  }

  /** @param {string} event JSON of asgi_docs/runtime/wire.py */
  add(event) {
    this.#events.push(event);
    if (performance.now() - this.#sent >= INTERVAL) this.flush();
    else this.#timer ||= setTimeout(() => this.flush(), INTERVAL);
  }

  flush() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#events.length === 0) return;
    this.#sent = performance.now();
    this.send(this.#events);
    this.#events = [];
  }
}
