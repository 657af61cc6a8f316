// @ts-check
/**
 * From an environment's manifest to a running Python with its packages.
 *
 * @import { LoadedLayer } from "./downloads.js"
 * @import { ColdFiles } from "./mounting.js"
 * @import { StoredSnapshot } from "./stored-snapshot.js"
 * @import { EnvironmentManifest, SnapshotFile } from "./types.d.ts"
 * @import { Zstd } from "./zstd.js"
 */

import { Downloads, download, loadZstd } from "./downloads.js";
import { answerFetches, handCompiled, importModule } from "./interpreter-files.js";
import { mountLayer } from "./mounting.js";
import { outgoing } from "./outgoing.js";
import { loadEarly, makePlaces, pyodideHeader, restoreMemory } from "./snapshot.js";
import { protectSuspendedStacks } from "./stack-switching.js";
import { store } from "./store.js";

/** Milliseconds after which what nobody has asked for yet is fetched: the app's start comes first. */
const COLD_DELAY = 1_000;

const BRIDGE = "asgi_docs_runtime.bridge";

/** As in `dlfcn.h`. */
const RTLD_NOW = 2;

/**
 * @typedef {object} Watcher
 * @property {(loaded: number, total: number) => void} onDownload
 * @property {() => void} onDownloaded
 * @property {(stream: "stdout" | "stderr", text: string) => void} onOutput
 */

/**
 * @typedef {object} StartedPython
 * @property {any} bridge the `Bridge` of asgi_docs/runtime/bridge.py
 * @property {boolean} isRestored whether it has gone on from a snapshot
 * @property {string[]} scripts of the site that it runs from, by URL
 * @property {() => Promise<void>} onCrash to be called when the interpreter is at its end
 */

/**
 * An interpreter that can be written down (snapshot.js).
 * @typedef {object} Writable
 * @property {any} python
 * @property {string} stamp what it will be good for
 * @property {unknown[]} functions
 * @property {string[]} extensions
 */

/**
 * Starts Python with the environment's packages. Downloads run side by side.
 * @param {URL} url of the environment's manifest
 * @param {Watcher} watcher
 * @param {StoredSnapshot} stored to go on from, where that is possible
 * @returns {Promise<StartedPython>}
 */
export async function startPython(url, watcher, stored) {
  const zstd = loadZstd();
  const asked = manifestOf(url);
  zstd.catch(() => {}); // awaited with the files
  const known = await store.manifest(url);
  // From what is kept, an interpreter starts before the server has said whether the manifest is still the
  // same; no app gets it before. What a new deploy needs is on its way by the time it is given up.
  const reading = known ? stored.read(stampOf(known)) : Promise.resolve(undefined);
  const ahead = known ? new Start(url, known, zstd, watcher, reading) : undefined;
  const current = asked.then((text) =>
    ahead && text === known ? ahead : new Start(url, text, zstd, watcher),
  );
  current.catch(() => {}); // awaited below
  const file = await reading;
  const early = ahead?.bridge(file);
  await early?.catch(() => {}); // one at a time: they share the worker's globals

  const start = await current;
  const { scripts, stamp } = start;
  const refuse = () => stored.refuse(stamp);
  const { bridge, isRestored } = await (early && start === ahead ? early : start.bridge());
  if (start === ahead && file && !isRestored) refuse(); // it was not the network
  await start.fetchCold();
  return { bridge, isRestored, scripts, onCrash: isRestored ? refuse : async () => {} };
}

/**
 * Starts a Python that is to be written down.
 * @param {URL} url of the environment's manifest
 * @param {(stamp: string) => Promise<boolean>} isWanted
 * @returns {Promise<Writable | undefined>}
 */
export async function startWritablePython(url, isWanted) {
  const text = await manifestOf(url);
  if (!(await isWanted(stampOf(text)))) return undefined;
  const start = new Start(url, text, loadZstd(), { onDownload() {}, onDownloaded() {}, onOutput() {} });
  const writable = await start.runWritable();
  await start.fetchCold();
  return writable;
}

/** One start, up to an interpreter. */
class Start {
  #url;
  #watcher;
  /** @type {EnvironmentManifest} */ #manifest;
  #library;
  #downloads;
  #wasm;
  #standardLibrary;
  #packages;
  #module;
  #scripts;
  /** @type {ColdFiles[]} */ #cold = [];

  /**
   * @param {URL} url of the manifest
   * @param {string} text of the manifest
   * @param {Promise<Zstd>} zstd
   * @param {Watcher} watcher
   * @param {Promise<unknown>} [turn] what the worker has to read first
   */
  constructor(url, text, zstd, watcher, turn) {
    this.#url = url;
    this.#watcher = watcher;
    this.#manifest = JSON.parse(text);
    this.stamp = stampOf(text);
    const { python, pyodide, stdlib, runtime, layers } = this.#manifest;
    this.#module = new URL(pyodide.module.url, url);
    const asm = new URL(pyodide.asm.url, url);
    const packages = [runtime, ...layers];
    const needed = [stdlib, ...packages].flatMap(({ hot, extensions }) => [hot, ...extensions]);
    this.#library = `/lib/python${python.split(".", 2).join(".")}`;
    this.#downloads = new Downloads(url, [pyodide.wasm, ...needed], zstd, watcher.onDownload);
    this.#wasm = this.#downloads.compiled(pyodide.wasm, pyodide.integrity?.wasm);
    this.#standardLibrary = this.#downloads.layer(stdlib, turn);
    this.#packages = Promise.all(packages.map((layer) => this.#downloads.layer(layer, turn)));
    this.#scripts = Promise.all([
      importModule(this.#module, pyodide.integrity?.module),
      importModule(asm, pyodide.integrity?.asm),
    ]);
    /** URLs of those that are the site's. */
    this.scripts = pyodide.integrity ? [] : [this.#module.href, asm.href];
    for (const each of [this.#wasm, this.#standardLibrary, this.#packages, this.#scripts])
      each.catch(() => {}); // awaited later
  }

  /** @param {SnapshotFile} [file] to go on from, where that is possible */
  async bridge(file) {
    const thawed = file && (await this.#thaw(file));
    const bridge = thawed ?? (await this.#run()).pyimport(BRIDGE).Bridge(outgoing);
    return { bridge, isRestored: thawed !== undefined };
  }

  /** The normal way: extension modules need not have arrived when Python starts. */
  async #run() {
    const starting = this.#startInterpreter();
    const packages = await this.#arrived(starting);
    const python = await starting;
    forgetPath(python);
    this.#connectOutput(python);
    for (const { path, compiled } of this.#extensionsOf(packages))
      await preload(python._module, path, compiled);
    return this.#finish(python, packages);
  }

  /** @returns {Promise<Writable>} */
  async runWritable() {
    /** @type {string[]} */
    let extensions = [];
    /** @type {unknown[]} */
    let functions = [];
    const starting = this.#startInterpreter({
      options: { _makeSnapshot: true, jsglobals: globalsForSnapshots() },
      before: async (module) => {
        const early = this.#extensionsOf(await this.#packages);
        extensions = early.map(({ path }) => path);
        functions = await loadEarly(module, early);
      },
    });
    const packages = await this.#arrived(starting);
    const python = await starting;
    forgetPath(python);
    this.#connectOutput(python); // what is imported looks whether it is a terminal
    this.#finish(python, packages);
    return { python, stamp: this.stamp, functions, extensions };
  }

  /**
   * @param {SnapshotFile} file
   * @returns {Promise<unknown>} a `Bridge`, if it can be had
   */
  async #thaw(file) {
    try {
      return (await this.#restore(file)).pyimport(BRIDGE).thaw();
    } catch (error) {
      console.debug(error);
    }
  }

  /** @param {SnapshotFile} file */
  async #restore({ snapshot, memory }) {
    const starting = this.#startInterpreter({
      options: { _loadSnapshot: pyodideHeader(snapshot), _snapshotDeserializer: () => outgoing },
      before: async (module) => makePlaces(module, snapshot, this.#extensionsOf(await this.#packages)),
      after: (module) => restoreMemory(module, snapshot, memory),
    });
    const packages = await this.#arrived(starting);
    const python = await starting;
    this.#connectOutput(python);
    return this.#finish(python, packages);
  }

  /** @param {Promise<any>} starting which reads one of the files */
  async #arrived(starting) {
    starting.catch(() => {}); // awaited when all is there
    const files = Promise.race([this.#downloads.done, starting]);
    const [packages] = await Promise.all([this.#packages, this.#standardLibrary, files]);
    this.#watcher.onDownloaded();
    return packages;
  }

  /** @param {LoadedLayer[]} packages */
  #extensionsOf(packages) {
    return packages.flatMap(({ index, extensions }) =>
      index.extensions.map(([path], at) => ({
        path: `${this.#sitePackages}/${path}`,
        compiled: extensions[at],
      })),
    );
  }

  get #sitePackages() {
    return `${this.#library}/site-packages`;
  }

  /**
   * @param {object} [hooks]
   * @param {object} [hooks.options] of loadPyodide
   * @param {(module: any) => Promise<unknown>} [hooks.before] the interpreter runs
   * @param {(module: any) => void} [hooks.after] it has got ready to start Python
   */
  async #startInterpreter({ options = {}, before, after } = {}) {
    const [{ loadPyodide }, { default: createPyodideModule }] = await this.#scripts;
    const { pyodide } = this.#manifest;
    this.#cold = [];
    const folder = new URL("./", this.#module).href;
    const noLibrary = `${folder}none.zip`;
    answerFetches({
      [`${folder}pyodide.asm.wasm`]: async () => new Response(""),
      [noLibrary]: async () => new Response(""),
    });
    handCompiled(this.#wasm);
    return new Promise((resolve, reject) => {
      this.#wasm.catch(reject);
      loadPyodide({
        indexURL: folder,
        // Pyodide's own way is one zip file, which is there in whole or not at all.
        stdLibURL: noLibrary,
        env: { PYTHONPATH: this.#library },
        createPyodideModule: async (/** @type {any} */ settings) => {
          settings.preRun.push(async (/** @type {any} */ module) => {
            module.addRunDependency("library");
            try {
              const library = await this.#standardLibrary;
              this.#cold.push(mountLayer(module, this.#library, library, this.#downloads));
              await before?.(module);
              module.removeRunDependency("library");
            } catch (error) {
              reject(error);
            }
          });
          const module = await createPyodideModule(protectSuspendedStacks(settings));
          after?.(module);
          return module;
        },
        // The environment has its own lock; without this, Pyodide fetches that of its distribution.
        lockFileContents: { info: { abi_version: pyodide.abi }, packages: {} },
        ...options,
      }).then(resolve, reject);
    });
  }

  /**
   * To a terminal: an app prints in the colours that its author sees, who runs it in one. FORCE_COLOR would colour
   * also what a library writes into a string, and an app answers with.
   * @param {any} python
   */
  #connectOutput(python) {
    for (const stream of /** @type {const} */ (["stdout", "stderr"])) {
      const decoder = new TextDecoder();
      /** @param {Uint8Array} bytes */
      const write = (bytes) => {
        this.#watcher.onOutput(stream, decoder.decode(bytes.slice(), { stream: true }));
        return bytes.length;
      };
      python[stream === "stdout" ? "setStdout" : "setStderr"]({ write, isatty: true });
    }
  }

  /**
   * @param {any} python
   * @param {LoadedLayer[]} packages
   */
  #finish(python, packages) {
    for (const layer of packages)
      this.#cold.push(mountLayer(python._module, this.#sitePackages, layer, this.#downloads));
    return python;
  }

  /** Fetches what the first answer does without: soon. */
  async fetchCold() {
    const fetchAll = () => Promise.all(this.#cold.map((files) => files.fetch()));
    // A file that is read before is fetched then and there, which only the network can do.
    if (navigator.onLine) setTimeout(fetchAll, COLD_DELAY);
    else await fetchAll();
  }
}

/**
 * The one file that keeps its name over deploys; all that it names is content-addressed.
 * @param {URL} url
 */
async function manifestOf(url) {
  return (await download(url, { cache: "no-cache" })).text();
}

/**
 * What a snapshot is good for: the environment, and what Python asks for when it starts, and keeps, which is
 * the engine, the language and the time zone.
 * @param {string} manifest
 */
function stampOf(manifest) {
  const { userAgent, language } = navigator;
  return JSON.stringify([manifest, userAgent, language, Intl.DateTimeFormat().resolvedOptions().timeZone]);
}

/**
 * Pyodide puts a Proxy of its own around the globals while a snapshot is made, and a getter of the real ones, such
 * as that of `crossOriginIsolated`, refuses to be called on it.
 */
function globalsForSnapshots() {
  return new Proxy(globalThis, { get: (globals, name) => Reflect.get(globals, name) });
}

/** @param {any} python whose own start has used it */
function forgetPath(python) {
  python.runPython("import os; del os.environ['PYTHONPATH'], os");
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
