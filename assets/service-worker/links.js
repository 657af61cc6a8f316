// @ts-check
/**
 * The ports to the apps' Python workers. Only a cache: a token without a link is asked for among the
 * pages, and its owner answers with a fresh port.
 *
 * @import { PageMessage, ServiceWorkerMessage } from "../types.d.ts"
 */

/** Of the messages between page and service worker; old pages and new workers meet after a deploy. */
const PROTOCOL = 1;
const NO_OWNER_TIMEOUT = 3_000;
const BOOT_TIMEOUT = 90_000;

/** @type {Map<string, AppClient>} */
const links = new Map();
/** Requests that wait for a link, by token. */
/** @type {Map<string, { promise: Promise<AppClient>, resolve: (client: AppClient) => void, reject: (error: Error) => void, timer: number }>} */
const waiting = new Map();

/** @param {ExtendableMessageEvent} event */
function onMessage(event) {
  /** @type {PageMessage} */
  const message = event.data;
  switch (message.type) {
    case "link": {
      const { token } = message;
      links.get(token)?.close("The app was restarted.");
      if (message.protocol === PROTOCOL) {
        const client = new globalThis.asgiDocs.AppClient(event.ports[0]);
        links.set(token, client);
        settle(token, (wait) => wait.resolve(client));
      } else {
        settle(token, (wait) => wait.reject(new Error(PAGE_OUTDATED)));
      }
      /** @type {ServiceWorkerMessage} */
      const answer = { type: "linked", protocol: PROTOCOL, token };
      event.source?.postMessage(answer);
      break;
    }
    case "link-later": {
      const wait = waiting.get(message.token);
      if (!wait) break;
      clearTimeout(wait.timer);
      wait.timer = giveUpAfter(BOOT_TIMEOUT, message.token, "The app takes too long to start.");
      break;
    }
    case "ping":
      // A worker that knows nothing of an app has taken the place of one that was stopped. By the new link
      // the app hears that whatever was under way is over (assets/python-worker.js).
      for (const token of message.tokens ?? [])
        if (!links.has(token))
          event.source?.postMessage(/** @type {ServiceWorkerMessage} */ ({ type: "need-link", token }));
      break;
    case "unlink":
      links.get(message.token)?.close("The app was stopped.");
      links.delete(message.token);
      settle(message.token, (wait) => wait.reject(new Error("The app is stopped.")));
      break;
  }
}

/**
 * The link of an app, asked for when it is not there.
 * @param {string} token
 */
async function linkOf(token) {
  return links.get(token) ?? askForLink(token);
}

/** @param {string} token */
function askForLink(token) {
  const known = waiting.get(token);
  if (known) return known.promise;
  const timer = giveUpAfter(NO_OWNER_TIMEOUT, token, PAGE_CLOSED);
  /** @type {(client: AppClient) => void} */ let resolve = () => {};
  /** @type {(error: Error) => void} */ let reject = () => {};
  /** @type {Promise<AppClient>} */
  const promise = new Promise((...functions) => {
    [resolve, reject] = functions;
  });
  waiting.set(token, { promise, resolve, reject, timer });
  askPages({ type: "need-link", token });
  return promise;
}

/** @param {ServiceWorkerMessage} message */
async function askPages(message) {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (!waiting.has(message.token)) return; // the link has come by itself
  for (const page of pages) page.postMessage(message);
}

/**
 * @param {number} milliseconds
 * @param {string} token
 * @param {string} reason
 */
function giveUpAfter(milliseconds, token, reason) {
  return setTimeout(() => settle(token, (wait) => wait.reject(new Error(reason))), milliseconds);
}

/**
 * @param {string} token
 * @param {(wait: { resolve: (client: AppClient) => void, reject: (error: Error) => void }) => void} how
 */
function settle(token, how) {
  const wait = waiting.get(token);
  if (!wait) return;
  clearTimeout(wait.timer);
  waiting.delete(token);
  how(wait);
}
