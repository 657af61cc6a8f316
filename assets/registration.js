// @ts-check
/**
 * The service worker of a page: one registration, whose registration scope lies below our own output
 * folder, so that it never controls a documentation page.
 *
 * @import { PageMessage, ServiceWorkerMessage } from "./types.d.ts"
 */

import { texts } from "./texts.js";

const PROTOCOL = 1;
const ACTIVATION_TIMEOUT = 20_000;
const LINK_TIMEOUT = 3_000;
/** Firefox stops a service worker after 30 s, even under an open stream, unless something reaches it. */
const PING_INTERVAL = 10_000;

/** There is no preview here; the message tells the reader why and what to do. */
export class ServiceWorkerUnavailable extends Error {
  name = "ServiceWorkerUnavailable";
}

/** The page's part of the links between its apps and the service worker. */
export class Registration {
  /** @type {Promise<ServiceWorkerRegistration> | undefined} */ #ready;
  /** The apps of this page: what the service worker needs when it asks for a token's link. */
  /** @type {Map<string, () => MessagePort | null>} */ #apps = new Map();
  /** @type {Map<string, () => void>} */ #acknowledged = new Map();
  #timer = 0;

  /** @param {URL} root the output folder */
  constructor(root) {
    this.root = root;
    this.registrationScope = new URL(`live/${pageKey()}/`, root);
  }

  /**
   * The absolute URL of an app's mount.
   * @param {string} token
   */
  mountOf(token) {
    return new URL(`~${token}/`, this.registrationScope).href;
  }

  /**
   * Links an app, and keeps it linked until `unlink`.
   * @param {string} token
   * @param {() => MessagePort | null} connect makes a new port to the Python worker; null while it starts
   * @throws {ServiceWorkerUnavailable}
   */
  async link(token, connect) {
    this.#apps.set(token, connect);
    this.#ready ??= this.#register().catch((error) => {
      this.#ready = undefined;
      throw error;
    });
    const { active } = await this.#ready;
    // Unacknowledged, a request could still go to the port of a Python worker that is gone.
    if (active) await this.#send(active, token);
    this.#timer ||= setInterval(() => this.#ping(), PING_INTERVAL);
  }

  /** @param {string} token */
  async unlink(token) {
    this.#apps.delete(token);
    if (this.#apps.size === 0) {
      clearInterval(this.#timer);
      this.#timer = 0;
    }
    const registration = await this.#ready?.catch(() => undefined);
    post(registration?.active, { type: "unlink", token });
  }

  async #register() {
    if (!globalThis.isSecureContext) throw new ServiceWorkerUnavailable(texts.unavailable.insecure);
    if (!navigator.serviceWorker) throw new ServiceWorkerUnavailable(texts.unavailable.unsupported);
    navigator.serviceWorker.addEventListener("message", (event) => this.#receive(event));
    navigator.serviceWorker.startMessages();
    const script = new URL("service-worker.js", this.root);
    try {
      // 'none': a deploy must be noticed whatever the host says about caching the imported files.
      const options = /** @type {const} */ ({ scope: this.registrationScope.href, updateViaCache: "none" });
      const registration = await navigator.serviceWorker.register(script, options);
      await activation(registration);
      registration.update().catch(() => {}); // offline, say: what is registered goes on serving
      return registration;
    } catch (error) {
      throw unavailable(error);
    }
  }

  /**
   * @param {ServiceWorker} serviceWorker
   * @param {string} token
   */
  async #send(serviceWorker, token) {
    const port = this.#apps.get(token)?.();
    if (!port) return;
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, LINK_TIMEOUT); // it will ask when a request comes
      this.#acknowledged.set(token, () => {
        clearTimeout(timer);
        resolve(undefined);
      });
      post(serviceWorker, { type: "link", protocol: PROTOCOL, token }, port);
    });
  }

  /** @param {MessageEvent} event */
  #receive(event) {
    /** @type {ServiceWorkerMessage} */
    const message = event.data;
    const serviceWorker = /** @type {ServiceWorker} */ (event.source);
    if (!this.#apps.has(message.token)) return;
    if (message.type === "linked") {
      this.#acknowledged.get(message.token)?.();
      this.#acknowledged.delete(message.token);
    } else if (message.type === "need-link") {
      post(serviceWorker, { type: "link-later", token: message.token });
      this.#send(serviceWorker, message.token);
    }
  }

  async #ping() {
    if (document.visibilityState === "hidden") return;
    const registration = await this.#ready?.catch(() => undefined);
    post(registration?.active, { type: "ping" });
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
  if (registration.active) return;
  const serviceWorker = registration.installing ?? registration.waiting;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no activation")), ACTIVATION_TIMEOUT);
    serviceWorker?.addEventListener("statechange", () => {
      if (serviceWorker.state !== "activated" && serviceWorker.state !== "redundant") return;
      clearTimeout(timer);
      if (serviceWorker.state === "activated") resolve(undefined);
      else reject(new Error("redundant"));
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
