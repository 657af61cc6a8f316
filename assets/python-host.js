// @ts-check
/**
 * Owns one Python worker, from its start to its end.
 *
 * @import { Client, HostMessage, PythonMessage, Stage } from "./types.d.ts"
 */

import { texts } from "./texts.js";
import { withResolvers } from "./with-resolvers.js";

/** Milliseconds without any sign of life in a stage. */
const TIME_LIMITS = {
  download: 60_000,
  interpreter: 60_000,
  import: 60_000,
  startup: 60_000,
};
/** For the app's shutdown, before the worker is terminated. */
const SHUTDOWN_LIMIT = 1_000;

/** The start failed; `stage` tells where, and the message what the reader should know. */
export class StartError extends Error {
  name = "StartError";

  /**
   * @param {Stage} stage
   * @param {string} detail
   * @param {string} [headline]
   */
  constructor(stage, detail, headline = texts.failures[stage]) {
    super(`${headline} ${detail}`);
    this.stage = stage;
    this.headline = headline;
    this.detail = detail;
  }
}

export class PythonHost {
  #onMessage;
  #worker = new Worker(new URL("python-worker.js", import.meta.url), { type: "module" });
  /** @type {Stage} */ #stage = "download";
  #timer = 0;
  #started = withResolvers();
  #stopped = withResolvers();
  #ended = false;

  /** @param {(message: PythonMessage) => void} onMessage everything that the worker tells, for the page */
  constructor(onMessage) {
    this.#onMessage = onMessage;
    this.#worker.onmessage = (event) => {
      this.#receive(event.data);
      onMessage(event.data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      if (this.#stage !== "running") this.#fail(event.message);
      else onMessage({ type: "output", stream: "stderr", text: `${event.message}\n` });
    };
  }

  /**
   * Resolves when the app's startup is done.
   * @param {Omit<Extract<HostMessage, { type: "start" }>, "type">} options
   * @throws {StartError}
   */
  async start(options) {
    this.#post({ type: "start", ...options });
    this.#watch();
    await this.#started.promise;
  }

  /**
   * A new port to the app; the client's earlier one ends.
   * @param {Client} client
   */
  connect(client) {
    const { port1, port2 } = new MessageChannel();
    this.#post({ type: "connect", client }, port1);
    return port2;
  }

  /** @param {CookieWrites} writes what the app's pages write to `document.cookie` */
  writeCookies(writes) {
    this.#post({ type: "cookies", ...writes });
  }

  /** Ends the app: with its shutdown when it is able to, else at once. */
  async stop() {
    if (this.#ended) return;
    this.#fail(texts.startCancelled);
    this.#post({ type: "stop" });
    const limit = setTimeout(() => this.#cutShutdown(), SHUTDOWN_LIMIT);
    await this.#stopped.promise;
    clearTimeout(limit);
    this.terminate();
  }

  #cutShutdown() {
    if (this.#stage === "running")
      this.#onMessage({
        type: "output",
        stream: "stderr",
        text: `${texts.shutdownCut(SHUTDOWN_LIMIT / 1000)}\n`,
      });
    this.#stopped.resolve();
  }

  /** Ends the worker at once. */
  terminate() {
    this.#ended = true;
    this.#worker.terminate();
    this.#fail(texts.startCancelled);
    this.#stopped.resolve();
  }

  /** @param {PythonMessage} message */
  #receive(message) {
    if (message.type === "progress") {
      this.#stage = message.stage;
      this.#watch();
    } else if (message.type === "started") {
      clearTimeout(this.#timer);
      this.#stage = "running";
      this.#started.resolve();
    } else if (message.type === "failed") {
      this.#stage = message.stage;
      this.#fail(message.message);
    } else if (message.type === "stopped") {
      this.#stopped.resolve();
    }
  }

  #watch() {
    clearTimeout(this.#timer);
    if (this.#stage === "running") return;
    const limit = TIME_LIMITS[this.#stage];
    this.#timer = setTimeout(() => this.#fail(texts.tookTooLong(limit / 1000)), limit);
  }

  /** @param {string} detail */
  #fail(detail) {
    clearTimeout(this.#timer);
    this.#started.reject(new StartError(this.#stage, detail)); // without effect once it has started
  }

  /**
   * @param {HostMessage} message
   * @param {MessagePort} [port]
   */
  #post(message, port) {
    this.#worker.postMessage(message, port ? [port] : []);
  }
}
