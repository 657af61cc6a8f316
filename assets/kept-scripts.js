// @ts-check
/**
 * The scripts of a worker. The browser fetches them by itself, past the store, and keeps them as long as
 * the host allows, which may be no time at all. Here they are kept for starts without a network.
 *
 * @import { Store } from "./store.js"
 */

/** In what we write, and nowhere in Pyodide's scripts. */
const IMPORTED = /(?:from|import) "(\.[^"]+\.js)"/g;

/**
 * Keeps these scripts and all that they import.
 * @param {Pick<Store, "fetch">} store after its `keep`
 * @param {string[]} entries URLs
 */
export async function keepScripts(store, entries) {
  const urls = new Set(entries);
  for (const url of urls) {
    // Their names tell their content: whatever the host says of it, the browser's copy is good.
    const script = await store.fetch(url, { cache: "force-cache" });
    if (!script.ok) continue;
    for (const [, path] of (await script.text()).matchAll(IMPORTED)) urls.add(new URL(path, url).href);
  }
}
