// @ts-check
/**
 * One running app in one tab: its Python worker, its place in the service worker, its cookies.
 *
 * @import { AppSettings, BlockData, Cookie, CookieWrites, HeaderPair, PythonMessage } from "./types.d.ts"
 */

import { savesData } from "./device.js";
import { PythonHost, StartError } from "./python-host.js";
import { Registration, ServiceWorkerUnavailable } from "./registration.js";
import { texts } from "./texts.js";

/** The output folder of the site, which the front end's own folder lies in. */
const root = new URL("../", import.meta.url);
const front = new URL("./", import.meta.url);
const registration = new Registration(root);
const isFit = async () => !(await registration.isOutdated(front));
/** @type {import("./spares.js").Spares<PythonHost> | null} once an app has started */
let spares = null;
/** @type {(file: URL) => URL} */
const keptURL = (file) => registration.keptURL(file);
/** Milliseconds for which a reader points at Run by chance. */
const CHANCE = 100;
/** What engines say when there is no room for one more WebAssembly memory. */
const OUT_OF_MEMORY = /out of memory|allocat/i;
/** Milliseconds after which they have freed that of workers which have ended. */
const MEMORY_RETURNS = 1_000;

export class Session {
  // In the URL of the mount, so that a request is only ever answered by this tab and this app.
  #token = randomToken();
  /** @type {PythonHost | null} */ #host = null;
  /** @type {AppClient | null} */ #client = null;
  /** @type {Cookie[]} */ #cookies = [];
  #started = false;
  #anticipation = 0;
  #isWatched = false;

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

  /**
   * Starts the app; resolves when it can answer.
   * @param {Record<string, string>} files
   * @throws {StartError}
   */
  async start(files) {
    const { app, binary, env, mount, lifespan } = this.block;
    const settings = { app, files, binary, env, mount, lifespan };
    const manifest = this.#manifest;
    clearTimeout(this.#anticipation);
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
    const { Spares } = /** @type {typeof import("./when-running.js")} */ (await parts);
    this.#started = true;
    this.#client = new globalThis.asgiDocs.AppClient(host.connect("page"));
    await linked;
    if (this.#host === host) await this.#link();
    // A stop in the meantime has ended all this.
    if (this.#host !== host) throw new StartError("startup", texts.startCancelled);
    host.keep();
    spares ??= new Spares({
      make: (environment, like) => new PythonHost(environment, like, { isAhead: true, keptURL }),
      isFit,
    });
    spares.provide(manifest, settings, { hasSnapshot: host.isRestored });
  }

  /**
   * @param {PythonHost} host
   * @param {AppSettings} settings
   */
  #startIn(host, settings) {
    if (this.#isWatched) host.watch();
    return host.start({ settings, mount: this.baseURL, cookies: this.#cookies }, (message) => {
      // Of a worker that is on its way out, what the app's shutdown prints and does is all that matters.
      if (host !== this.#host && !/^(output|wire|response\.end)$/.test(message.type)) return;
      if (message.type === "cookies") this.#cookies = message.cookies;
      this.onMessage(message);
    });
  }

  /** Ends the app; what is under way fails. */
  async stop() {
    const host = this.#host;
    await Promise.all([this.#end(), host?.stop()]);
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

  #end() {
    this.#host = null;
    this.#started = false;
    this.#client?.close(texts.stopped);
    this.#client = null;
    return registration.unlink(this.#token);
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
    const { method } = new Request(registration.root, { method: init.method }); // checked and normalized
    const { body, headers } = await encode(init);
    if (init.credentials === "omit") headers.push(["x-asgi-docs-credentials", "omit"]);
    const { pathname, search } = new URL(`http://app${path.startsWith("/") ? path : `/${path}`}`);
    const response = await client.request({
      method,
      path: pathname + search,
      headers,
      body,
      signal: init.signal ?? undefined,
    });
    try {
      return toResponse(response, method);
    } catch (error) {
      if (response.body instanceof ReadableStream) response.body.cancel().catch(() => {});
      throw error;
    }
  }

  /** Tells what passes between server and app, from now on and in later runs. */
  watch() {
    this.#isWatched = true;
    this.#host?.watch();
  }

  /**
   * Passes on what the app's pages write to `document.cookie`; returns whether there is an app to take it.
   * @param {CookieWrites} writes
   */
  writeCookies(writes) {
    this.#host?.writeCookies(writes);
    return this.#host !== null;
  }

  /** Those of the app, also of one that has ended: its next start goes on with them. */
  get cookies() {
    return this.#cookies;
  }

  /** @param {Cookie} [cookie] all of them, if none is named */
  forgetCookies(cookie) {
    this.#cookies = cookie ? this.#cookies.filter((each) => each !== cookie) : [];
    this.#host?.forgetCookies(cookie);
    this.onMessage({ type: "cookies", cookies: this.#cookies });
  }

  async #link() {
    try {
      await registration.link(this.#token, () =>
        this.#started && this.#host ? this.#host.connect("service-worker") : null,
      );
      this.unavailable = null;
    } catch (error) {
      if (!(error instanceof ServiceWorkerUnavailable)) throw error;
      this.unavailable = error;
    }
  }
}

/**
 * @param {RequestInit} init
 * @returns {Promise<{ body: ArrayBuffer | ReadableStream<Uint8Array> | null, headers: HeaderPair[] }>}
 */
async function encode({ body, headers: given }) {
  /** @type {HeaderPair[]} */
  // One by one: a browser's Headers would join what stands twice; it also checks names and values.
  const headers = Array.isArray(given)
    ? given.flatMap((pair) => [...new Headers([pair])])
    : [...new Headers(given)];
  /** @param {string} name @param {string | null} value */
  const setDefault = (name, value) => {
    if (value !== null && !headers.some(([known]) => known === name)) headers.push([name, value]);
  };
  setDefault("accept", "*/*");
  setDefault("accept-encoding", globalThis.asgiDocs.acceptEncoding);
  setDefault("user-agent", navigator.userAgent);
  if (body === undefined || body === null) return { body: null, headers };
  const encoded = new Response(body);
  setDefault("content-type", encoded.headers.get("content-type"));
  if (body instanceof ReadableStream) {
    setDefault("transfer-encoding", "chunked");
    return { body: encoded.body, headers };
  }
  const { body: content, framing } = await globalThis.asgiDocs.framed(await encoded.blob());
  for (const [name, value] of framing) setDefault(name, value);
  return { body: content, headers };
}

/**
 * @param {import("./types.d.ts").AppResponse} response
 * @param {string} method
 * @returns {Response & { rawHeaders: HeaderPair[] }}
 */
function toResponse({ status, reason, headers: rawHeaders, body }, method) {
  const headers = new Headers();
  for (const [name, value] of rawHeaders) headers.append(name, value);
  const empty = method === "HEAD" || [204, 205, 304].includes(status);
  const codings = headers.get("content-encoding");
  const content = (body && codings && globalThis.asgiDocs.decoded(body, codings)) || body;
  const response = new Response(empty ? null : content, { status, statusText: reason, headers });
  // A browser's Headers drop Set-Cookie and join what stands twice.
  return Object.defineProperty(/** @type {any} */ (response), "rawHeaders", { value: rawHeaders });
}

function randomToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return [...bytes].map((byte) => (byte % 36).toString(36)).join("");
}
