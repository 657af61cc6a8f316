// Boots an environment with nothing but lazy files, and tells which of them were read:
//   node record.mjs <Pyodide's folder> <folder with recording.json and layers.js>
//
// reads.json is written twice, so that a block that never ends costs its own part only.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

const ANSWER_LIMIT = 2_000; // milliseconds after the answer's beginning; some never end

const [distribution, folder] = process.argv.slice(2).map((each) => path.resolve(each));
const load = (file) => import(pathToFileURL(file).href);
const { loadPyodide } = await load(path.join(distribution, "pyodide.mjs"));
const { default: createPyodideModule } = await load(path.join(distribution, "pyodide.asm.mjs"));
const { LazyFiles, readHot } = await load(path.join(folder, "layers.js"));
const { protectSuspendedStacks } = await load(path.join(folder, "stack-switching.js"));
const recording = JSON.parse(await readFile(path.join(folder, "recording.json"), "utf8"));
const trees = await Promise.all(
  recording.trees.map(async ({ file, root }) => ({ ...readHot(new Uint8Array(await readFile(file)).buffer), root })),
);

const reads = trees.map(() => new Set());
const python = await loadPyodide({
  indexURL: distribution,
  stdLibURL: path.join(folder, "no-stdlib"),
  env: { PYTHONHASHSEED: "0", PYTHONPATH: recording.library },
  createPyodideModule: (settings) => {
    settings.preRun.push((module) => trees.forEach((tree, at) => mount(module, tree, reads[at])));
    return createPyodideModule(protectSuspendedStacks(settings));
  },
  lockFileContents: { info: { abi_version: recording.abi }, packages: {} },
  stdout: () => {},
  stderr: () => {},
});
// Code in the documentation has nothing to fetch while it is built.
for (const name of ["fetch", "WebSocket", "EventSource"]) delete globalThis[name];

const { block, imports } = recording;
const bridge = python.pyimport("asgi_docs_runtime.bridge").Bridge({});
const importModule = python.globals.get("__import__");
for (const [module, names] of imports) {
  try {
    importModule(module, null, null, python.toPy(names));
  } catch {} // the block's reader will be told
}
await write();
const failure = (await bridge.load(block.settings, "http://localhost/")) ?? (await bridge.startup());
if (!failure) await answer();
await write();
process.exit();

function mount(module, { index, content, root }, read) {
  const places = new Map();
  let offset = 0;
  for (const [file, size] of index.files) {
    places.set(file, content.subarray(offset, offset + size));
    offset += size;
  }
  const files = new LazyFiles(module, root, index.files, (file) => {
    read.add(file);
    files.fill(file, places.get(file));
  });
}

function answer() {
  return new Promise((resolve) => {
    const responder = {
      start(_status, _reason, _headers, _body, more) {
        if (more) setTimeout(resolve, ANSWER_LIMIT);
        else resolve();
      },
      body: (_chunk, more) => more || resolve(),
      fail: resolve,
      consumed() {},
    };
    bridge.request("1", "GET", block.path, "host:localhost\naccept:text/html", undefined, false, responder);
  });
}

async function write() {
  await writeFile(path.join(folder, "reads.json"), JSON.stringify(reads.map((read) => [...read].sort())));
}
