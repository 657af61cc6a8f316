// @ts-check
/** Pyodide's own files: its modules are imported, and what it would fetch is handed to it. */

import { download } from "./downloads.js";

const { instantiateStreaming } = WebAssembly;

/**
 * Hands Pyodide what it would fetch itself. Left alone, it hangs for ever when something is missing,
 * or when the host serves the `.wasm` with another type than `application/wasm`.
 * @param {Record<string, () => Promise<Response>>} answers by URL
 */
export function answerFetches(answers) {
  const { fetch } = self;
  self.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const answer = answers[url];
    if (!answer) return fetch(input, init);
    delete answers[url];
    if (Object.keys(answers).length === 0) self.fetch = fetch;
    // This worker will be terminated; Pyodide need not hear why.
    return answer().catch(() => new Promise(() => {}));
  };
}

/**
 * Hands Pyodide its WebAssembly compiled: it would begin to compile it when its scripts have arrived, and run.
 * @param {Promise<WebAssembly.Module>} compiled
 */
export function handCompiled(compiled) {
  WebAssembly.instantiateStreaming = async (_, imports) => {
    WebAssembly.instantiateStreaming = instantiateStreaming;
    // As above, Pyodide need not hear of a failure.
    /** @type {WebAssembly.Module} */
    const module = await compiled.catch(() => new Promise(() => {}));
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
}

/**
 * One of Pyodide's modules. That of a CDN is looked at before it runs, as `import` cannot do it; what is
 * kept in the store, `import` does not know of.
 * @param {URL} url
 * @param {string} [integrity]
 */
export async function importModule(url, integrity) {
  if (!integrity) return import(url.href).catch(() => importDownloaded(url));
  return importDownloaded(url, integrity);
}

/**
 * @param {URL} url
 * @param {string} [integrity]
 */
async function importDownloaded(url, integrity) {
  const response = await download(url, { integrity });
  const script = new Blob([await response.arrayBuffer()], { type: "text/javascript" });
  const copy = URL.createObjectURL(script);
  return import(copy).finally(() => URL.revokeObjectURL(copy));
}
