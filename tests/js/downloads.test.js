// What a start downloads: assets/downloads.js.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { frame } from "./zstd-frame.js";

const BASE = new URL("http://docs.test/environments/x.json");
/** An empty module, and the index and content of a layer that has it. */
const WASM = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
const INDEX = { files: [["a.pyc", 3]], extensions: [["b.so", 8]], cold: [["a.py", 5]] };
const HOT = layer(JSON.stringify(INDEX), "abc");
const LAYER = {
  name: "a",
  version: "1",
  hot: { url: "../layers/hot", size: HOT.length },
  extensions: [{ url: "../layers/extension", size: frame(WASM).length }],
  cold: { url: "../layers/cold", size: 25 },
};

let served;
globalThis.fetch = async (url, { integrity } = {}) => {
  if (integrity === "sha512-other") throw new TypeError("Failed to fetch");
  const response = served[new URL(url).pathname]?.() ?? new Response("", { status: 404 });
  return Object.defineProperty(response, "url", { value: String(url) });
};
const { Downloads, loadZstd } = await import("../../assets/downloads.js"); // keeps the fetch that it finds

const DECODER = new URL("../../assets/vendor/zstddec.wasm", import.meta.url);

beforeEach(() => {
  served = {
    [DECODER.pathname]: () => new Response(readFileSync(DECODER)),
    "/layers/hot": () => new Response(HOT),
    "/layers/extension": () => new Response(frame(WASM)), // of no type that is worth anything
    "/layers/cold": () => new Response(frame("later")),
  };
});

test("a layer arrives with its extension modules compiled, and is counted", async () => {
  const { downloads, progress } = counted();
  const { index, content, extensions } = await downloads.layer(LAYER);
  await downloads.done;
  assert.deepEqual(index, INDEX);
  assert.equal(new TextDecoder().decode(content), "abc");
  assert(extensions[0] instanceof WebAssembly.Module);
  const total = LAYER.hot.size + LAYER.extensions[0].size;
  assert.deepEqual(progress.at(-1), [total, total]);
});

test("WebAssembly that is kept unpacked is compiled as it is, and counted", async () => {
  served["/layers/extension"] = () => new Response(WASM, { headers: { "content-type": "application/wasm", "x-asgi-docs-unpacked": "1" } });
  const { downloads, progress } = counted();
  const { extensions } = await downloads.layer(LAYER);
  await downloads.done;
  assert(extensions[0] instanceof WebAssembly.Module);
  const total = LAYER.hot.size + LAYER.extensions[0].size;
  assert.deepEqual(progress.at(-1), [total, total]);
});

test("its bytes are there for who reads its file", () => {
  globalThis.XMLHttpRequest = class {
    status = 200;
    response = WASM.buffer; // of the service worker, which has it from the store
    open() {}
    send() {}
  };
  const { downloads } = counted();
  assert.deepEqual(downloads.now(LAYER.extensions[0], {}), WASM);
});

test("a file from elsewhere is not packed", async () => {
  served["/pyodide.wasm"] = () => new Response(WASM);
  const file = { url: "https://cdn.test/pyodide.wasm", size: WASM.length };
  const downloads = new Downloads(BASE, [file], loadZstd(), () => {});
  assert((await downloads.compiled(file, "sha512-right")) instanceof WebAssembly.Module);
  await downloads.done;
});

test("a file from elsewhere that is another one ends the start", async () => {
  const file = { url: "https://cdn.test/pyodide.wasm", size: 1 };
  const downloads = new Downloads(BASE, [file], loadZstd(), () => {});
  const compiled = downloads.compiled(file, "sha512-other");
  await Promise.all([assert.rejects(downloads.done, /^Error: cdn\.test cannot be/), assert.rejects(compiled)]);
});

test("cold files come when they are asked for", async () => {
  const { downloads, progress } = counted();
  assert.equal(new TextDecoder().decode(await downloads.later(LAYER.cold)), "later");
  assert.deepEqual(progress, []);
});

test("a file that is missing ends the start, and is named", async () => {
  delete served["/layers/extension"];
  const { downloads } = counted();
  const loading = downloads.layer(LAYER);
  await Promise.all([assert.rejects(downloads.done, /\/layers\/extension.*404/), assert.rejects(loading)]);
});

test("so does what would unpack them", async () => {
  const { downloads } = counted(Promise.reject(new Error("no decoder")));
  const loading = downloads.layer(LAYER);
  await Promise.all([assert.rejects(downloads.done, /no decoder/), assert.rejects(loading)]);
});

test("so does a connection that breaks", async () => {
  served["/layers/hot"] = () => {
    const parts = [HOT.subarray(0, 20)];
    return new Response(
      new ReadableStream({
        pull(controller) {
          const part = parts.pop();
          if (part) controller.enqueue(part);
          else controller.error(new TypeError("network error"));
        },
      }),
    );
  };
  const { downloads } = counted();
  const loading = downloads.layer(LAYER);
  await Promise.all([assert.rejects(downloads.done, /network error/), assert.rejects(loading)]);
});

function counted(zstd = loadZstd()) {
  const progress = [];
  const needed = [LAYER.hot, ...LAYER.extensions];
  return { downloads: new Downloads(BASE, needed, zstd, (...numbers) => progress.push(numbers)), progress };
}

function layer(index, content) {
  const length = new Uint8Array(new Uint32Array([index.length]).buffer);
  return frame(Buffer.concat([length, Buffer.from(index), Buffer.from(content)]));
}
