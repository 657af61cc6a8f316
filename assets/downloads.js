// @ts-check
/**
 * The files of an environment on their way: counted, decompressed and compiled while they arrive.
 *
 * @import { Layer, LayerIndex, SizedFile } from "./types.d.ts"
 */

import { readHot } from "./layers.js";
import { storedFetch } from "./store.js";
import { texts } from "./texts.js";
import { withResolvers } from "./with-resolvers.js";
import { Zstd } from "./zstd.js";

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
   * @returns {Promise<LoadedLayer>}
   */
  async layer(layer) {
    const [hot, ...extensions] = await Promise.all([
      this.unpacked(layer.hot).then((stream) => new Response(stream).arrayBuffer()),
      ...layer.extensions.map((file) => this.#compiled(file)),
    ]);
    return { layer, ...readHot(hot), extensions };
  }

  /**
   * One of the files that are needed.
   * @param {SizedFile} file
   * @param {string} [integrity] of a file that is not the site's, and not packed
   */
  async unpacked({ url }, integrity) {
    try {
      const arriving = download(new URL(url, this.#base), { integrity });
      const [{ body }, zstd] = await Promise.all([arriving, this.#loadingZstd]);
      this.#zstd = zstd;
      const counted = this.#counted(/** @type {ReadableStream} */ (body));
      return integrity ? counted : counted.pipeThrough(zstd.stream());
    } catch (error) {
      this.#end.reject(/** @type {Error} */ (error));
      throw error;
    }
  }

  /** @param {SizedFile} file of an extension module */
  async #compiled(file) {
    const headers = { "content-type": "application/wasm" };
    return WebAssembly.compileStreaming(new Response(await this.unpacked(file), { headers }));
  }

  /**
   * @param {ReadableStream<Uint8Array>} body
   * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
   */
  #counted(body) {
    const reader = body.getReader();
    return new ReadableStream({
      pull: async (controller) => {
        try {
          const { done, value } = await reader.read();
          if (done) {
            controller.close();
            this.#expected -= 1;
            if (this.#expected === 0) this.#end.resolve();
          } else {
            this.#loaded += value.length;
            this.#onDownload(this.#loaded, this.#total);
            controller.enqueue(/** @type {Uint8Array<ArrayBuffer>} */ (value));
          }
        } catch (error) {
          this.#end.reject(/** @type {Error} */ (error)); // the connection broke
          controller.error(error);
        }
      },
    });
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
    request.send();
    if (request.status !== 200) throw new Error(texts.notFound(url, request.status));
    if (!this.#zstd) throw new Error("Python runs, and nothing has arrived.");
    return this.#zstd.unpack(new Uint8Array(request.response));
  }
}

/** What unpacks all the files: to be asked for beside the manifest that names these. */
export async function loadZstd() {
  const file = await download(new URL("vendor/zstddec.wasm", import.meta.url));
  return new Zstd(await WebAssembly.compile(await file.arrayBuffer())); // whatever type the host gives it
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
