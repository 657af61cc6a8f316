// @ts-check
/**
 * Requests whose response has not begun. Browsers tell a service worker nothing when such a request is
 * given up; the app's page does (frame-client/requests.js). Once the response has begun, the end of its
 * body's stream tells.
 *
 * @import { FrameMessage } from "../types.d.ts"
 */

/** Milliseconds for which an abort waits for its request: messages and requests keep no common order. */
const ABORT_TIME = 5_000;

/**
 * Chromium says that there is no client when the frame has been sent elsewhere, or was stopped, before the
 * response began; until one of both has happened it says nothing. Others always say at once that there is none.
 */
const IS_CHROMIUM = navigator.userAgent.includes("Chrome/");

/**
 * @typedef {object} Unanswered
 * @property {string} id
 * @property {string} url
 * @property {string} clientId of the page that asks
 * @property {boolean} isNavigation
 * @property {boolean} keepalive goes on when its page is gone
 * @property {AbortController} aborting
 */

/** @type {Set<Unanswered>} */
const unanswered = new Set();
/** Of requests that were given up before they came. */
/** @type {Set<string>} */
const abortedEarly = new Set();

/** @param {FetchEvent} event */
function awaitHead(event) {
  const { request, clientId } = event;
  const isNavigation = request.mode === "navigate";
  const { id, keepalive } = marksOf(request);
  const aborting = new AbortController();
  /** @type {Unanswered} */
  const entry = { id, url: request.url, clientId, isNavigation, keepalive, aborting };
  unanswered.add(entry);
  if (abortedEarly.delete(id)) aborting.abort();
  if (isNavigation && IS_CHROMIUM) {
    // Once the response has begun, no page may mean that it is being saved.
    const isGivenUp = (/** @type {Client | undefined} */ page) => !page && unanswered.has(entry);
    worker.clients.get(event.resultingClientId).then((page) => isGivenUp(page) && aborting.abort());
  }
  request.signal.addEventListener("abort", () => aborting.abort());
  return { signal: aborting.signal, end: () => unanswered.delete(entry) };
}

/** @param {ExtendableMessageEvent} event */
function onFrameMessage({ data, source }) {
  /** @type {FrameMessage} */
  const message = data;
  const clientId = source && "id" in source ? source.id : "";
  if (message.type === "bye") {
    abortWhere((entry) => entry.clientId === clientId && !entry.keepalive);
    forgetEventIds(clientId);
  } else if (message.type === "abort" && "url" in message) {
    const { url, isNavigation } = message;
    if (!isNavigation) forgetEventIds(clientId, url);
    abortWhere(
      (entry) => entry.url === url && (isNavigation ? entry.isNavigation : entry.clientId === clientId),
    );
  } else if (message.type === "abort") {
    if (abortWhere(({ id }) => id === message.request) > 0) return;
    abortedEarly.add(message.request);
    setTimeout(() => abortedEarly.delete(message.request), ABORT_TIME);
  }
}

/** @param {(entry: Unanswered) => boolean} predicate */
function abortWhere(predicate) {
  const given = [...unanswered].filter(predicate);
  for (const { aborting } of given) aborting.abort();
  return given.length;
}
