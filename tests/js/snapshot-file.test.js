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
  return snapshotFile(description, bytes).arrayBuffer();
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

test("what changes while it is written is as it was", async () => {
  const bytes = memory(600, [1, 300]);
  const file = snapshotFile(description, bytes);
  bytes.fill(1);
  const { memory: parts } = readSnapshotFile(await file.arrayBuffer());
  assert.deepEqual(
    [...parts].map(([start, content]) => [start / PAGE, content[start / PAGE]]),
    [1, 300].map((page) => [page, (page + 1) % 256]),
  );
});

test("empty pages take no room", async () => {
  const { size } = snapshotFile(description, memory(1000, [5]));
  assert.ok(size < 2 * PAGE);
});

test("that there is none is written, too", async () => {
  const { memory: parts, ...read } = readSnapshotFile(await written({ ...description, snapshot: null }));
  assert.deepEqual([read.snapshot, [...parts]], [null, []]);
});

test("a file that has changed anywhere is not read", async () => {
  const file = await written(description, memory(6, [1, 3]));
  for (const [at] of new Uint8Array(file).entries()) {
    if (at > 200 && at % 97) continue;
    const changed = file.slice();
    new Uint8Array(changed)[at] ^= 4;
    assert.throws(() => readSnapshotFile(changed), `${at}`);
  }
  const emptied = file.slice();
  new Uint8Array(emptied, file.byteLength - PAGE).fill(0);
  assert.throws(() => readSnapshotFile(emptied));
});

test("a file that is cut short is not read", async () => {
  const file = await written(description, memory(6, [1, 3]));
  for (const length of [0, 2, 20, PAGE, file.byteLength - 1])
    assert.throws(() => readSnapshotFile(file.slice(0, length)));
});
