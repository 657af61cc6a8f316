// What unpacks layers: assets/zstd.js. tests/package/test_zstd.py has frames that are really compressed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Zstd } from "../../assets/zstd.js";
import { frame } from "./zstd-frame.js";

const decoder = new URL("../../assets/vendor/zstddec.wasm", import.meta.url);
const zstd = new Zstd(new WebAssembly.Module(readFileSync(decoder)));
const plain = new Uint8Array(1_000_000).map((_, at) => (at * at) >>> 7);
const packed = frame(plain);

for (const size of [1_000, 65_536, 300_000, packed.length])
  test(`a stream of parts of ${size} bytes`, async () => {
    assert.deepEqual(await all(source(packed, size).pipeThrough(zstd.stream())), plain);
  });

test("streams side by side", async () => {
  const others = [frame("one"), packed, frame("")];
  const streams = others.map((each) => all(source(each, 1_000).pipeThrough(zstd.stream())));
  const contents = await Promise.all(streams);
  assert.deepEqual(contents, [new TextEncoder().encode("one"), plain, new Uint8Array()]);
});

test("all at once, while a stream is on its way", async () => {
  const reader = source(packed, 1_000).pipeThrough(zstd.stream()).getReader();
  await reader.read();
  assert.deepEqual(zstd.unpack(packed), plain);
  await reader.cancel();
});

test("what is given is not a view of memory that will be used again", async () => {
  const first = zstd.unpack(frame("first"));
  zstd.unpack(frame("other"));
  assert.equal(new TextDecoder().decode(first), "first");
  assert.equal(first.buffer.byteLength, 5);
});

const broken = {
  "cut off": [packed.subarray(0, 500_000), /cut off/],
  empty: [new Uint8Array(), /cut off/],
  "something else": [new TextEncoder().encode("<!doctype html>"), /error 10/],
};
for (const [what, [bytes, message]] of Object.entries(broken))
  test(`a file that is ${what} is an error`, async () => {
    assert.throws(() => zstd.unpack(bytes), message);
    await assert.rejects(all(source(bytes, 1_000).pipeThrough(zstd.stream())), message);
    assert.deepEqual(zstd.unpack(packed), plain); // and the next one is read
  });

function all(stream) {
  return new Response(stream).bytes();
}

function source(bytes, size) {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}
