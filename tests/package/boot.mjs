// Boots an environment of a packaged site as the front end does, and runs a script in it:
// node boot.mjs <environments/NAME.json> <script.py>; prints the JSON that the script ends with.
// Files that the first answer does without stay away until they are opened.

import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { gunzip } from "../../assets/gunzip.js";
import { readHot } from "../../assets/layers.js";
import { mountLayer } from "../../assets/mounting.js";
import { protectSuspendedStacks } from "../../assets/stack-switching.js";

const [manifestPath, scriptPath] = process.argv.slice(2).map((each) => path.resolve(each));
const at = (url) => path.resolve(path.dirname(manifestPath), url);
const load = (url) => import(pathToFileURL(at(url)).href);
const unpacked = ({ url }) => gunzipSync(readFileSync(at(url)));
const downloads = { now: ({ url }, module) => gunzip(module, readFileSync(at(url))) };
const library = "/lib/python3.14";

const { pyodide, stdlib, runtime, layers } = JSON.parse(await readFile(manifestPath, "utf8"));
// Under Node, Pyodide takes it from nowhere else.
await writeFile(path.join(path.dirname(at(pyodide.module)), "pyodide.asm.wasm"), unpacked(pyodide.wasm));
const { loadPyodide } = await load(pyodide.module);
const { default: createPyodideModule } = await load(pyodide.asm);
const python = await loadPyodide({
  indexURL: path.dirname(at(pyodide.module)),
  stdLibURL: manifestPath, // no zip file
  env: { PYTHONPATH: library },
  createPyodideModule(settings) {
    settings.preRun.push((module) => mount(module, library, stdlib));
    return createPyodideModule(protectSuspendedStacks(settings));
  },
  lockFileContents: { info: { abi_version: pyodide.abi }, packages: {} },
});
for (const layer of [runtime, ...layers]) mount(python._module, `${library}/site-packages`, layer);
const script = await readFile(scriptPath, "utf8");
console.log(await python.runPythonAsync(script));

function mount(module, root, layer) {
  mountLayer(module, root, { layer, ...readHot(new Uint8Array(unpacked(layer.hot)).buffer) }, downloads);
}
