// @ts-check
/**
 * One running app in one tab: its Python worker, its places in the service worker, its clients' cookies.
 *
 * @typedef {typeof import("./when-running.js")} WhenRunning
 * @import { AppSettings, BlockData, Cookie, CookieWrites, HeaderPair, KeptFiles, PythonMessage } from "./types.d.ts"
 */

import { savesData } from "./device.js";
import { Registration, ServiceWorkerUnavailable } from "./registration.js";
import { StartError } from "./start-error.js";
import { texts } from "./texts.js";

/** @typedef {import("./python-host.js").PythonHost} PythonHost */
/** @typedef {import("./reader-clients.js").ReaderClients} ReaderClients */

/** The output folder of the site, which the front end's own folder lies in. */
const root = new URL("../", import.meta.url);
const front = new URL("./", import.meta.url);
const registration = new Registration(root);
const isFit = async () => !(await registration.isOutdated(front));
/** @type {import("./spares.js").Spares<PythonHost> | null} once an app has started */
let spares = null;
/** @type {WhenRunning | null} likewise */
let whenRunning = null;
/** @type {typeof import("./python-host.js").PythonHost} */ let PythonHost;
/** @type {typeof import("./reader-clients.js").ReaderClients} */ let ReaderClients;

/** A page whose apps nobody runs does without the files; where they cannot be had, the start tells. */
export async function loadHost() {
  const files = [import("./python-host.js"), import("./reader-clients.js"), import("./retrying-worker.js")];
  const modules = Object.assign({}, ...(await Promise.all(files).catch(() => [])));
  ({ PythonHost, ReaderClients } = modules);
}

/** @type {(file: URL) => URL} */
const keptURL = (file) => registration.keptURL(file);
/** When the oldest request began that an app owes an answer to. @type {Map<Session, number>} */
const waiting = new Map();
/** Milliseconds for which a reader waits for an answer, and after which it is a long poll, say. */
const LONG_WAIT = 10_000;
const isBusy = () => [...waiting.values()].some((began) => performance.now() - began < LONG_WAIT);
/** Milliseconds for which a reader points at Run by chance. */
const CHANCE = 100;
/** What engines say when there is no room for one more WebAssembly memory. */
const OUT_OF_MEMORY = /out of memory|allocat/i;
/** Milliseconds after which they have freed that of workers which have ended. */
const MEMORY_RETURNS = 1_000;

export class Session {
  // In the URL of the mount, so that a request is only ever answered by this tab and this app.
  #token = randomToken();
  /** @type {ReaderClients | null} until the first start */ #clients = null;
  /** @type {PythonHost | null} */ #host = null;
  /** @type {AppClient | null} */ #client = null;
  #started = false;
  #anticipation = 0;
  #isWatched = false;
  /** @type {KeptFiles} what the app wrote when it ran last */ #written = [];
  /** @type {Record<string, string>} with which it ran */ #files = {};
  /** @type {{ failure: string } | null} whether its next start goes on with that */ keeping = null;

  /**
   * @param {BlockData} block
   * @param {(message: PythonMessage) => void} onMessage
   */
  constructor(block, onMessage) {
    this.block = block;
    this.onMessage = onMessage;
    /** @type {ServiceWorkerUnavailable | null} why there is no preview, if so */
    this.unavailable = null;
  }

  get #manifest() {
    return new URL(`environments/${this.block.environment}.json`, root).href;
  }

  /** Downloads what the app needs, as the reader seems about to start it. */
  anticipate() {
    if (this.#host || savesData()) return;
    clearTimeout(this.#anticipation);
    const download = async () => {
      if (!(await isFit())) return; // what is loaded by name may be gone
      const { store } = await import("./store.js");
      await store.download(this.#manifest, isFit);
    };
    this.#anticipation = setTimeout(() => download().catch(() => {}), CHANCE); // the start will tell
  }

  /** The absolute URL of the app's mount. */
  get baseURL() {
    return registration.mountOf(this.#token);
  }

  /** @param {number} client with a mount and cookies of its own, which outlive the app's restarts */
  async addClient(client) {
    const clients = /** @type {ReaderClients} */ (this.#clients);
    const joining = clients.add(client);
    this.#host?.join(joining);
    // The others' links stay: a new one would end what is under way.
    if (this.#host) await this.#link([client]);
    return joining.mount;
  }

  /** @param {number} client whose requests end, and whose cookies are forgotten */
  removeClient(client) {
    this.#clients?.remove(client);
    this.#host?.leave(client);
  }

  /**
   * Starts the app; resolves when it can answer.
   * @param {Record<string, string>} files
   * @throws {StartError}
   */
  async start(files) {
    const { app, binary, env, mount, lifespan } = this.block;
    const settings = { app, files, binary, env, mount, lifespan };
    // What the reader has edited since is not to be undone.
    this.#written = this.#written.filter(([path]) => files[path] === this.#files[path]);
    this.#files = files;
    const manifest = this.#manifest;
    clearTimeout(this.#anticipation);
    if (!PythonHost) {
      const { headline, whatToDo } = (await registration.isOutdated(front))
        ? texts.outdated
        : texts.incomplete;
      throw new StartError("download", whatToDo, headline);
    }
    this.#clients ??= new ReaderClients(this.#token, registration);
    this.#host?.terminate();
    const spare = spares?.take(manifest, settings);
    let host = spare ?? new PythonHost(manifest, settings, { keptURL });
    // The registration's own start goes on beside Python's; frames that wait are told so.
    this.#host = host;
    const linked = this.#link();
    linked.catch(() => {}); // awaited below
    const outdated = registration.isOutdated(front);
    const parts = outdated.then((isOutdated) => (isOutdated ? null : import("./when-running.js")));
    parts.catch(() => {}); // awaited below
    const started = this.#startIn(host, settings).catch(async (error) => {
      const lacksMemory = OUT_OF_MEMORY.test(error.detail);
      // A spare that is no good is nobody's business.
      if (!error.beforeApp || this.#host !== host || !(spare || lacksMemory)) throw error;
      host.terminate();
      if (lacksMemory) {
        spares?.giveUp();
        await new Promise((resolve) => setTimeout(resolve, MEMORY_RETURNS));
        if (this.#host !== host) throw error;
      }
      host = this.#host = new PythonHost(manifest, settings, { keptURL });
      return this.#startIn(host, settings);
    });
    started.catch(() => {}); // awaited below
    // Files of the old deploy may be missing, and the new one's not fit.
    if (await outdated) throw new StartError("download", texts.outdated.whatToDo, texts.outdated.headline);
    await started;
    whenRunning ??= await parts;
    const { Spares } = /** @type {WhenRunning} */ (whenRunning);
    this.#started = true;
    this.#client = new globalThis.asgiDocs.AppClient(host.connect("page", 1));
    await linked;
    if (this.#host === host) await this.#link();
    // A stop in the meantime has ended all this.
    if (this.#host !== host) throw new StartError("startup", texts.startCancelled);
    host.keep();
    spares ??= new Spares({
      make: (environment, like) => new PythonHost(environment, like, { isAhead: true, keptURL }),
      isFit,
      isBusy,
    });
    spares.provide(manifest, settings, { hasSnapshot: host.isRestored });
  }

  /**
   * @param {PythonHost} host
   * @param {AppSettings} settings
   */
  #startIn(host, settings) {
    if (this.#isWatched) host.watch();
    const kept = this.keeping ? this.#written : [];
    const clients = /** @type {ReaderClients} */ (this.#clients);
    return host.start({ settings, clients: clients.mounts, kept }, (message) => {
      // Of a worker that is on its way out, what the app's shutdown prints and does is all that matters.
      if (host !== this.#host && !/^(output|wire|response\.end)$/.test(message.type)) return;
      if (message.type === "cookies") clients.keep(message);
      else if (message.type === "waiting") this.#wait(message.age);
      this.onMessage(message);
    });
  }

  /** Ends the app; what is under way fails. */
  async stop() {
    const host = this.#host;
    const [, written] = await Promise.all([this.#end(), host?.stop()]);
    if (written !== undefined) this.#written = written ?? [];
    if (written === null && this.keeping)
      this.onMessage({ type: "output", stream: "stderr", text: `${this.keeping.failure}\n` });
  }

  /** Ends the app without its shutdown: it failed. */
  discard() {
    this.#host?.terminate();
    this.#end();
  }

  /**
   * Ends the app whose page goes away, element or all: its shutdown may run, and nobody waits for it.
   * A browser that unloads the page lets it do what needs no waiting, at best.
   */
  leave() {
    this.#host?.stop();
    this.#end();
  }

  /** @param {number | null} age of the oldest request that the app has not answered */
  #wait(age) {
    if (age === null) waiting.delete(this);
    else waiting.set(this, performance.now() - age);
  }

  #end() {
    waiting.delete(this);
    this.#host = null;
    this.#started = false;
    this.#client?.close(texts.stopped);
    this.#client = null;
    return this.#clients?.unlink();
  }

  /**
   * One request straight to the app, without the service worker; redirects are not followed.
   * @param {string} path
   * @param {RequestInit} [init]
   * @returns {Promise<Response & { rawHeaders: HeaderPair[] }>}
   */
  async fetch(path, init = {}) {
    if (typeof path !== "string" || /^[a-z][a-z\d+.-]*:/i.test(path)) throw new TypeError(texts.fetchPath);
    const client = this.#client;
    if (!client) throw new Error(texts.notStarted);
    return /** @type {WhenRunning} */ (whenRunning).ask(client, path, init);
  }

  /** Tells what passes between server and app, from now on and in later runs. */
  watch() {
    this.#isWatched = true;
    this.#host?.watch();
  }

  /**
   * A port to the running app, past the service worker.
   * @param {Parameters<PythonHost["open"]>[0]} message
   */
  open(message) {
    if (!this.#host || !this.#started) throw new Error(texts.notStarted);
    return this.#host.open(message);
  }

  /**
   * Passes on what the app's pages write to `document.cookie`; returns whether there is an app to take it.
   * @param {CookieWrites} writes
   * @param {number} client that shows them
   */
  writeCookies(writes, client) {
    this.#host?.writeCookies(writes, client);
    return this.#host !== null;
  }

  /**
   * Also those of an app that has ended: its next start goes on without them.
   * @param {number} client
   * @param {Cookie} [cookie] all of them, if none is named
   */
  forgetCookies(client, cookie) {
    const before = this.#clients?.cookiesOf(client) ?? [];
    const cookies = cookie ? before.filter((each) => each !== cookie) : [];
    this.#clients?.keep({ client, cookies });
    this.#host?.forgetCookies(client, cookie);
    this.onMessage({ type: "cookies", client, cookies });
  }

  /** @param {number[]} [which] of the clients; else all */
  async #link(which) {
    /** @param {number} client */
    const connect = (client) =>
      this.#started && this.#host ? this.#host.connect("service-worker", client) : null;
    try {
      await this.#clients?.link(connect, which);
      this.unavailable = null;
    } catch (error) {
      if (!(error instanceof ServiceWorkerUnavailable)) throw error;
      this.unavailable = error;
    }
  }
}

function randomToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return [...bytes].map((byte) => (byte % 36).toString(36)).join("");
}
