// @ts-check
/** The keys of requests and WebSockets tell whose they are; those of the first client need not. */

/** @param {number} client */
export function keyPrefix(client) {
  return client === 1 ? "" : `client${client}.`;
}

/** @param {string} key */
export function clientOf(key) {
  return Number(/^client(\d+)\./.exec(key)?.[1] ?? 1);
}
