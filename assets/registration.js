// @ts-check
/**
 * The service worker of a page: one registration, whose registration scope lies below our own output
 * folder, so that it never controls a documentation page.
 *
 * @import { PageMessage, ServiceWorkerMessage } from "./types.d.ts"
 */

import { texts } from "./texts.js";
import { withResolvers } from "./with-resolvers.js";

const PROTOCOL = 1;
const ACTIVATION_TIMEOUT = 20_000;
const LINK_TIMEOUT = 3_000;
const CHECK_TIMEOUT = 5_000;
/**
 * Firefox stops a service worker after 30 s, even under an open stream, unless something reaches it. A
 * hidden page goes on with its pings: a stream of its app's own tab, or one that plays on, needs them.
 */
const PING_INTERVAL = 10_000;

/** There is no preview here; the message tells the reader why and what to do. */
export class ServiceWorkerUnavailable extends Error {
  name = "ServiceWorkerUnavailable";
}

/**
 * @typedef {() => MessagePort | null} Connect makes a new port to an app's Python worker; null while it starts
 */

/** The page's part of the links between its apps and the service worker. */
export class Registration {
  /** @type {Promise<ServiceWorkerRegistration> | undefined} */ #ready;
  /** The apps of this page, by token; null once stopped. */
  /** @type {Map<string, Connect | null>} */ #apps = new Map();
  /** Links that have been sent and not yet acknowledged, by token. */
  /** @type {Map<string, ReturnType<typeof withResolvers>>} */ #pending = new Map();
  #timer = 0;
  #script;

  /** @param {URL} root the output folder */
  constructor(root) {
    this.root = root;
    this.#script = new URL("service-worker.js", root);
    this.registrationScope = new URL(`live/${pageKey()}/`, root);
    serviceWorkers()?.addEventListener("message", (event) => this.#receive(event));
    // In the back/forward cache the page keeps its apps, but cannot answer for them.
    addEventListener("pagehide", () =>
      this.#forEachRunning((token) => this.#post({ type: "unlink", token })),
    );
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted) this.#forEachRunning((token) => this.#send(token).catch(() => {}));
    });
  }

  /**
   * The absolute URL of an app's mount.
   * @param {string} token
   */
  mountOf(token) {
    return new URL(`~${token}/`, this.registrationScope).href;
  }

  /**
   * Where the service worker has a file of the front end, network or not.
   * @param {URL} file
   */
  keptURL(file) {
    return new URL(file.href.slice(this.root.href.length), this.registrationScope);
  }

  /**
   * Links an app, and keeps it linked until `unlink`.
   * @param {string} token
   * @param {Connect} connect
   * @throws {ServiceWorkerUnavailable}
   */
  async link(token, connect) {
    this.#apps.set(token, connect);
    this.#ready ??= this.#register().catch((error) => {
      this.#ready = undefined;
      throw error;
    });
    await this.#ready;
    // Unacknowledged, a request could still go to the port of a Python worker that is gone.
    await this.#send(token);
    if (this.#apps.get(token)) this.#timer ||= setInterval(() => this.#ping(), PING_INTERVAL);
  }

  /**
   * Whether the site has another front end by now than the page that this runs in: `folder` is that one's.
   * A part of the old and a part of the new would not fit together.
   * @param {URL} folder
   */
  async isOutdated(folder) {
    const front = folder.href.slice(this.root.href.length);
    const signal = AbortSignal.timeout(CHECK_TIMEOUT);
    try {
      const response = await fetch(this.#script, { cache: "no-cache", signal });
      return response.ok && !(await response.text()).includes(`"${front}service-worker.js"`);
    } catch {
      return false; // offline, say
    }
  }

  /**
   * Ends an app's link; requests to its mount are told at once that it is stopped.
   * @param {string} token
   */
  async unlink(token) {
    if (!this.#apps.has(token)) return;
    this.#apps.set(token, null);
    this.#pending.get(token)?.resolve(); // of the app that ends; the next one sends its own
    this.#pending.delete(token);
    if ([...this.#apps.values()].every((connect) => connect === null)) {
      clearInterval(this.#timer);
      this.#timer = 0;
    }
    await this.#post({ type: "unlink", token });
  }

  async #register() {
    if (!globalThis.isSecureContext) throw new ServiceWorkerUnavailable(texts.unavailable.insecure);
    const container = serviceWorkers();
    if (!container) throw new ServiceWorkerUnavailable(texts.unavailable.unsupported);
    container.startMessages();
    try {
      // 'none': a deploy must be noticed whatever the host says about caching the imported files.
      const options = /** @type {const} */ ({ scope: this.registrationScope.href, updateViaCache: "none" });
      const registration = await container.register(this.#script, options);
      // Of what an earlier deploy has registered, the page and its app's frames must not be served. Offline,
      // say, it goes on all the same.
      if (registration.active) await registration.update().catch(() => {});
      await activation(registration);
      return registration;
    } catch (error) {
      throw unavailable(error);
    }
  }

  /**
   * Sends a link and waits for its acknowledgement, or for one that is on its way already.
   * @param {string} token
   * @returns {Promise<void>}
   */
  async #send(token) {
    const pending = this.#pending.get(token);
    if (pending) return pending.promise;
    const port = this.#apps.get(token)?.();
    if (!port) return;
    const link = withResolvers();
    const timer = setTimeout(link.resolve, LINK_TIMEOUT); // it will ask when a request comes
    this.#pending.set(token, link);
    await this.#post({ type: "link", protocol: PROTOCOL, token }, port);
    return link.promise.finally(() => {
      clearTimeout(timer);
      if (this.#pending.get(token) === link) this.#pending.delete(token);
    });
  }

  /** @param {MessageEvent} event */
  #receive(event) {
    /** @type {ServiceWorkerMessage} */
    const message = event.data;
    const { token } = message;
    const connect = this.#apps.get(token);
    if (connect === undefined) return; // another page's
    if (message.type === "linked") {
      const link = this.#pending.get(token);
      if (message.protocol === PROTOCOL) link?.resolve();
      else link?.reject(new ServiceWorkerUnavailable(texts.unavailable.outdated));
    } else if (message.type === "need-link") {
      post(/** @type {ServiceWorker} */ (event.source), { type: connect ? "link-later" : "unlink", token });
      this.#send(token).catch(() => {}); // whoever links the app hears of it
    }
  }

  #ping() {
    /** @type {string[]} */ const tokens = [];
    this.#forEachRunning((token) => tokens.push(token));
    this.#post({ type: "ping", tokens });
  }

  /** @param {(token: string) => void} action */
  #forEachRunning(action) {
    for (const [token, connect] of this.#apps) if (connect) action(token);
  }

  /**
   * @param {PageMessage} message
   * @param {MessagePort} [port]
   */
  async #post(message, port) {
    const registration = await this.#ready?.catch(() => undefined);
    post(registration?.active, message, port);
  }
}

/** A sandboxed page may not even ask for it. */
function serviceWorkers() {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined;
  }
}

/**
 * @param {ServiceWorker | null | undefined} serviceWorker
 * @param {PageMessage} message
 * @param {MessagePort} [port]
 */
function post(serviceWorker, message, port) {
  serviceWorker?.postMessage(message, port ? [port] : []);
}

/**
 * `navigator.serviceWorker.ready` never settles here: the page lies outside the registration scope.
 * @param {ServiceWorkerRegistration} registration
 */
function activation(registration) {
  const serviceWorker = registration.installing ?? registration.waiting;
  if (!serviceWorker) return;
  return new Promise((resolve, reject) => {
    /** @param {string} reason */
    const fail = (reason) => (registration.active ? resolve(undefined) : reject(new Error(reason)));
    const timer = setTimeout(() => fail("no activation"), ACTIVATION_TIMEOUT);
    serviceWorker.addEventListener("statechange", () => {
      if (serviceWorker.state !== "activated" && serviceWorker.state !== "redundant") return;
      clearTimeout(timer);
      if (serviceWorker.state === "activated") resolve(undefined);
      else fail("redundant");
    });
  });
}

/** @param {unknown} error */
function unavailable(error) {
  const blocked = error instanceof DOMException && error.name === "SecurityError";
  const text = blocked ? texts.unavailable.blocked : texts.unavailable.failed;
  return new ServiceWorkerUnavailable(text, { cause: error });
}

/** One registration scope per page: its path, as one readable and unique segment. */
function pageKey() {
  const path = location.pathname.replace(/index\.html$/, "");
  let hash = 5381;
  for (const character of path) hash = (Math.imul(hash, 33) ^ (character.codePointAt(0) ?? 0)) >>> 0;
  const name = path
    .replace(/\.html$|\/$/g, "")
    .split("/")
    .pop()
    ?.replace(/[^\w-]+/g, "-")
    .slice(0, 40);
  return `${name || "index"}-${hash.toString(36)}`;
}
