// Pyodide as it comes, and wheels by micropip: what one writes who has read Pyodide's manual.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const CALL = `
async def call(app):
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
    assert b"world" in b"".join(message.get("body", b"") for message in sent), sent
await call(getattr(main, "app", None) or main.application)
`;

const name = new URL(import.meta.url).searchParams.get("app");
const { micropip, wheels, main } = await (await fetch(`./${name}.json`)).json();
const absolute = (wheel) => new URL(wheel, import.meta.url).href;
const python = await loadPyodide();
postMessage("interpreter");
if (wheels.length > 0) {
  const downloads = micropip.map(async (wheel) => (await fetch(wheel)).arrayBuffer());
  for (const wheel of await Promise.all(downloads)) python.unpackArchive(wheel, "wheel");
  await python.pyimport("micropip").install.callKwargs(wheels.map(absolute), { deps: false });
}
python.FS.writeFile("main.py", main);
postMessage("packages");
python.runPython("import main");
postMessage("import");
await python.runPythonAsync(CALL);
postMessage("answer");
