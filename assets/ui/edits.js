// @ts-check
/**
 * The texts that an author wrote, and what the reader made of them. That outlives a reload of the page.
 *
 * @typedef {Record<string, [author: string | null, reader: string | null]>} Changes null: no such file
 * @import { Files } from "./editor.d.ts"
 */

export class Edits {
  /** @type {Files | null} what a reset, or the author's change of a file, took away */ discarded = null;
  /** @type {Files} */ #files;
  /** @type {Changes} those that the author has changed since */ #outdated = {};

  /**
   * @param {object} options
   * @param {Files} options.original
   * @param {string | null} options.storageKey null: nothing is kept
   * @param {() => void} options.onChange
   */
  constructor({ original, storageKey, onChange }) {
    this.original = original;
    this.storageKey = storageKey;
    this.onChange = onChange;
    this.#files = original;
    if (storageKey) this.#restore(storageKey);
  }

  get files() {
    return this.#files;
  }

  set files(files) {
    this.#files = files;
    if (this.isEdited && !this.isOutdated) this.discarded = null;
    this.#store();
  }

  get isEdited() {
    return this.#changes().length > 0;
  }

  /** Whether what can be had again was made of an earlier version of the author's. */
  get isOutdated() {
    return this.discarded !== null && Object.keys(this.#outdated).length > 0;
  }

  /** Back to the author's version; what the reader made can be had again, in the same way. */
  reset() {
    const again = this.discarded;
    this.discarded = this.isEdited ? this.#files : null;
    this.#files = again ?? this.original;
    this.#outdated = {};
    this.#store();
  }

  /** @returns {[path: string, [author: string | null, reader: string | null]][]} */
  #changes() {
    const paths = Object.keys({ ...this.original, ...this.#files });
    return paths.flatMap((path) => {
      const [author, reader] = [this.original[path] ?? null, this.#files[path] ?? null];
      return author === reader ? [] : [[path, [author, reader]]];
    });
  }

  #store() {
    this.onChange();
    if (!this.storageKey) return;
    try {
      const changes = { ...this.#outdated, ...Object.fromEntries(this.#changes()) };
      if (Object.keys(changes).length) sessionStorage.setItem(this.storageKey, JSON.stringify(changes));
      else sessionStorage.removeItem(this.storageKey);
    } catch {
      // storage is blocked or full: the text lives as long as the page
    }
  }

  /** @param {string} storageKey */
  #restore(storageKey) {
    try {
      /** @type {Changes} */ const changes = JSON.parse(sessionStorage.getItem(storageKey) ?? "{}");
      for (const [path, [author, reader]] of Object.entries(changes).filter(([, change]) =>
        Array.isArray(change),
      ))
        if (author === (this.original[path] ?? null)) this.#files = changed(this.#files, path, reader);
        else this.#outdated[path] = [author, reader];
    } catch {
      // storage is blocked, or something else stands there
    }
    const outdated = Object.entries(this.#outdated);
    if (outdated.length)
      this.discarded = outdated.reduce((all, [path, [, text]]) => changed(all, path, text), this.#files);
  }
}

/**
 * @param {Files} files
 * @param {string} path
 * @param {string | null} text null: there is no such file
 */
function changed({ ...files }, path, text) {
  if (text === null) delete files[path];
  else files[path] = text;
  return files;
}
