// @ts-check
/**
 * Has snapshots written (snapshot-worker.js), one at a time, each at most once for a page.
 *
 * @import { AppSettings } from "./types.d.ts"
 */

export class Snapshots {
  #make;
  /** @type {Set<string>} */ #settled = new Set();

  /** @param {() => Worker} [make] */
  constructor(make = () => new Worker(new URL("snapshot-worker.js", import.meta.url), { type: "module" })) {
    this.#make = make;
  }

  /**
   * Notes that there is one.
   * @param {string} key of environment and variables
   */
  settle(key) {
    this.#settled.add(key);
  }

  /**
   * Resolves when there is a snapshot, or none to be had.
   * @param {string} key of environment and variables
   * @param {string} environment URL of its manifest
   * @param {AppSettings} like an app of it that runs
   * @param {AbortSignal} signal whoever waits for something else comes first
   */
  async write(key, environment, like, signal) {
    if (this.#settled.has(key) || signal.aborted) return;
    const worker = this.#make();
    const ended = new Promise((resolve) => {
      worker.onmessage = () => {
        this.#settled.add(key);
        resolve(undefined);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        resolve(undefined);
      };
      signal.onabort = resolve;
    });
    worker.postMessage({ environment, like });
    await ended;
    worker.terminate();
  }
}
