// @ts-check
/**
 * The files of an environment on their way: counted, decompressed and compiled while they arrive.
 *
 * @import { Layer, LayerIndex, SizedFile } from "./types.d.ts"
 * @import { Zstd } from "./zstd.js"
 */

import { undisturbed } from "./finalization.js";
import { isUnpacked } from "./kept-files.js";
import { readHot } from "./layers.js";
import { store, storedFetch } from "./store.js";
import { texts } from "./texts.js";
import { withResolvers } from "./with-resolvers.js";
import { isPacked } from "./zstd.js";

/**
 * @typedef {object} LoadedLayer
 * @property {Layer} layer
 * @property {LayerIndex} index
 * @property {Uint8Array} content of its hot files
 * @property {WebAssembly.Module[]} extensions
 */

export class Downloads {
  #base;
  #loadingZstd;
  /** @type {Zstd | undefined} */ #zstd;
  #onDownload;
  #loaded = 0;
  #total;
  #expected;
  #end = withResolvers();

  /**
   * @param {URL} base of the files
   * @param {SizedFile[]} needed the files that the first answer needs
   * @param {Promise<Zstd>} zstd
   * @param {(loaded: number, total: number) => void} onDownload
   */
  constructor(base, needed, zstd, onDownload) {
    this.#base = base;
    this.#loadingZstd = zstd;
    this.#onDownload = onDownload;
    this.#expected = needed.length;
    this.#total = needed.reduce((sum, { size }) => sum + size, 0);
    /** Resolves when all that is needed has arrived; rejects with the reader's text. */
    this.done = this.#end.promise;
  }

  /**
   * @param {Layer} layer
   * @param {Promise<unknown>} [turn] that unpacking, which takes the worker's time, has to wait for
   * @returns {Promise<LoadedLayer>}
   */
  async layer(layer, turn) {
    const [hot, ...extensions] = await Promise.all([
      this.#hot(layer, turn),
      ...layer.extensions.map((file) => this.compiled(file)),
    ]);
    return { layer, ...readHot(hot), extensions };
  }

  /**
   * @param {Layer} layer
   * @param {Promise<unknown>} [turn]
   */
  async #hot({ hot }, turn) {
    await turn;
    return new Response(await this.#unpacked(await this.#asked(hot))).arrayBuffer();
  }

  /**
   * One of the files that are needed, and WebAssembly; a host need not know its type.
   * @param {SizedFile} file
   * @param {string} [integrity] of a file that is not the site's, and not packed
   */
  async compiled(file, integrity) {
    const response = await this.#asked(file, integrity);
    if (isUnpacked(response)) {
      this.#count(file.size);
      this.#countFile();
      return WebAssembly.compileStreaming(response);
    }
    const body = integrity ? this.#counted(response) : await this.#unpacked(response);
    const headers = { "content-type": "application/wasm" };
    return WebAssembly.compileStreaming(new Response(body, { headers }));
  }

  /**
   * @param {SizedFile} file
   * @param {string} [integrity]
   */
  async #asked({ url }, integrity) {
    try {
      return await download(new URL(url, this.#base), { integrity });
    } catch (error) {
      this.#end.reject(/** @type {Error} */ (error));
      throw error;
    }
  }

  /** @param {Response} response */
  async #unpacked(response) {
    try {
      this.#zstd ??= await this.#loadingZstd;
    } catch (error) {
      this.#end.reject(/** @type {Error} */ (error));
      throw error;
    }
    return this.#counted(response).pipeThrough(this.#zstd.stream());
  }

  /**
   * @param {Response} response
   * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
   */
  #counted({ body }) {
    const reader = /** @type {ReadableStream<Uint8Array>} */ (body).getReader();
    return new ReadableStream({
      pull: async (controller) => {
        try {
          const { done, value } = await reader.read();
          if (done) {
            controller.close();
            this.#countFile();
          } else {
            this.#count(value.length);
            controller.enqueue(/** @type {Uint8Array<ArrayBuffer>} */ (value));
          }
        } catch (error) {
          this.#end.reject(/** @type {Error} */ (error)); // the connection broke
          controller.error(error);
        }
      },
    });
  }

  /** @param {number} bytes */
  #count(bytes) {
    this.#loaded += bytes;
    this.#onDownload(this.#loaded, this.#total);
  }

  #countFile() {
    this.#expected -= 1;
    if (this.#expected === 0) this.#end.resolve();
  }

  /**
   * A file that the first answer did without.
   * @param {SizedFile} file
   */
  async later({ url }) {
    const { body } = await download(new URL(url, this.#base));
    const unpacked = body?.pipeThrough((await this.#loadingZstd).stream());
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  }

  /**
   * The same for Python, which is opening a file and cannot wait for a promise.
   * @param {SizedFile} file
   * @returns {Uint8Array}
   */
  now({ url }) {
    const request = new XMLHttpRequest();
    request.open("GET", new URL(url, this.#base), false);
    request.responseType = "arraybuffer";
    undisturbed(() => request.send());
    if (request.status !== 200) throw new Error(texts.notFound(url, request.status));
    const content = new Uint8Array(request.response);
    if (!isPacked(content)) return content; // what is kept of WebAssembly, by way of the service worker
    if (!this.#zstd) throw new Error("Python runs, and nothing has arrived.");
    return this.#zstd.unpack(content);
  }
}

/** What unpacks all the files: to be asked for beside the manifest that names these. */
export function loadZstd() {
  return store.zstd();
}

/**
 * @param {URL} url
 * @param {RequestInit} [init]
 */
export async function download(url, init) {
  const response = await storedFetch(url, init).catch((error) => {
    throw init?.integrity ? new Error(texts.notFrom(url.host)) : error;
  });
  if (!response.ok) throw new Error(texts.notFound(new URL(response.url).pathname, response.status));
  return response;
}
