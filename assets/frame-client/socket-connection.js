// @ts-check
/**
 * A WebSocket's way to the app: the client's end of app-sockets.js.
 */

{
  const frame = globalThis.asgiDocsFrame;

  /** Milliseconds for what an app that is gone has sent before: locks and messages keep no common order. */
  const LAST_WORDS = 200;
  /** Milliseconds without a sign of the app until the service worker is asked whether it is there. */
  const PATIENCE = 1_000;

  const { fetch } = globalThis;

  class SocketConnection {
    #name;
    #channel;
    #on;
    #done = new AbortController();
    /** @type {() => void} */ #release = () => {};
    #answered = false;

    /**
     * @param {string} path
     * @param {import("../types.d.ts").HeaderPair[]} headers
     * @param {{ message: (message: import("../types.d.ts").SocketAppMessage) => void, lost: () => void }} on `lost`: the app is gone without a word
     */
    constructor(path, headers, on) {
      const id = randomId();
      const app = `asgi-docs:${frame.mount}`;
      this.#name = `${app}:${id}`;
      this.#channel = new BroadcastChannel(this.#name);
      this.#on = on;
      this.#channel.onmessage = (event) => {
        /** @type {import("../types.d.ts").SocketAppMessage} */
        const message = event.data;
        this.#answered = true;
        if (message.type === "connecting") this.#watch();
        on.message(message);
      };
      this.#connect(app, { id, path, headers });
    }

    /**
     * @param {string} app
     * @param {import("../types.d.ts").SocketConnect} request
     */
    async #connect(app, request) {
      const release = await holdLock(`${this.#name}:client`);
      this.#release = release;
      if (this.#done.signal.aborted) return release();
      const control = new BroadcastChannel(app);
      control.postMessage(request);
      control.close();
      setTimeout(() => this.#look(), PATIENCE);
    }

    /** Whether the app is there and only busy. */
    async #look() {
      if (this.#answered || this.#done.signal.aborted) return;
      const response = await fetch(`${frame.mount}/`, { headers: { "x-asgi-docs-probe": "1" } }).catch(
        () => null,
      );
      if (this.#answered) return;
      if (response?.status === 204) setTimeout(() => this.#look(), PATIENCE);
      else this.#lose();
    }

    /** The app holds its lock from its first message on. */
    #watch() {
      navigator.locks
        .request(
          `${this.#name}:app`,
          { signal: this.#done.signal },
          () => void setTimeout(() => this.#lose(), LAST_WORDS),
        )
        .catch(() => {}); // this end came first
    }

    #lose() {
      if (this.#done.signal.aborted) return;
      this.end();
      this.#on.lost();
    }

    /** @param {import("../types.d.ts").SocketClientMessage} message */
    post(message) {
      if (!this.#done.signal.aborted) this.#channel.postMessage(message);
    }

    end() {
      this.#done.abort();
      this.#channel.close();
      this.#release();
    }
  }

  /**
   * Holds a lock until the returned function is called, or this page or worker ends.
   * @param {string} name
   * @returns {Promise<() => void>}
   */
  function holdLock(name) {
    return new Promise((held) => {
      navigator.locks.request(name, () => new Promise((release) => held(() => release(undefined))));
    });
  }

  function randomId() {
    return [...crypto.getRandomValues(new Uint8Array(12))]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
  }

  frame.SocketConnection = SocketConnection;
}
