// Boots an environment of a packaged site as the front end does, and runs a script in it:
// node boot.mjs <environments/NAME.json> <script.py>; prints the JSON that the script ends with.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { protectSuspendedStacks } from "../../assets/stack-switching.js";

const [manifestPath, scriptPath] = process.argv.slice(2).map((each) => path.resolve(each));
const at = (url) => path.resolve(path.dirname(manifestPath), url);
const load = (url) => import(pathToFileURL(at(url)).href);

const { pyodide, runtime, layers } = JSON.parse(await readFile(manifestPath, "utf8"));
const { loadPyodide } = await load(pyodide.module);
const { default: createPyodideModule } = await load(pyodide.asm);
const python = await loadPyodide({
  indexURL: path.dirname(at(pyodide.module)),
  stdLibURL: at(pyodide.stdlib.url),
  createPyodideModule: (settings) => createPyodideModule(protectSuspendedStacks(settings)),
  lockFileContents: { info: { abi_version: pyodide.abi }, packages: {} },
});
for (const layer of [runtime, ...layers]) {
  const body = gunzipSync(await readFile(at(layer.url)));
  let position = 4 + body.readUInt32LE(0);
  for (const [name, size] of JSON.parse(body.subarray(4, position).toString("utf8"))) {
    const target = `/lib/python3.14/site-packages/${name}`;
    python.FS.mkdirTree(path.posix.dirname(target));
    python.FS.writeFile(target, body.subarray(position, position + size));
    position += size;
  }
}
python.runPython("import importlib; importlib.invalidate_caches()");
const script = await readFile(scriptPath, "utf8");
console.log(await python.runPythonAsync(script));
