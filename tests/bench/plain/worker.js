// Pyodide as it comes and wheels unpacked into it: what one writes who has only read Pyodide's manual.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const CALL = `
import asyncio
from main import app

async def answer():
    sent = []
    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}
    async def send(message):
        sent.append(message)
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": "/", "raw_path": b"/", "query_string": b"", "root_path": "",
        "headers": [(b"host", b"localhost")], "server": ("localhost", 80), "client": None, "state": {},
    }
    await app(scope, receive, send)
    assert sent[1]["body"] == b'{"hello":"world"}', sent
await answer()
`;

const { archives, main } = await (await fetch("./packages.json")).json();
const downloads = archives.map(async (name) => (await fetch(`./${name}`)).arrayBuffer());
const python = await loadPyodide({ lockFileContents: { info: { abi_version: "2026_0" }, packages: {} } });
postMessage("interpreter");
for (const download of downloads) python.unpackArchive(await download, "zip", { extractDir: "/packages" });
python.FS.writeFile("/packages/main.py", main);
python.runPython("import sys; sys.path.insert(0, '/packages')");
postMessage("packages");
python.runPython("import main");
postMessage("import");
await python.runPythonAsync(CALL);
postMessage("answer");
