// What Pyodide is handed in place of what it would fetch: assets/interpreter-files.js.

import assert from "node:assert/strict";
import { test } from "node:test";

const { instantiateStreaming } = WebAssembly;
const { handCompiled } = await import("../../assets/interpreter-files.js"); // keeps the one that it finds

/** A module that exports a memory, and one that imports a function `a.b`. */
const EXPORTING = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 5, 3, 1, 0, 1, 7, 5, 1, 1, 109, 2, 0]);
const IMPORTING = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 97, 1, 98, 0, 0,
]);

test("it gets its WebAssembly compiled, once", async () => {
  const compiled = WebAssembly.compile(EXPORTING);
  handCompiled(compiled);
  const { module, instance } = await WebAssembly.instantiateStreaming(new Response(""), {});
  assert.equal(module, await compiled);
  assert(instance.exports.m instanceof WebAssembly.Memory);
  assert.equal(WebAssembly.instantiateStreaming, instantiateStreaming);
});

test("one that was never fetched for is not in the way of the next", async () => {
  handCompiled(WebAssembly.compile(EXPORTING));
  const compiled = WebAssembly.compile(IMPORTING);
  handCompiled(compiled);
  const { module } = await WebAssembly.instantiateStreaming(new Response(""), { a: { b() {} } });
  assert.equal(module, await compiled);
  assert.equal(WebAssembly.instantiateStreaming, instantiateStreaming);
});
