import assert from "node:assert/strict";
import { test } from "node:test";

import { rangesInUse, readSnapshotFile, snapshotFile } from "../../assets/snapshot-file.js";

const PAGE = 4096;

/** Memory of so many pages, of which these are in use. */
function memory(pages, used) {
  const bytes = new Uint8Array(pages * PAGE);
  for (const page of used) bytes[page * PAGE + page] = page + 1;
  return bytes;
}

async function written(description, bytes) {
  const { size, stream } = snapshotFile(description, bytes);
  const file = await new Response(stream).arrayBuffer();
  assert.equal(file.byteLength, size);
  return file;
}

const description = { stamp: "é", imported: ["fastapi"], snapshot: { size: 6 * PAGE } };

test("pages in use that stand together are one range", () => {
  assert.deepEqual(rangesInUse(memory(6, [0, 1, 4])), [
    [0, 2 * PAGE],
    [4 * PAGE, 5 * PAGE],
  ]);
  assert.deepEqual(rangesInUse(memory(2, [])), []);
});

test("what was written is read", async () => {
  const bytes = memory(600, [1, 3, ...Array.from({ length: 500 }, (_, at) => at + 50)]);
  const { memory: parts, ...read } = readSnapshotFile(await written(description, bytes));
  assert.deepEqual(read, description);
  const restored = new Uint8Array(bytes.length);
  for (const [start, content] of parts) restored.set(content, start);
  assert.deepEqual(restored, bytes);
});

test("empty pages take no room", async () => {
  const { size } = snapshotFile(description, memory(1000, [5]));
  assert.ok(size < 2 * PAGE);
});

test("that there is none is written, too", async () => {
  const { memory: parts, ...read } = readSnapshotFile(await written({ ...description, snapshot: null }));
  assert.deepEqual([read.snapshot, [...parts]], [null, []]);
});

test("a file that is cut short is not read", async () => {
  const file = await written(description, memory(6, [1, 3]));
  for (const length of [0, 2, 20, PAGE, file.byteLength - 1])
    assert.throws(() => readSnapshotFile(file.slice(0, length)));
});
