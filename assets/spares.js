// @ts-check
/**
 * Interpreters that are ready before an app wants one: the next block, a restart, or Run after Stop.
 *
 * @import { AppSettings } from "./types.d.ts"
 */

import { hasLittleMemory, savesData } from "./device.js";
import { Snapshots } from "./snapshots.js";

/** Spare interpreters of a page; of the environments that ran last. */
const LIMIT = 2;
/** Milliseconds after a start: what the app has to do first comes first. */
const DELAY = 2_000;
/** Milliseconds after which a hidden page gives them up. */
const HIDDEN_LIMIT = 5 * 60_000;

/**
 * @typedef {object} Host what a spare is to this module, a PythonHost
 * @property {Promise<void>} prepared
 * @property {() => void} terminate
 */

/**
 * @template {Host} H
 * @typedef {object} Spare
 * @property {string} environment
 * @property {AppSettings} like
 * @property {H} [host] once it is made, until it is taken
 */

/** @template {Host} H */
export class Spares {
  #make;
  #snapshots;
  #isFit;
  #isBusy;
  /** @type {Map<string, Spare<H>>} the environment that ran last is the last */ #spares = new Map();
  #delay = 0;
  #patience = 0;
  #filling = new AbortController();

  /**
   * @param {object} options
   * @param {(environment: string, like: AppSettings) => H} options.make
   * @param {() => Promise<boolean>} options.isFit whether what is made now fits to this page
   * @param {() => boolean} options.isBusy whether a reader waits for an app
   * @param {Pick<Snapshots, "settle" | "write">} [options.snapshots] that spares, and later visits, go on from
   */
  constructor({ make, isFit, isBusy, snapshots = new Snapshots() }) {
    this.#make = make;
    this.#snapshots = snapshots;
    this.#isFit = isFit;
    this.#isBusy = isBusy;
    document.addEventListener("visibilitychange", () => this.#onVisibility());
    addEventListener("pagehide", () => this.giveUp()); // no timer runs in the back/forward cache
  }

  /**
   * Hands over an interpreter, ready or soon to be, if there is one.
   * @param {string} environment URL of its manifest
   * @param {AppSettings} settings of the app that it is for
   */
  take(environment, settings) {
    this.#filling.abort(); // a reader waits
    const spare = this.#spares.get(keyOf(environment, settings));
    const host = spare?.host;
    delete spare?.host;
    return host;
  }

  /**
   * Keeps an interpreter ready from now on, unless the device or the reader has better uses for it.
   * @param {string} environment URL of its manifest
   * @param {AppSettings} like an app of it that runs
   * @param {object} [options]
   * @param {boolean} [options.hasSnapshot]
   */
  provide(environment, like, { hasSnapshot = false } = {}) {
    if (savesData() || hasLittleMemory()) return;
    const key = keyOf(environment, like);
    if (hasSnapshot) this.#snapshots.settle(key);
    const host = this.#spares.get(key)?.host;
    this.#spares.delete(key);
    this.#spares.set(key, { environment, like, host });
    for (const [oldest, spare] of [...this.#spares].slice(0, -LIMIT)) {
      spare.host?.terminate();
      this.#spares.delete(oldest);
    }
    this.#fillSoon();
  }

  #fillSoon() {
    clearTimeout(this.#delay);
    const fill = () => this.#fill().catch(() => {}); // a start does without
    this.#delay = setTimeout(() => whenIdle(fill), DELAY);
  }

  async #fill() {
    if (this.#isBusy()) return this.#fillSoon();
    this.#filling.abort();
    this.#filling = new AbortController();
    const { signal } = this.#filling;
    if (document.hidden || !(await this.#isFit()) || document.hidden) return;
    for (const [key, spare] of this.#spares) {
      if (spare.host || signal.aborted) continue;
      await this.#snapshots.write(key, spare.environment, spare.like, signal);
      if (signal.aborted) return;
      const host = this.#make(spare.environment, spare.like);
      spare.host = host;
      host.prepared.catch(() => {
        if (spare.host !== host) return; // it has been taken, and whoever has it knows
        host.terminate();
        delete spare.host;
      });
    }
  }

  #onVisibility() {
    clearTimeout(this.#patience);
    if (document.hidden) this.#patience = setTimeout(() => this.giveUp(), HIDDEN_LIMIT);
    else if (this.#spares.size > 0) this.#fillSoon();
  }

  /** Ends them, for their memory. */
  giveUp() {
    this.#filling.abort();
    clearTimeout(this.#delay);
    for (const spare of this.#spares.values()) {
      spare.host?.terminate();
      delete spare.host;
    }
  }
}

/**
 * Packages may read environment variables while they are imported.
 * @param {string} environment
 * @param {AppSettings} settings
 */
function keyOf(environment, { env = {} }) {
  return `${environment} ${JSON.stringify(env)}`;
}

/** @param {() => void} action */
function whenIdle(action) {
  // WebKit has no requestIdleCallback.
  if (typeof requestIdleCallback === "function") requestIdleCallback(action, { timeout: DELAY });
  else action();
}
