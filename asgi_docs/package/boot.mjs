// Python under Node, for what is learnt from apps while a documentation is built.

import path from "node:path";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";

// An app is asked a few times, and ended: to optimize WebAssembly, as V8 does beside it, takes more processor time than it
// saves. https://v8.dev/docs/wasm-compilation-pipeline
setFlagsFromString("--liftoff-only");

export const load = (file) => import(pathToFileURL(file).href);

const unsent = {
  failure: "no other site is asked while documentation is built or checked.",
  status: 0,
  reason: "",
  url: "",
  headers: "",
};

/** What apps send their own requests through: outgoing.js without a network. */
export const offline = {
  ask: () => unsent,
  fetch: () => ({ head: async () => unsent, read: async () => unsent, abort() {} }),
};

/**
 * Starts Python with nothing but what `mount` puts into its file system.
 * @param {object} options
 * @param {string} options.distribution Pyodide's folder
 * @param {string} options.folder of our scripts
 * @param {string} options.library path of the standard library in the file system
 * @param {string} options.abi
 * @param {(module: any) => void} options.mount
 * @param {(line: string) => void} [options.print] takes what Python prints
 */
export async function boot({ distribution, folder, library, abi, mount, print = () => {} }) {
  const { loadPyodide } = await load(path.join(distribution, "pyodide.mjs"));
  const { default: createPyodideModule } = await load(path.join(distribution, "pyodide.asm.mjs"));
  const { protectSuspendedStacks } = await load(path.join(folder, "stack-switching.js"));
  const python = await loadPyodide({
    indexURL: distribution,
    stdLibURL: path.join(folder, "boot.mjs"), // no zip file
    env: { PYTHONHASHSEED: "0", PYTHONPATH: library },
    createPyodideModule: (settings) => {
      settings.preRun.push(mount);
      return createPyodideModule(protectSuspendedStacks(settings));
    },
    lockFileContents: { info: { abi_version: abi }, packages: {} },
    stdout: print,
    stderr: print,
  });
  // Code in the documentation has nothing to fetch while it is built.
  for (const name of ["fetch", "WebSocket", "EventSource"]) delete globalThis[name];
  return python;
}

/**
 * Asks an app as a browser does that opens a page; a stream is listened to for so long.
 * @param {any} bridge with an app
 * @param {string} target path and query
 * @param {number} limit milliseconds after the answer's beginning
 * @returns {Promise<{ status: number } | { failure: string }>}
 */
export function open(bridge, target, limit) {
  return new Promise((resolve) => {
    let status = 0;
    const end = () => resolve({ status });
    const responder = {
      start(code, _reason, _headers, _body, more) {
        status = code;
        if (more) setTimeout(end, limit);
        else end();
      },
      body: (_chunk, more) => more || end(),
      fail: (failure) => resolve({ failure }),
      consumed() {},
    };
    bridge.request("1", "GET", target, "host:localhost\naccept:text/html", undefined, false, responder);
  });
}
