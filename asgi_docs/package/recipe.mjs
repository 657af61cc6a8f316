// Runs recipe.py in Pyodide: node recipe.mjs <Pyodide's folder> <recipe.py> <folder> <name of a list of jobs in it>

import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [distribution, script, folder] = process.argv.slice(2, 5).map((each) => path.resolve(each));
const { loadPyodide } = await import(pathToFileURL(path.join(distribution, "pyodide.mjs")).href);
const python = await loadPyodide({
  indexURL: distribution,
  env: {
    PYTHONHASHSEED: "0", // the same bytes on every machine
    PYTHONNODEBUGRANGES: "1", // columns of library code, a quarter of all bytecode: lines will do
  },
});
python.mountNodeFS("/jobs", folder);
python.runPython(await readFile(script, "utf8"), { filename: "recipe.py" });
python.globals.get("main")("/jobs", process.argv[5]);
