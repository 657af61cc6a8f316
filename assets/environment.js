// @ts-check
/**
 * From an environment's manifest to a running Python with its packages.
 *
 * @import { EnvironmentManifest, SizedFile } from "./types.d.ts"
 */

import { protectSuspendedStacks } from "./stack-switching.js";
import { texts } from "./texts.js";

/**
 * @typedef {object} Watcher
 * @property {(loaded: number, total: number) => void} onDownload
 * @property {() => void} onDownloaded
 * @property {(stream: "stdout" | "stderr", text: string) => void} onOutput
 */

/**
 * Starts Python with the environment's packages. Downloads run side by side.
 * @param {URL} url of the environment's manifest
 * @param {Watcher} watcher
 */
export async function startPython(url, { onDownload, onDownloaded, onOutput }) {
  // The one file that keeps its name over deploys; all that it names is content-addressed.
  /** @type {EnvironmentManifest} */
  const manifest = await (await download(url, { cache: "no-cache" })).json();
  const { pyodide, runtime, layers } = manifest;
  const files = [runtime, ...layers];
  const progress = new Progress([pyodide.wasm, pyodide.stdlib, ...files], onDownload);
  const contents = Promise.all(files.map((file) => readLayer(new URL(file.url, url), progress)));
  contents.catch(() => {}); // awaited when the interpreter is on its way
  const { downloads, loading } = await loadInterpreter(pyodide, url, progress);
  loading.catch(() => {}); // awaited when all is there
  await Promise.all([downloads, contents]);
  onDownloaded();
  const python = await loading;
  for (const stream of /** @type {const} */ (["stdout", "stderr"])) {
    const decoder = new TextDecoder();
    /** @param {Uint8Array} bytes */
    const write = (bytes) => {
      onOutput(stream, decoder.decode(bytes.slice(), { stream: true }));
      return bytes.length;
    };
    python[stream === "stdout" ? "setStdout" : "setStderr"]({ write });
  }
  const sitePackages = `/lib/python${manifest.python.split(".", 2).join(".")}/site-packages`;
  for (const content of await contents) mountLayer(python, sitePackages, content);
  return python;
}

/**
 * @param {EnvironmentManifest["pyodide"]} pyodide
 * @param {URL} base
 * @param {Progress} progress
 */
async function loadInterpreter(pyodide, base, progress) {
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
    import(new URL(pyodide.module, base).href),
    import(new URL(pyodide.asm, base).href),
  ]);
  const downloads = watchDownloads(progress, 2);
  /** @type {Promise<any>} */
  const loading = loadPyodide({
    indexURL: new URL("./", new URL(pyodide.module, base)).href,
    stdLibURL: new URL(pyodide.stdlib.url, base).href,
    /** @param {any} settings */
    createPyodideModule: (settings) => createPyodideModule(protectSuspendedStacks(settings)),
    // The environment has its own lock; without this, Pyodide fetches that of its distribution.
    lockFileContents: { info: { abi_version: pyodide.abi }, packages: {} },
  });
  return { downloads, loading };
}

/**
 * Watches over what Pyodide itself downloads: its `.wasm` and the standard library. Left alone, it
 * hangs for ever when one of them is missing, or when the host serves the `.wasm` with another type
 * than `application/wasm`.
 * @param {Progress} progress
 * @param {number} count of the files
 * @returns {Promise<void>} rejects with the reader's text; resolves when all is there
 */
function watchDownloads(progress, count) {
  const { fetch } = self;
  return new Promise((resolve, reject) => {
    self.fetch = async (input, init) => {
      try {
        const response = checked(await fetch(input, init));
        const type = response.url.endsWith(".wasm") ? "application/wasm" : "application/zip";
        const body = response.body?.pipeThrough(
          progress.counter(() => {
            count -= 1;
            if (count === 0) {
              self.fetch = fetch;
              resolve();
            }
          }),
        );
        return new Response(body, { headers: { "content-type": type } });
      } catch (error) {
        reject(error);
        return new Promise(() => {}); // this worker will be terminated; Pyodide need not hear of it
      }
    };
  });
}

/**
 * Reads a layer (asgi_docs/package/layer.py): the length of its index, the index, the files.
 * @param {URL} url
 * @param {Progress} progress
 * @returns {Promise<[path: string, content: Uint8Array][]>}
 */
async function readLayer(url, progress) {
  const response = await download(url);
  const unzipped = response.body
    ?.pipeThrough(progress.counter())
    .pipeThrough(new DecompressionStream("gzip"));
  const buffer = await new Response(unzipped).arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  /** @type {[path: string, size: number][]} */
  const index = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  let offset = 4 + length;
  return index.map(([path, size]) => {
    const content = new Uint8Array(buffer, offset, size);
    offset += size;
    return [path, content];
  });
}

/**
 * @param {any} python
 * @param {string} sitePackages
 * @param {[path: string, content: Uint8Array][]} files
 */
function mountLayer(python, sitePackages, files) {
  const folders = new Set();
  for (const [path, content] of files) {
    const target = `${sitePackages}/${path}`;
    const folder = target.slice(0, target.lastIndexOf("/"));
    if (!folders.has(folder)) {
      python.FS.mkdirTree(folder);
      folders.add(folder);
    }
    python.FS.writeFile(target, content, { canOwn: true }); // no copy: the file is the buffer's part
  }
}

/**
 * @param {URL} url
 * @param {RequestInit} [init]
 */
async function download(url, init) {
  return checked(await fetch(url, init));
}

/** @param {Response} response */
function checked(response) {
  if (!response.ok) throw new Error(texts.notFound(new URL(response.url).pathname, response.status));
  return response;
}

/** Counts what has been downloaded, for the reader. */
class Progress {
  #loaded = 0;
  #total;

  /**
   * @param {SizedFile[]} files
   * @param {(loaded: number, total: number) => void} onDownload
   */
  constructor(files, onDownload) {
    this.onDownload = onDownload;
    this.#total = files.reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * @param {() => void} [onEnd]
   * @returns {TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>}
   */
  counter(onEnd) {
    return new TransformStream({
      transform: (chunk, controller) => {
        this.#loaded += chunk.byteLength;
        // A host that compresses sends fewer bytes than it unpacks; never more than all.
        this.onDownload(Math.min(this.#loaded, this.#total), this.#total);
        controller.enqueue(/** @type {Uint8Array<ArrayBuffer>} */ (chunk));
      },
      flush: () => onEnd?.(), // WebKit refuses undefined in the function's place
    });
  }
}
