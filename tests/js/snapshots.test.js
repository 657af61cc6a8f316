import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Snapshots } from "../../assets/snapshots.js";

let workers;
let snapshots;

beforeEach(() => {
  workers = [];
  snapshots = new Snapshots(() => {
    const worker = {
      ended: false,
      postMessage: (message) => (worker.asked = message),
      terminate: () => (worker.ended = true),
    };
    workers.push(worker);
    return worker;
  });
});

const write = (key = "a", signal = new AbortController().signal) =>
  snapshots.write(key, `${key}.json`, { app: "main:app" }, signal);

test("a worker writes it, and ends", async () => {
  const writing = write();
  assert.deepEqual(workers[0].asked, { environment: "a.json", like: { app: "main:app" } });
  assert.equal(workers[0].ended, false);
  workers[0].onmessage();
  await writing;
  assert.equal(workers[0].ended, true);
});

test("one is written once", async () => {
  const writing = write();
  workers[0].onmessage();
  await writing;
  await write();
  snapshots.settle("b");
  await write("b");
  assert.equal(workers.length, 1);
});

test("one that was given up is written later", async () => {
  const controller = new AbortController();
  const writing = write("a", controller.signal);
  controller.abort();
  await writing;
  assert.equal(workers[0].ended, true);
  await write("a", controller.signal);
  assert.equal(workers.length, 1);
  write();
  assert.equal(workers.length, 2);
});

test("a worker that cannot start is no reason to wait", async () => {
  const writing = write();
  workers[0].onerror({ preventDefault() {} });
  await writing;
  assert.equal(workers[0].ended, true);
});
