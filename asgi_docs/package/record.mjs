// Boots an environment with nothing but lazy files, and tells which of them were read:
//   node record.mjs <Pyodide's folder> <folder with recording.json and our scripts>
//
// reads.json is written twice, so that a block that never ends costs its own part only.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { boot, load, offline, open } from "./boot.mjs";

const ANSWER_LIMIT = 2_000; // some never end

const [distribution, folder] = process.argv.slice(2).map((each) => path.resolve(each));
const { LazyFiles, readHot } = await load(path.join(folder, "layers.js"));
const recording = JSON.parse(await readFile(path.join(folder, "recording.json"), "utf8"));
const trees = await Promise.all(
  recording.trees.map(async ({ file, root }) => ({ ...readHot(new Uint8Array(await readFile(file)).buffer), root })),
);

const { abi, block, imports, library } = recording;
const reads = trees.map(() => new Set());
const mountAll = (module) => trees.forEach((tree, at) => mount(module, tree, reads[at]));
const python = await boot({ distribution, folder, library, abi, mount: mountAll });
const bridge = python.pyimport("asgi_docs_runtime.bridge").Bridge(offline);
const importModule = python.globals.get("__import__");
for (const [module, names] of imports) {
  try {
    importModule(module, null, null, python.toPy(names));
  } catch {} // the block's reader will be told
}
await write();
const failure = (await bridge.load(block.settings, "http://localhost/")) ?? (await bridge.startup());
if (!failure) await open(bridge, block.path, ANSWER_LIMIT);
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

async function write() {
  await writeFile(path.join(folder, "reads.json"), JSON.stringify(reads.map((read) => [...read].sort())));
}
