import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";

import { retained } from "../../assets/eviction.js";
import { isUnpacked } from "../../assets/kept-files.js";
import { keepScripts } from "../../assets/kept-scripts.js";
import { Store } from "../../assets/store.js";
import { frame } from "./zstd-frame.js";

const ROOT = "https://docs.example/project/asgi-docs/";
const FRONT = `${ROOT}front-1/`;
const DECODER = new URL("../../assets/vendor/zstddec.wasm", import.meta.url);

/** A browser's caches, as far as the store uses them. */
class FakeCaches {
  names = new Map();
  full = false;

  async open(name) {
    if (!this.names.has(name)) this.names.set(name, new Map());
    const entries = this.names.get(name);
    return {
      keys: async () => [...entries.keys()].map((url) => ({ url })),
      match: async (url) => entries.get(url)?.clone(),
      delete: async (key) => entries.delete(key.url ?? key),
      put: async (url, response) => {
        if (this.full) throw new DOMException("full", "QuotaExceededError");
        const body = await response.arrayBuffer();
        entries.set(url, new Response(body, { headers: response.headers }));
      },
    };
  }

  kept() {
    const all = [...this.names.values()].flatMap((entries) => [...entries.keys()]);
    return all.map((url) => url.replace(ROOT, "")).sort();
  }
}

let caches;
let site;
let asked;

beforeEach(() => {
  caches = new FakeCaches();
  asked = [];
  site = {
    "environments/a.json": manifest("base", "a"),
    "environments/b.json": manifest("base", "b"),
    "layers/base": "BASE",
    "layers/a": "A",
    "layers/b": "B",
    "pyodide/pyodide.js": "1",
    "pyodide/asm.js": "2",
    "front-1/worker.js": 'import {\n  a,\n} from "./a.js";\nimport "./ui/b.js";',
    "front-1/a.js": 'import { b } from "./ui/b.js";',
    "front-1/ui/b.js": 'import { a } from "../a.js";',
  };
});

/** Each file takes 10 bytes. */
function manifest(...layers) {
  const files = layers.map((name) => ({ url: `../layers/${name}`, size: 10 }));
  return JSON.stringify({
    pyodide: { module: { url: "../pyodide/pyodide.js", size: 0 }, asm: { url: "../pyodide/asm.js", size: 0 } },
    layers: files,
  });
}

async function fetchFromSite(input) {
  const path = String(input).replace(ROOT, "");
  asked.push(path);
  if (site === null) throw new TypeError("no network");
  return path in site ? new Response(site[path]) : new Response("", { status: 404 });
}

function open({ front = FRONT, budget = 100, given = caches, root = ROOT, fetch = fetchFromSite } = {}) {
  return new Store(new URL(root), new URL(front), { caches: given, fetch, budget, patience: 200 });
}

/** What a start does; gives the texts of the layers. */
async function load(store, name = "a", { keep = true } = {}) {
  const url = `${ROOT}environments/${name}.json`;
  const { layers } = await (await store.fetch(url, { cache: "no-cache" })).json();
  const responses = await Promise.all(layers.map((file) => store.fetch(new URL(file.url, url))));
  const texts = await Promise.all(responses.map((response) => response.text()));
  if (keep) await store.keep();
  return texts;
}

test("a later visit loads the manifest alone", async () => {
  await load(open());
  asked = [];
  assert.deepEqual(await load(open()), ["BASE", "A"]);
  assert.deepEqual(asked, ["environments/a.json"]);
});

test("environments share files", async () => {
  await load(open());
  asked = [];
  assert.deepEqual(await load(open(), "b"), ["BASE", "B"]);
  assert.deepEqual(asked, ["environments/b.json", "layers/b"]);
});

test("without a network, what ran runs again, and nothing else", async () => {
  await load(open());
  site = null;
  assert.deepEqual(await load(open()), ["BASE", "A"]);
  await assert.rejects(load(open(), "b"), /no network/);
});

test("an answer that nobody could hear is not late", async () => {
  await load(open());
  const url = `${ROOT}environments/a.json`;
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  const fetch = async (_, { signal }) => {
    await turn();
    await turn();
    signal.throwIfAborted();
    return new Response("new");
  };
  const answer = open({ fetch }).fetch(url, { cache: "no-cache" });
  await turn();
  for (const end = performance.now() + 400; performance.now() < end; ); // as Python's own start does
  assert.equal(await (await answer).text(), "new");
});

test("one that does not come is not waited for, where there is another", async () => {
  await load(open());
  const url = `${ROOT}environments/a.json`;
  const fetch = (_, { signal }) =>
    new Promise((_, reject) => {
      signal.onabort = () => reject(signal.reason);
    });
  const answer = await open({ fetch }).fetch(url, { cache: "no-cache" });
  assert.equal(await answer.text(), site["environments/a.json"]);
});

test("nothing is kept of a start that failed", async () => {
  await load(open(), "a", { keep: false });
  assert.deepEqual(caches.kept(), []);
});

test("what is fetched once the app runs is kept as well, if it is the environment's", async () => {
  const store = open();
  await store.fetch(`${ROOT}environments/a.json`, { cache: "no-cache" });
  await store.keep();
  await store.fetch(`${ROOT}layers/a`);
  await store.fetch(`${ROOT}layers/b`);
  await new Promise(setImmediate);
  assert.deepEqual(caches.kept(), ["environments/a.json?front-1", "layers/a"]);
});

test("what arrives while it is found out what may be kept is kept as well", async () => {
  const store = open();
  await load(store, "a", { keep: false });
  site["environments/a.json"] = manifest("base", "a", "b");
  await store.fetch(`${ROOT}environments/a.json`, { cache: "no-cache" });
  const keeping = store.keep();
  await store.fetch(`${ROOT}layers/b`);
  await keeping;
  assert(caches.kept().includes("layers/b"));
});

test("answers that are errors, and other sites', are not kept", async () => {
  delete site["layers/a"];
  const store = open();
  await load(store);
  await store.fetch("https://elsewhere.example/a");
  assert.deepEqual(caches.kept(), ["environments/a.json?front-1", "layers/base"]);
});

test("what broke an interpreter is fetched anew", async () => {
  await load(open());
  const again = open();
  await load(again, "a", { keep: false });
  await again.forget();
  asked = [];
  await load(open());
  assert.deepEqual(asked.sort(), ["environments/a.json", "layers/a", "layers/base"]);
});

test("but not without a network", async () => {
  await load(open());
  site = null;
  const again = open();
  await load(again, "a", { keep: false });
  await again.forget();
  assert.deepEqual(await load(open()), ["BASE", "A"]);
});

test("without a network, a page of an old deploy never gets a manifest of the new one", async () => {
  await load(open());
  site["environments/a.json"] = manifest("new");
  site["layers/new"] = "NEW";
  await load(open({ front: `${ROOT}front-2/` }));
  site = null;
  assert.deepEqual(await load(open()), ["BASE", "A"]);
  assert.deepEqual(await load(open({ front: `${ROOT}front-2/` })), ["NEW"]);
});

test("an environment that changes leaves nothing of what it was", async () => {
  await load(open());
  site["environments/a.json"] = manifest("new");
  site["layers/new"] = "NEW";
  assert.deepEqual(await load(open()), ["NEW"]);
  assert.deepEqual(caches.kept(), ["environments/a.json?front-1", "layers/new"]);
});

test("what was not used for longest gives way", async () => {
  await load(open({ budget: 20 }));
  await new Promise((resolve) => setTimeout(resolve, 2));
  await load(open({ budget: 20 }), "b");
  assert.deepEqual(caches.kept(), ["environments/b.json?front-1", "layers/b", "layers/base"]);
});

test("WebAssembly is kept unpacked, and counts as such", async () => {
  site["front-1/vendor/zstddec.wasm"] = readFileSync(DECODER);
  const packed = { url: "../layers/packed", size: 10, unpacked: 60 };
  site["environments/a.json"] = JSON.stringify({ layers: [{ url: "../layers/base", size: 10 }, packed] });
  site["layers/packed"] = frame("UNPACKED");
  await load(open({ budget: 70 }));
  const kept = await open().fetch(`${ROOT}layers/packed`);
  assert.equal(kept.headers.get("content-type"), "application/wasm");
  assert(isUnpacked(kept));
  assert.equal(await kept.text(), "UNPACKED");

  caches = new FakeCaches();
  await load(open({ budget: 69 }));
  assert.deepEqual(caches.kept(), []);
});

test("a decoder that is missing is named, and asked for again", async () => {
  const store = open();
  await assert.rejects(store.zstd(), /front-1\/vendor\/zstddec\.wasm.*404/);
  site["front-1/vendor/zstddec.wasm"] = readFileSync(DECODER);
  await store.zstd();
});

test("an environment above the budget is not kept", async () => {
  await load(open({ budget: 19 }));
  assert.deepEqual(caches.kept(), []);
});

for (const [name, given] of Object.entries({
  "that is not there": undefined,
  "that is refused": { open: () => Promise.reject(new DOMException("no", "SecurityError")) },
})) {
  test(`a storage ${name} means the plain network`, async () => {
    const store = new Store(new URL(ROOT), new URL(FRONT), {
      caches: given ?? null,
      fetch: async (input) => new Response(site[String(input).replace(ROOT, "")]),
    });
    assert.deepEqual(await load(store), ["BASE", "A"]);
    await store.download(`${ROOT}environments/a.json`, async () => true);
  });
}

test("a full storage means the plain network", async () => {
  caches.full = true;
  assert.deepEqual(await load(open()), ["BASE", "A"]);
  assert.deepEqual(await load(open()), ["BASE", "A"]);
});

test("sites of an origin have caches of their own", async () => {
  await load(open());
  const other = ROOT.replace("project", "other");
  await load(open({ root: other, front: `${other}front-1/` }));
  assert.deepEqual(
    [...caches.names.keys()],
    ["asgi-docs /project/asgi-docs/", "asgi-docs /other/asgi-docs/"],
  );
});

test("an early download takes what a start needs, once", async () => {
  site["front-1/vendor/zstddec.wasm"] = "DECODER";
  await open().download(`${ROOT}environments/a.json`, async () => true);
  assert.deepEqual(asked.sort(), [
    "environments/a.json",
    "front-1/vendor/zstddec.wasm",
    "layers/a",
    "layers/base",
    "pyodide/asm.js",
    "pyodide/pyodide.js",
  ]);
  asked = [];
  await open().download(`${ROOT}environments/a.json`, async () => true);
  assert.deepEqual(asked, []);
  assert.deepEqual(await load(open()), ["BASE", "A"]);
  assert.deepEqual(asked, ["environments/a.json"]);
});

test("what a CDN has is not kept", async () => {
  const wasm = { url: "https://cdn.test/pyodide.wasm", size: 90 };
  const pyodide = { module: { ...wasm, url: "https://cdn.test/a.mjs" }, wasm, integrity: {} };
  const files = [{ url: "../layers/a", size: 10 }];
  site["environments/a.json"] = JSON.stringify({ pyodide, layers: files });
  await open().download(`${ROOT}environments/a.json`, async () => true);
  await load(open());
  assert.deepEqual(caches.kept(), ["environments/a.json?front-1", "layers/a"]);
});

const ENTRIES = [`${FRONT}worker.js`, `${ROOT}pyodide/pyodide.js`];
const SCRIPTS = ["front-1/a.js", "front-1/ui/b.js", "front-1/worker.js", "pyodide/pyodide.js"];

test("a worker's scripts are kept with all that they import, once", async () => {
  const store = open();
  await load(store);
  await keepScripts(store, ENTRIES);
  assert.deepEqual(
    caches.kept().filter((key) => key.endsWith(".js")),
    SCRIPTS,
  );
  await load(open());
  asked = [];
  await keepScripts(open(), ENTRIES);
  assert.deepEqual(asked, []);
});

test("a front end's scripts go with the last environment that it has started", async () => {
  const old = open();
  await load(old);
  await keepScripts(old, ENTRIES);
  await new Promise((resolve) => setTimeout(resolve, 2));
  await load(open({ front: `${ROOT}front-2/`, budget: 20 }), "b");
  const left = ["environments/b.json?front-2", "layers/b", "layers/base", "pyodide/pyodide.js"];
  assert.deepEqual(caches.kept(), left);
});

test("scripts of an environment that is not kept are not kept", async () => {
  const store = open({ budget: 19 });
  await load(store);
  await keepScripts(store, ENTRIES);
  assert.deepEqual(caches.kept(), []);
});

test("an early download of a new deploy is left to the new page", async () => {
  await open().download(`${ROOT}environments/a.json`, async () => false);
  assert.deepEqual(caches.kept(), []);
  assert.deepEqual(asked, ["environments/a.json"]);
});

/** Leaves a snapshot of that many bytes, and gives what is then kept of it. */
async function snapshot(store, size, { name = "a", variables = "" } = {}) {
  const url = `${ROOT}environments/${name}.json`;
  await store.fetch(url, { cache: "no-cache" });
  await store.keepSnapshot(url, variables, new Blob(["s".repeat(size)]));
  return (await open().snapshot(url, variables))?.text();
}

test("a snapshot is kept, one for the environment and its variables", async () => {
  await load(open());
  assert.equal(await snapshot(open(), 5), "sssss");
  assert.equal(await snapshot(open(), 3), "sss");
  assert.equal(await snapshot(open(), 4, { variables: "DEBUG" }), "ssss");
  assert.equal(caches.kept().filter((key) => key.includes("/snapshots/")).length, 2);
  assert.equal(await (await open().snapshot(`${ROOT}environments/a.json`, "")).text(), "sss");
});

test("files go before snapshots", async () => {
  await load(open({ budget: 40 }));
  assert.equal(await snapshot(open({ budget: 40 }), 21), undefined);
  assert.equal(await snapshot(open({ budget: 40 }), 20), "s".repeat(20));
  await load(open({ budget: 40 }), "b");
  assert.deepEqual(
    caches.kept().filter((key) => key.includes("/snapshots/")),
    [],
  );
  assert.equal(await snapshot(open({ budget: 40 }), 10), "s".repeat(10));
});

test("a snapshot goes with its environment, and with the front end", async () => {
  await load(open());
  await snapshot(open(), 5);
  await load(open({ budget: 20 }), "b");
  assert.deepEqual(caches.kept(), ["environments/b.json?front-1", "layers/b", "layers/base"]);
  await snapshot(open(), 5, { name: "b" });
  const other = open({ front: `${ROOT}front-2/` });
  assert.equal(await other.snapshot(`${ROOT}environments/b.json`, ""), undefined);
});

test("a storage without room for it has no snapshot", async () => {
  await load(open());
  caches.full = true;
  assert.equal(await snapshot(open(), 5), undefined);
  assert.equal(await snapshot(open({ given: null }), 5), undefined);
});

test("files count once, and whatever is older than what does not fit goes", () => {
  const environment = (key, used, ...files) => ({
    key,
    used,
    files: new Map(files.map((file) => [file, 10])),
  });
  const all = [
    environment("old", 1, "x"),
    environment("middle", 2, "x", "y", "z"),
    environment("new", 3, "x", "y"),
  ];
  assert.deepEqual([...retained(all, 30)].sort(), ["middle", "new", "old", "x", "y", "z"]);
  assert.deepEqual([...retained(all, 29)].sort(), ["new", "x", "y"]);
  assert.deepEqual([...retained(all, 19)], []);
});

test("there is room for a snapshot while the browser leaves the store its budget", async () => {
  const estimate = async () => ({ quota: 300, usage });
  let usage = 199;
  Object.defineProperty(globalThis, "navigator", { value: { storage: { estimate } }, configurable: true });
  assert.equal(await open().hasRoom(), true);
  usage = 200;
  assert.equal(await open().hasRoom(), false);
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  assert.equal(await open().hasRoom(), true);
  assert.equal(await open({ given: null }).hasRoom(), false);
});

test("snapshots take what files leave, those of the last environment first", () => {
  const environments = [
    { key: "old", used: 1, files: new Map([["base", 10]]) },
    { key: "new", used: 2, files: new Map([["base", 10]]) },
    { key: "oldest", used: 0, files: new Map([["huge", 90]]) },
  ];
  const snapshots = [
    { key: "of the old", environment: "old", size: 5 },
    { key: "of the new", environment: "new", size: 7 },
    { key: "too big", environment: "new", size: 80 },
    { key: "of the oldest", environment: "oldest", size: 1 },
    { key: "of none", environment: "gone", size: 1 },
  ];
  const left = (budget) => [...retained(environments, budget, snapshots)].filter((key) => key.includes("o"));
  assert.deepEqual(left(22), ["old", "of the new", "of the old"]);
  assert.deepEqual(left(21), ["old", "of the new"]);
  assert.deepEqual(left(16), ["old", "of the old"]);
});
