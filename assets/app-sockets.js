// @ts-check
/**
 * The app's end of WebSockets, in the Python worker. The documentation page itself sends a port for each
 * (direct-socket.js). Pages and workers of the app reach it by
 * BroadcastChannel, which needs neither the service worker nor the documentation page between: one
 * channel for the app, where sockets ask to be connected, and then one for each socket.
 *
 * Nobody tells of a tab or worker that ends. So each end of a socket holds a Web Lock as long as it
 * lives, and waits for the other's.
 *
 * @import { HandshakeAnswer, HeaderPair, SocketClientMessage, SocketConnect, SocketAppMessage } from "./types.d.ts"
 */

import { headerPairs } from "./header-text.js";

/** Milliseconds for what a client that is gone has sent before: locks and messages keep no common order. */
const LAST_WORDS = 200;
const GOING_AWAY = 1001;
const ABNORMAL_CLOSURE = 1006;

/**
 * What the app does with one socket; called by the bridge (asgi_docs/runtime/bridge.py).
 * @typedef {object} SocketResponder
 * @property {(subprotocol: string, headers: string) => void} accept
 * @property {(status: number, headers: string) => void} refuse
 * @property {(data: string | Uint8Array<ArrayBuffer>, size: number) => void} send
 * @property {(code: number, reason: string) => void} close
 * @property {(size: number) => void} consumed
 */

/**
 * The app.
 * @typedef {object} SocketApp
 * @property {(headers: HeaderPair[], path: string) => { headers: HeaderPair[], answer: (headers: HeaderPair[]) => void }} exchange adds and keeps cookies
 * @property {(key: string, path: string, headers: HeaderPair[], responder: SocketResponder) => void} connect
 * @property {(key: string, data: string | Uint8Array, size: number) => void} message
 * @property {(key: string, size: number) => void} credit
 * @property {(key: string, code: number, reason: string) => void} close
 * @property {(key: string, code: number) => void} disconnect
 * @property {(answer: HandshakeAnswer) => void} answered the handshake
 */

export class AppSockets {
  #name;
  #keys;
  #app;
  #control;
  /** Sockets that ask before the app is there. */
  /** @type {SocketConnect[] | null} */ #early = [];
  /** What ends each that is open. @type {Set<() => void>} */ #open = new Set();

  /**
   * @param {string} mount URL path of the app's mount, without a slash at its end
   * @param {string} keys what the keys of its sockets begin with
   * @param {SocketApp} app
   */
  constructor(mount, keys, app) {
    this.#name = `asgi-docs:${mount}`;
    this.#keys = keys;
    this.#app = app;
    this.#control = new BroadcastChannel(this.#name);
    this.#control.onmessage = ({ data }) => {
      if (this.#early) this.#early.push(data);
      else this.#connectFar(data);
    };
  }

  /** The app can answer from now on. */
  open() {
    const early = this.#early ?? [];
    this.#early = null;
    for (const message of early) this.#connectFar(message);
  }

  /** No further sockets; those that are there go on. */
  close() {
    this.#control.close();
  }

  /** Those that are there end, too: their client is gone. */
  leaveAll() {
    for (const leave of this.#open) leave();
  }

  /** @param {SocketConnect} message */
  async #connectFar({ id, path, headers }) {
    const name = `${this.#name}:${id}`;
    const channel = new BroadcastChannel(name);
    const release = await holdLock(`${name}:app`);
    const ended = new AbortController();
    ended.signal.addEventListener("abort", release);
    const leave = this.connect({ id, path, headers }, channel, ended);
    navigator.locks
      .request(`${name}:client`, { signal: ended.signal }, () => void setTimeout(leave, LAST_WORDS))
      .catch(() => {}); // this end came first
  }

  /**
   * @param {SocketConnect} message
   * @param {BroadcastChannel | MessagePort} channel to the client
   * @param {AbortController} [ended] is aborted when it is over
   * @returns {() => void} what is to be done when the client is gone without a word
   */
  connect({ id, path, headers }, channel, ended = new AbortController()) {
    const key = this.#keys + id;
    /** @param {SocketAppMessage} answer */
    const post = (answer) => {
      if (!ended.signal.aborted) channel.postMessage(answer);
    };
    const end = () => {
      ended.abort();
      channel.close();
    };
    channel.onmessage = (event) => {
      /** @type {SocketClientMessage} */
      const data = event.data;
      switch (data.type) {
        case "message": {
          const content = typeof data.data === "string" ? data.data : new Uint8Array(data.data);
          this.#app.message(key, content, data.size);
          break;
        }
        case "credit":
          this.#app.credit(key, data.size);
          break;
        case "close":
          this.#app.close(key, data.code, data.reason);
          break;
        case "fail":
          this.#app.disconnect(key, ABNORMAL_CLOSURE);
          end();
          break;
      }
    };
    const leave = () => {
      if (ended.signal.aborted) return;
      this.#app.disconnect(key, GOING_AWAY); // as browsers tell a server when a page is left
      end();
    };
    this.#open.add(leave);
    ended.signal.addEventListener("abort", () => this.#open.delete(leave));
    post({ type: "connecting" });
    const began = performance.now();
    const exchange = this.#app.exchange(headers, path);
    /** @param {number} status @param {string} text */
    const answered = (status, text) => {
      exchange.answer(headerPairs(text));
      this.#app.answered({ key, path, status, reason: "", duration: performance.now() - began });
    };
    this.#app.connect(key, path, exchange.headers, {
      accept: (protocol, headers) => {
        answered(101, headers);
        post({ type: "accept", protocol });
      },
      refuse: (status, headers) => {
        answered(status, headers);
        post({ type: "refuse", status });
        end();
      },
      send: (data, size) => post({ type: "message", data, size }),
      close: (code, reason) => {
        post({ type: "close", code, reason });
        end();
      },
      consumed: (size) => post({ type: "credit", size }),
    });
    return leave;
  }
}

/**
 * Holds a lock until the returned function is called, or this worker ends.
 * @param {string} name
 * @returns {Promise<() => void>}
 */
function holdLock(name) {
  return new Promise((held) => {
    navigator.locks.request(name, () => new Promise((release) => held(() => release(undefined))));
  });
}
