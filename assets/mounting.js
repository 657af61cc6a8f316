// @ts-check
/**
 * Layers in the file system of a Python that is starting.
 *
 * @import { LoadedLayer } from "./downloads.js"
 * @import { SizedFile } from "./types.d.ts"
 *
 * @typedef {object} Downloads
 * @property {(file: SizedFile) => Promise<Uint8Array>} later
 * @property {(file: SizedFile) => Uint8Array} now
 */

import { LazyFiles, mount } from "./layers.js";

/**
 * Puts a layer into the file system.
 * @param {any} module Emscripten's
 * @param {string} root
 * @param {LoadedLayer} loaded
 * @param {Downloads} downloads
 */
export function mountLayer(module, root, loaded, downloads) {
  const { layer, index, content } = loaded;
  mount(module.FS, root, index.files, content);
  // Compiled already: their bytes are asked for only by who wants to read them.
  const extensions = new LazyFiles(module, root, index.extensions, (path) => {
    const at = index.extensions.findIndex(([each]) => each === path);
    extensions.fill(path, downloads.now(layer.extensions[at]));
  });
  return new ColdFiles(module, root, loaded, downloads);
}

/** The files that the first answer did without: they come later, or when one is read. */
export class ColdFiles {
  #downloads;
  /** @type {SizedFile | undefined} what is still to be fetched */ #file;
  #files;

  /**
   * @param {any} module Emscripten's
   * @param {string} root
   * @param {LoadedLayer} loaded
   * @param {Downloads} downloads
   */
  constructor(module, root, { layer, index }, downloads) {
    this.#downloads = downloads;
    this.#file = layer.cold;
    this.#files = new LazyFiles(module, root, index.cold, () => {
      if (this.#file) this.#fill(downloads.now(this.#file));
    });
  }

  async fetch() {
    if (!this.#file) return;
    try {
      this.#fill(await this.#downloads.later(this.#file));
    } catch (error) {
      console.warn(error); // who opens one of the files tries again
    }
  }

  /** @param {Uint8Array} content */
  #fill(content) {
    this.#files.fillAll(content);
    this.#file = undefined;
  }
}
