import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Spares } from "../../assets/spares.js";

let page;
let made;
let fit;
let written;
let slow;
let busy;
const connection = { saveData: false };
Object.defineProperty(globalThis, "navigator", {
  value: { connection, deviceMemory: 8 },
  configurable: true,
});

beforeEach(() => {
  made = [];
  fit = true;
  written = [];
  slow = false;
  busy = false;
  page = new EventTarget();
  globalThis.addEventListener = page.addEventListener.bind(page);
  globalThis.document = Object.assign(new EventTarget(), { hidden: false });
  connection.saveData = false;
  navigator.deviceMemory = 8;
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

function spares() {
  return new Spares({
    make(environment, like) {
      const host = { environment, like, ended: false, terminate: () => (host.ended = true) };
      host.prepared = new Promise((resolve, reject) => Object.assign(host, { resolve, reject }));
      made.push(host);
      return host;
    },
    snapshots: {
      settle: (key) => written.push(`settled ${key}`),
      write: (_, environment, __, signal) =>
        new Promise((resolve) => {
          written.push(environment);
          if (slow) signal.onabort = () => written.push("aborted") && resolve();
          else resolve();
        }),
    },
    isFit: async () => fit,
    isBusy: () => busy,
  });
}

async function wait(milliseconds) {
  mock.timers.tick(milliseconds);
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

function hide(hidden) {
  document.hidden = hidden;
  document.dispatchEvent(new Event("visibilitychange"));
}

const names = () => made.filter(({ ended }) => !ended).map(({ environment }) => environment);

test("a spare is made a while after a start, and taken once", async () => {
  const pool = spares();
  assert.equal(pool.take("a", {}), undefined);
  pool.provide("a", { app: "main:app" });
  await wait(1_000);
  assert.deepEqual(made, []);
  await wait(1_000);
  assert.deepEqual(names(), ["a"]);
  assert.equal(pool.take("a", {}), made[0]);
  assert.equal(pool.take("a", {}), undefined);
  assert.equal(made[0].ended, false);
  pool.provide("a", { app: "main:app" });
  await wait(2_000);
  assert.equal(pool.take("a", {}), made[1]);
});

test("none is made while an app owes an answer", async () => {
  const pool = spares();
  busy = true;
  pool.provide("a", {});
  await wait(2_000);
  await wait(2_000);
  assert.deepEqual([made, written], [[], []]);
  busy = false;
  await wait(2_000);
  assert.deepEqual(names(), ["a"]);
});

test("an environment has one spare; its variables make it another", async () => {
  const pool = spares();
  for (let start = 0; start < 3; start++) pool.provide("a", {});
  await wait(2_000);
  assert.deepEqual(names(), ["a"]);
  assert.equal(pool.take("a", { env: { DEBUG: "1" } }), undefined);
});

test("a page keeps two, of what ran last", async () => {
  const pool = spares();
  for (const environment of ["a", "b", "a", "c"]) {
    pool.provide(environment, {});
    await wait(2_000);
  }
  assert.deepEqual(names(), ["a", "c"]);
});

test("one that fails is not there, and comes with the next start", async () => {
  const pool = spares();
  pool.provide("a", {});
  await wait(2_000);
  made[0].reject(new Error("no network"));
  await wait(0);
  assert.equal(made[0].ended, true);
  assert.equal(pool.take("a", {}), undefined);
  pool.provide("a", {});
  await wait(2_000);
  assert.equal(pool.take("a", {}), made[1]);
});

test("one that fails when it is taken is its taker's", async () => {
  const pool = spares();
  pool.provide("a", {});
  await wait(2_000);
  pool.take("a", {});
  made[0].reject(new Error("no network"));
  await wait(0);
  assert.equal(made[0].ended, false);
});

test("a page that is hidden makes none, and after five minutes keeps none", async () => {
  const pool = spares();
  hide(true);
  pool.provide("a", {});
  await wait(2_000);
  assert.deepEqual(names(), []);
  hide(false);
  await wait(2_000);
  assert.deepEqual(names(), ["a"]);
  hide(true);
  await wait(4 * 60_000);
  assert.deepEqual(names(), ["a"]);
  await wait(60_000);
  assert.deepEqual(names(), []);
  assert.equal(pool.take("a", {}), undefined);
  hide(false);
  await wait(2_000);
  assert.equal(pool.take("a", {}), made[1]);
});

test("a page that goes into the back/forward cache keeps none", async () => {
  const pool = spares();
  pool.provide("a", {});
  await wait(2_000);
  page.dispatchEvent(new Event("pagehide"));
  assert.deepEqual(names(), []);
});

test("none where data or memory are short, or a new deploy is there", async () => {
  const pool = spares();
  connection.saveData = true;
  pool.provide("a", {});
  connection.saveData = false;
  navigator.deviceMemory = 2;
  pool.provide("b", {});
  navigator.deviceMemory = 4;
  fit = false;
  pool.provide("c", {});
  await wait(2_000);
  assert.deepEqual(made, []);
});

test("a snapshot is written before a spare is made, unless there is one", async () => {
  const pool = spares();
  slow = true;
  pool.provide("a", {});
  await wait(2_000);
  assert.deepEqual([written, made], [["a"], []]);
  slow = false;
  pool.provide("b", {}, { hasSnapshot: true });
  assert.equal(written.at(-1), "settled b {}");
});

test("a reader who waits for a start does not wait for a snapshot", async () => {
  const pool = spares();
  slow = true;
  pool.provide("a", {});
  await wait(2_000);
  assert.equal(pool.take("a", {}), undefined);
  await wait(0);
  assert.deepEqual([written, made], [["a", "aborted"], []]);
  slow = false;
  pool.provide("a", {});
  await wait(2_000);
  assert.deepEqual(names(), ["a"]);
});
