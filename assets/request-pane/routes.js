// @ts-check
/**
 * What a running app can be asked for, told by itself.
 *
 * @import { AsgiLiveElement } from "../element.js"
 * @import { AppRoute } from "../types.d.ts"
 */

/**
 * @param {AsgiLiveElement} live
 * @returns {Promise<AppRoute[]>} none where the app does not tell, or ends
 */
export function routesOf(live) {
  return new Promise((resolve) => {
    /** @param {AppRoute[]} routes */
    const settle = (routes) => {
      live.removeEventListener("asgi-live:statechange", end);
      port?.close();
      resolve(routes);
    };
    const end = () => settle([]);
    /** @type {MessagePort | undefined} */ let port;
    try {
      port = live.openPort({ type: "routes" });
      live.addEventListener("asgi-live:statechange", end);
      port.onmessage = ({ data }) => settle(JSON.parse(data));
    } catch {
      end();
    }
  });
}
