// @ts-check
/**
 * Owns one Python worker, from its start to its end.
 *
 * @import { AppSettings, Asker, ClientMount, Cookie, CookieWrites, HostMessage, KeptFiles, PythonMessage, Stage } from "./types.d.ts"
 */

import { pageLanguage } from "./languages.js";
import { RetryingWorker } from "./retrying-worker.js";
import { StartError } from "./start-error.js";
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

const SCRIPT = new URL("python-worker.js", import.meta.url);

export class PythonHost {
  /** @type {((message: PythonMessage) => void) | null} */ #onMessage = null;
  // What concerns the app that will get this interpreter: where its preparation is, and what it printed.
  /** @type {PythonMessage | null} */ #progress = null;
  /** @type {PythonMessage[]} */ #printed = [];
  #worker;
  /** @type {Stage} */ #stage = "download";
  #timer = 0;
  #prepared = withResolvers();
  #started = withResolvers();
  #stopped = withResolvers();
  /** @type {KeptFiles | null | undefined} */ #written;
  #ended = false;

  /** Whether it has gone on from a snapshot; known when it is prepared. */
  isRestored = false;

  /**
   * Starts an interpreter, which waits for its app.
   * @param {string} environment URL of its manifest
   * @param {AppSettings} app that it is for, or that is like those that it is for
   * @param {object} [options]
   * @param {boolean} [options.isAhead] the app ran before: what its code begins with is imported ahead
   * @param {(file: URL) => URL} [options.keptURL] where a script is to be had without a network
   */
  constructor(environment, app, { isAhead = false, keptURL } = {}) {
    this.#worker = new RetryingWorker(SCRIPT, keptURL?.(SCRIPT));
    this.#worker.onmessage = (event) => {
      this.#receive(event.data);
      this.#tell(event.data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      // Of a script that could not be loaded, no browser says more.
      if (this.#stage !== "running") this.#fail(event.message || texts.incomplete.whatToDo);
      else this.#tell({ type: "output", stream: "stderr", text: `${event.message}\n` });
    };
    this.#post({ type: "prepare", environment, app, isAhead, language: pageLanguage() });
    this.#watch();
  }

  /** Resolves when an app can be started at once; rejects with a StartError. */
  get prepared() {
    return this.#prepared.promise;
  }

  /**
   * Resolves when the app's startup is done.
   * @param {Omit<Extract<HostMessage, { type: "start" }>, "type">} options
   * @param {(message: PythonMessage) => void} onMessage everything that the worker tells, for the page
   * @throws {StartError}
   */
  async start(options, onMessage) {
    this.#onMessage = onMessage;
    if (this.#progress) onMessage(this.#progress);
    this.#printed.forEach(onMessage);
    this.#printed = [];
    this.#post({ type: "start", ...options });
    this.#watch();
    await this.#started.promise;
  }

  /**
   * A new port to the app; the earlier one ends.
   * @param {Asker} asker
   * @param {number} client for which it asks
   */
  connect(asker, client) {
    return this.open({ type: "connect", asker, client });
  }

  /** @param {ClientMount} client that comes while the app runs */
  join(client) {
    this.#post({ type: "join", ...client });
  }

  /** @param {number} client */
  leave(client) {
    this.#post({ type: "leave", client });
  }

  /**
   * A port for what the message asks for.
   * @param {Extract<HostMessage, { type: "connect" | "routes" | "socket" }>} message
   */
  open(message) {
    const { port1, port2 } = new MessageChannel();
    this.#post(message, port1);
    return port2;
  }

  /** Keeps what was downloaded for later visits: it is good, and of this deploy. */
  keep() {
    this.#post({ type: "keep" });
  }

  /** Tells what passes between server and app, from now on. */
  watch() {
    this.#post({ type: "watch" });
  }

  /**
   * @param {CookieWrites} writes what the app's pages write to `document.cookie`
   * @param {number} client that shows them
   */
  writeCookies(writes, client) {
    this.#post({ type: "cookies", client, ...writes });
  }

  /**
   * @param {number} client whose they are
   * @param {Cookie} [cookie] all of them, if none is named
   */
  forgetCookies(client, cookie) {
    this.#post({ type: "forget", client, cookie });
  }

  /**
   * Ends the app: with its shutdown when it is able to, else at once.
   * @returns {Promise<KeptFiles | null | undefined>} what it has written; null if that cannot be had, nothing
   * if it has not run
   */
  async stop() {
    if (this.#ended) return;
    this.#fail(texts.startCancelled);
    this.#post({ type: "stop" });
    const limit = setTimeout(() => this.#cutShutdown(), SHUTDOWN_LIMIT);
    await this.#stopped.promise;
    clearTimeout(limit);
    this.terminate();
    return this.#written;
  }

  #cutShutdown() {
    if (this.#stage === "running")
      this.#tell({
        type: "output",
        stream: "stderr",
        text: `${texts.shutdownCut(SHUTDOWN_LIMIT / 1000)}\n`,
      });
    if (this.#stage === "running") this.#written = null;
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
    } else if (message.type === "prepared") {
      this.isRestored = message.isRestored;
      if (!this.#onMessage) clearTimeout(this.#timer); // a spare may wait as long as it likes
      this.#prepared.resolve();
    } else if (message.type === "started") {
      clearTimeout(this.#timer);
      this.#stage = "running";
      this.#started.resolve();
    } else if (message.type === "failed") {
      this.#stage = message.stage;
      this.#fail(message.message);
    } else if (message.type === "stopped") {
      this.#written = message.written;
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
    const error = new StartError(this.#stage, detail);
    this.#prepared.reject(error); // both without effect when that is done
    this.#started.reject(error);
  }

  /** @param {PythonMessage} message */
  #tell(message) {
    if (this.#onMessage) this.#onMessage(message);
    else if (message.type === "output") this.#printed.push(message);
    else this.#progress = message.type === "progress" ? message : null;
  }

  /**
   * @param {HostMessage} message
   * @param {MessagePort} [port]
   */
  #post(message, port) {
    this.#worker.postMessage(message, port ? [port] : []);
  }
}
