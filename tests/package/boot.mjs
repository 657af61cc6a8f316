// Boots an environment of a packaged site as the front end does, and runs a script in it:
// node boot.mjs <environments/NAME.json> <script.py> [<imports.py>]; prints the JSON that the script ends with.
// Files that the first answer does without stay away until they are opened. With imports, it runs in two
// interpreters, which go on from one snapshot of another one that has run the imports.

import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { readHot } from "../../assets/layers.js";
import { mountLayer } from "../../assets/mounting.js";
import { describe, loadEarly, makePlaces, pyodideHeader, restoreMemory } from "../../assets/snapshot.js";
import { readSnapshotFile, snapshotFile } from "../../assets/snapshot-file.js";
import { protectSuspendedStacks } from "../../assets/stack-switching.js";
import { Zstd } from "../../assets/zstd.js";

const [manifestPath, scriptPath, importsPath] = process.argv.slice(2).map((each) => path.resolve(each));
const at = (url) => path.resolve(path.dirname(manifestPath), url);
const load = (url) => import(pathToFileURL(at(url)).href);
const decoder = readFileSync(new URL("../../assets/vendor/zstddec.wasm", import.meta.url));
const zstd = new Zstd(new WebAssembly.Module(decoder));
const unpacked = ({ url }) => zstd.unpack(readFileSync(at(url)));
const downloads = { now: unpacked };
const library = "/lib/python3.14";
const packages = `${library}/site-packages`;
const outgoing = {};

const { pyodide, stdlib, runtime, layers } = JSON.parse(await readFile(manifestPath, "utf8"));
// Under Node, Pyodide takes it from nowhere else.
await writeFile(path.join(path.dirname(at(pyodide.module.url)), "pyodide.asm.wasm"), unpacked(pyodide.wasm));
const { loadPyodide } = await load(pyodide.module.url);
const { default: createPyodideModule } = await load(pyodide.asm.url);
const script = await readFile(scriptPath, "utf8");
if (importsPath) {
  const file = await snapshot(await readFile(importsPath, "utf8"));
  for (let time = 0; time < 2; time++) await run(await restored(file));
} else await run(await boot());
// Pyodide leaves the timers of cancelled calls to themselves, and Node would wait for each of them.
process.stdout.write("", () => process.exit());

async function run(python) {
  console.log(await python.runPythonAsync(script));
}

async function boot({ options = {}, before = async () => {}, after = () => {} } = {}) {
  const python = await loadPyodide({
    indexURL: path.dirname(at(pyodide.module.url)),
    stdLibURL: manifestPath, // no zip file
    env: { PYTHONPATH: library },
    async createPyodideModule(settings) {
      settings.preRun.push(async (module) => {
        module.addRunDependency("library");
        mount(module, library, stdlib);
        await before(module);
        module.removeRunDependency("library");
      });
      const module = await createPyodideModule(protectSuspendedStacks(settings));
      after(module);
      return module;
    },
    lockFileContents: { info: { abi_version: pyodide.abi }, packages: {} },
    ...options,
  });
  for (const layer of [runtime, ...layers]) mount(python._module, packages, layer);
  return python;
}

async function snapshot(imports) {
  const early = extensions();
  let functions;
  const python = await boot({
    options: { _makeSnapshot: true },
    before: async (module) => {
      functions = await loadEarly(module, early);
    },
  });
  const bridge = python.pyimport("asgi_docs_runtime.bridge").Bridge(outgoing);
  const app = { app: "main:app", files: { "main.py": imports } };
  const imported = JSON.parse(await bridge.freeze(JSON.stringify(app)));
  bridge.destroy();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const paths = early.map((extension) => extension.path);
  const description = { imported, snapshot: describe(python, functions, paths, outgoing) };
  return snapshotFile(description, python._module.HEAPU8).arrayBuffer();
}

async function restored(file) {
  const { snapshot, memory } = readSnapshotFile(file);
  const python = await boot({
    options: { _loadSnapshot: pyodideHeader(snapshot), _snapshotDeserializer: () => outgoing },
    before: (module) => makePlaces(module, snapshot, extensions()),
    after: (module) => restoreMemory(module, snapshot, memory),
  });
  python.pyimport("asgi_docs_runtime.bridge").thaw();
  return python;
}

function extensions() {
  return [runtime, ...layers].flatMap((layer) => {
    const { index } = hot(layer);
    return layer.extensions.map((file, at) => ({
      path: `${packages}/${index.extensions[at][0]}`,
      compiled: new WebAssembly.Module(unpacked(file)),
    }));
  });
}

function mount(module, root, layer) {
  mountLayer(module, root, { layer, ...hot(layer) }, downloads);
}

function hot(layer) {
  return readHot(unpacked(layer.hot).buffer);
}
