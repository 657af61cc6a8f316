// @ts-check
/**
 * The app as one of the reader's clients meets it, in the Python worker: its own mount, its own cookies, and the
 * requests and WebSockets that come by that mount.
 *
 * @import { AppRequests, PythonWorker } from "./app-requests.js"
 * @import { Asker, ClientMessage, ClientMount } from "./types.d.ts"
 */

import { AppCookies } from "./app-cookies.js";
import { AppSockets } from "./app-sockets.js";
import { keyPrefix } from "./client-keys.js";
import { headerText } from "./header-text.js";

/** Of all mounts, so that no two have a key in common. */
let ports = 0;

export class AppMount {
  /** @type {Map<Asker, { port: MessagePort, prefix: string }>} */ #ports = new Map();
  #client;
  #isGone = false;
  #rootPath;
  #requests;

  /**
   * @param {ClientMount} client
   * @param {PythonWorker} worker
   * @param {AppRequests} requests
   */
  constructor({ client, mount, cookies }, worker, requests) {
    const url = new URL(mount);
    const { post } = worker;
    this.#client = client;
    this.#rootPath = url.pathname.replace(/\/$/, "");
    this.#requests = requests;
    this.cookies = new AppCookies(url, cookies, (cookies) => {
      // Of an answer that comes too late; there may be a new client by then.
      if (!this.#isGone) post({ type: "cookies", client, cookies });
    });
    this.sockets = this.#makeSockets(worker);
  }

  /**
   * @param {MessagePort} port
   * @param {Asker} asker
   */
  connect(port, asker) {
    const prefix = `${keyPrefix(this.#client)}${++ports}.`;
    // A new port of the service worker means that the browser has stopped the old one.
    this.#disconnect(this.#ports.get(asker));
    const connection = { port, prefix };
    this.#ports.set(asker, connection);
    // Chromium tells it at once.
    port.addEventListener("close", () => this.#disconnect(connection));
    port.onmessage = (event) => {
      /** @type {ClientMessage} */
      const message = event.data;
      const key = prefix + message.id;
      if (message.type !== "http.request") return this.#requests.go(message, key);
      const exchange = this.cookies.exchange(message.headers, message.path);
      this.#requests.begin(message, key, { port, exchange, rootPath: this.#rootPath });
    };
  }

  /** The app ends: no further sockets, and no word more to its pages. */
  close() {
    this.sockets.close();
    this.cookies.close();
  }

  /** The client is gone, and the app goes on. */
  end() {
    this.#isGone = true;
    this.close();
    this.sockets.leaveAll();
    for (const connection of this.#ports.values()) this.#disconnect(connection);
  }

  /** @param {{ port: MessagePort, prefix: string }} [connection] with all that is under way by it */
  #disconnect(connection) {
    if (!connection) return;
    this.#requests.endAll(connection.prefix);
    connection.port.close();
  }

  /**
   * Their handshakes are requests like others.
   * @param {PythonWorker} worker
   */
  #makeSockets({ bridge, post, crash }) {
    return new AppSockets(this.#rootPath, keyPrefix(this.#client), {
      exchange: (headers, path) => this.cookies.exchange(headers, path),
      connect: (key, path, headers, responder) => {
        try {
          bridge.socket(key, path, headerText(headers), responder, this.#rootPath);
        } catch (error) {
          responder.refuse(500, "");
          crash(error);
        }
      },
      answered(answer) {
        const size = answer.status === 101 ? null : 0;
        post({ type: "response", method: "GET", size, ...answer });
      },
      message: (key, data, size) => bridge.socket_message(key, data, size),
      credit: (key, size) => bridge.socket_credit(key, size),
      close: (key, code, reason) => bridge.socket_close(key, code, reason),
      disconnect: (key, code) => bridge.socket_disconnect(key, code),
    });
  }
}
