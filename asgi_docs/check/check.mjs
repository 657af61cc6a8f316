// Starts one app from the files that a site's readers get, and sends its documented requests, or opens
// its first page where there are none:
//   node check.mjs <Pyodide's folder> <folder with check.json and our scripts>
//
// result.json is written after each step, so that what never ends can be named.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { asking } from "./asking.mjs";
import { boot, load, offline, open } from "./boot.mjs";
import { RECORDED_ORIGIN } from "./requests/answers.js";

const ANSWER_LIMIT = 1_000; // some never end

const [distribution, folder] = process.argv.slice(2).map((each) => path.resolve(each));
const { mount, readHot } = await load(path.join(folder, "layers.js"));
const { Zstd } = await load(path.join(folder, "zstd.js"));
const zstd = new Zstd(new WebAssembly.Module(await readFile(path.join(folder, "vendor/zstddec.wasm"))));
const { abi, library, packages, manifest, settings, target, requests } = JSON.parse(
  await readFile(path.join(folder, "check.json"), "utf8"),
);
const { stdlib, runtime, layers } = JSON.parse(await readFile(manifest, "utf8"));
const [standardLibrary, ...others] = await Promise.all([stdlib, runtime, ...layers].map(unpack));

const printed = [];
const asked = [];
let output = printed;
let current = "";
await at("boot");
const python = await boot({
  distribution,
  folder,
  library,
  abi,
  mount: (module) => mountLayer(module, library, standardLibrary),
  print: (line) => output.push(line),
});
for (const layer of others) mountLayer(python._module, packages, layer);
const bridge = python.pyimport("asgi_docs_runtime.bridge").Bridge(offline);

await at("import");
await end(await bridge.load(settings, `${RECORDED_ORIGIN}/`));
await at("startup");
await end(await bridge.startup());
if (requests.length) await askAll();
else await openFirstPage();
await at("shutdown");
await end(await bridge.shutdown());
await write({ stage: "done" });
process.exit();

async function unpack({ hot, cold, extensions }) {
  const unpacked = async ({ url }) => zstd.unpack(await readFile(path.resolve(path.dirname(manifest), url)));
  const { index, content } = readHot((await unpacked(hot)).buffer);
  return [
    [index.files, content],
    [index.extensions, Buffer.concat(await Promise.all(extensions.map(unpacked)))],
    [index.cold, cold ? await unpacked(cold) : new Uint8Array()],
  ];
}

function mountLayer(module, root, parts) {
  for (const [sizes, content] of parts) mount(module.FS, root, sizes, new Uint8Array(content));
}

async function openFirstPage() {
  await at("answer");
  const { status, failure } = await open(bridge, target, ANSWER_LIMIT);
  await end(failure ?? (status >= 500 ? `GET ${target} is answered with ${status}.` : undefined));
}

async function askAll() {
  const ask = asking(bridge);
  for (const request of requests) {
    await at("request");
    output = [];
    const start = performance.now();
    const result = await ask(request);
    asked.push({ ...result, seconds: (performance.now() - start) / 1000, output: output.join("\n") });
    output = printed;
  }
}

async function at(stage) {
  current = stage;
  await write({ stage });
}

/** The stage has failed, if there is a reason. */
async function end(reason) {
  if (!reason) return;
  await write({ stage: current, failure: reason });
  process.exit();
}

async function write(result) {
  const text = JSON.stringify({ ...result, asked, output: printed.join("\n") });
  await writeFile(path.join(folder, "result.json"), text);
}
