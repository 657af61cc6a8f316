// @ts-check
/**
 * The snapshot that is kept for an environment and the environment variables that its packages were
 * imported with.
 *
 * @import { AppSettings, SnapshotDescription, SnapshotFile } from "./types.d.ts"
 */

import { readSnapshotFile, snapshotFile } from "./snapshot-file.js";
import { store } from "./store.js";

export class StoredSnapshot {
  #environment;
  #variables;
  #own;
  #file;

  /**
   * Begins to read it.
   * @param {string} environment URL of its manifest
   * @param {AppSettings} app that is to run
   */
  constructor(environment, { env = {}, files }) {
    this.#environment = environment;
    this.#variables = JSON.stringify(Object.entries(env).sort());
    this.#own = new Set(Object.keys(files).map((path) => path.split("/")[0].replace(/\.py$/, "")));
    this.#file = this.#load();
  }

  async #load() {
    try {
      const kept = await store.snapshot(this.#environment, this.#variables);
      return kept && readSnapshotFile(await kept.arrayBuffer());
    } catch {
      return undefined; // the next one takes its place
    }
  }

  /**
   * Whether there is none, and can be one.
   * @param {string} stamp what it would be good for
   */
  async isWanted(stamp) {
    return (await this.#file)?.stamp !== stamp && (await store.hasRoom());
  }

  /**
   * @param {string} stamp what it must be good for
   * @returns {Promise<SnapshotFile | undefined>} if there is one, and it leaves the app its own modules
   */
  async read(stamp) {
    const file = await this.#file;
    this.#file = Promise.resolve(undefined); // it is big
    if (!file?.snapshot || file.stamp !== stamp) return undefined;
    if (file.imported.some((name) => this.#own.has(name))) return undefined;
    return { ...file, snapshot: file.snapshot };
  }

  /**
   * @param {SnapshotDescription} description
   * @param {Uint8Array<ArrayBuffer>} [memory]
   */
  async keep(description, memory) {
    const file = snapshotFile(description, memory);
    await store.keepSnapshot(this.#environment, this.#variables, file);
  }

  /**
   * Notes that there is none to be had for this.
   * @param {string} stamp
   */
  refuse(stamp) {
    return this.keep({ stamp, imported: [], snapshot: null });
  }
}
