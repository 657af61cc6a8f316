// @ts-check
/**
 * The Python worker's files, for when there is no network. Its script is looked for below the registration
 * scope then (registration.js), which puts the worker under this service worker's control, and so
 * all that it imports.
 */

/** Files whose names tell their content. */
const KEPT = /^(?:front-|layers\/)/;

/**
 * The URL of a file that the store (store.js) may have kept, if it is one.
 * @param {Request} request
 */
function keptURL({ url, destination }) {
  const { scope } = worker.registration;
  const base = destination === "worker" && url.startsWith(scope) ? scope : root.href;
  const path = url.startsWith(base) ? url.slice(base.length) : "";
  return KEPT.test(path) ? new URL(path, root).href : null;
}

/**
 * @param {string} url
 * @param {Request} request
 */
async function kept(url, request) {
  // The worker takes the URL of the answer for its own: its imports lead to the same files as always.
  const response = await caches.match(url, { cacheName: `asgi-docs ${root.pathname}` });
  return response ?? fetch(request);
}
