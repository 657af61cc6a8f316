// @ts-check
/**
 * From an environment's manifest to a running Python with its packages.
 *
 * @import { ColdFiles } from "./mounting.js"
 * @import { EnvironmentManifest } from "./types.d.ts"
 */

import { Downloads, download } from "./downloads.js";
import { mountLayer } from "./mounting.js";
import { protectSuspendedStacks } from "./stack-switching.js";

/** Milliseconds after which what nobody has asked for yet is fetched: the app's start comes first. */
const COLD_DELAY = 1_000;

/** As in `dlfcn.h`. */
const RTLD_NOW = 2;

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
  const { pyodide, stdlib, runtime, layers } = manifest;
  const packages = [runtime, ...layers];
  const needed = [stdlib, ...packages].flatMap(({ hot, extensions }) => [hot, ...extensions]);
  const downloads = new Downloads(url, [pyodide.wasm, ...needed], onDownload);
  const library = `/lib/python${manifest.python.split(".", 2).join(".")}`;
  const wasm = downloads.unpacked(pyodide.wasm, pyodide.integrity?.wasm);
  const standardLibrary = downloads.layer(stdlib);
  const loading = Promise.all(packages.map((layer) => downloads.layer(layer)));
  for (const each of [wasm, standardLibrary, loading]) each.catch(() => {}); // awaited later
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
    importModule(new URL(pyodide.module, url), pyodide.integrity?.module),
    importModule(new URL(pyodide.asm, url), pyodide.integrity?.asm),
  ]);
  /** @type {ColdFiles[]} */
  const cold = [];
  const interpreter = startInterpreter(loadPyodide, {
    folder: new URL("./", new URL(pyodide.module, url)).href,
    abi: pyodide.abi,
    library,
    wasm,
    /** @param {any} settings */
    createPyodideModule(settings) {
      settings.preRun.push(async (/** @type {any} */ module) => {
        module.addRunDependency("library");
        cold.push(mountLayer(module, library, await standardLibrary, downloads));
        module.removeRunDependency("library");
      });
      return createPyodideModule(protectSuspendedStacks(settings));
    },
  });
  interpreter.catch(() => {}); // awaited when all is there
  const [loaded] = await Promise.all([loading, standardLibrary, downloads.done]);
  onDownloaded();
  const python = await interpreter;
  for (const stream of /** @type {const} */ (["stdout", "stderr"])) {
    const decoder = new TextDecoder();
    /** @param {Uint8Array} bytes */
    const write = (bytes) => {
      onOutput(stream, decoder.decode(bytes.slice(), { stream: true }));
      return bytes.length;
    };
    python[stream === "stdout" ? "setStdout" : "setStderr"]({ write });
  }
  for (const layer of loaded) {
    const root = `${library}/site-packages`;
    for (const [at, [path]] of layer.index.extensions.entries())
      await preload(python._module, `${root}/${path}`, layer.extensions[at]);
    cold.push(mountLayer(python._module, root, layer, downloads));
  }
  const fetchCold = () => Promise.all(cold.map((files) => files.fetch()));
  // A file that is read before is fetched then and there, which only the network can do.
  if (navigator.onLine) setTimeout(fetchCold, COLD_DELAY);
  else await fetchCold();
  return python;
}

/**
 * One of Pyodide's modules. That of a CDN is looked at before it runs, as `import` cannot do it.
 * @param {URL} url
 * @param {string} [integrity]
 */
async function importModule(url, integrity) {
  if (!integrity) return import(url.href);
  const script = new Blob([await (await download(url, { integrity })).arrayBuffer()], {
    type: "text/javascript",
  });
  const checked = URL.createObjectURL(script);
  return import(checked).finally(() => URL.revokeObjectURL(checked));
}

/**
 * @param {(options: object) => Promise<any>} loadPyodide
 * @param {object} options
 * @param {string} options.folder of Pyodide
 * @param {string} options.abi
 * @param {string} options.library folder of the standard library
 * @param {Promise<ReadableStream>} options.wasm
 * @param {(settings: any) => Promise<any>} options.createPyodideModule
 */
async function startInterpreter(loadPyodide, { folder, abi, library, wasm, createPyodideModule }) {
  const noLibrary = `${folder}none.zip`;
  answerFetches({
    [`${folder}pyodide.asm.wasm`]: async () =>
      new Response(await wasm, { headers: { "content-type": "application/wasm" } }),
    [noLibrary]: async () => new Response(""),
  });
  const python = await loadPyodide({
    indexURL: folder,
    // Pyodide's own way is one zip file, which is there in whole or not at all.
    stdLibURL: noLibrary,
    env: { PYTHONPATH: library },
    createPyodideModule,
    // The environment has its own lock; without this, Pyodide fetches that of its distribution.
    lockFileContents: { info: { abi_version: abi }, packages: {} },
  });
  python.runPython("import os; del os.environ['PYTHONPATH'], os");
  return python;
}

/**
 * Hands Pyodide what it would fetch itself. Left alone, it hangs for ever when something is missing,
 * or when the host serves the `.wasm` with another type than `application/wasm`.
 * @param {Record<string, () => Promise<Response>>} answers by URL
 */
function answerFetches(answers) {
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
 * Gives the dynamic loader an extension module that has been compiled while it arrived.
 * @param {any} module Emscripten's
 * @param {string} path where its file will be: while there is one, the loader reads it
 * @param {WebAssembly.Module} compiled
 */
async function preload(module, path, compiled) {
  const library = module.newDSO(path, undefined, "loading");
  library.global = false;
  try {
    const options = { loadAsync: true, nodelete: true };
    library.exports = await module.loadWebAssemblyModule(compiled, options, path, {});
  } catch (error) {
    console.warn(error); // Python loads it from the file, or tells what is wrong with it
    delete module.LDSO.loadedLibsByName[path];
    return;
  }
  const name = module.stringToNewUTF8(path);
  module._dlopen(name, RTLD_NOW);
  module._free(name);
}
