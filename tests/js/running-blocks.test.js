import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { RunningBlocks } from "../../assets/running-blocks.js";

let time;
let parked;
let hidden;
let blocks;

beforeEach(() => {
  time = 0;
  parked = [];
  hidden = false;
  mock.timers.enable({ apis: ["setInterval"] });
  blocks = new RunningBlocks({ limit: 3, now: () => ++time, isHidden: () => hidden });
});

afterEach(() => mock.timers.reset());

const block = (name) => ({ name, park: async () => parked.push(name) });

async function add(...names) {
  const added = names.map(block);
  for (const each of added) await blocks.add(each);
  return added;
}

test("up to the limit, all run", async () => {
  await add("a", "b", "c");
  assert.deepEqual(parked, []);
});

test("the one unused longest makes room", async () => {
  const [a] = await add("a", "b", "c");
  blocks.use(a);
  await add("d");
  assert.deepEqual(parked, ["b"]);
  await add("e", "f");
  assert.deepEqual(parked, ["b", "c", "a"]);
});

test("what is in view stays, while something else is not", async () => {
  const [, b, c] = await add("a", "b", "c");
  blocks.see(c, false);
  blocks.see(b, false);
  await add("d");
  assert.deepEqual(parked, ["c"]);
  blocks.see(b, true);
  await add("e");
  assert.deepEqual(parked, ["c", "a"]);
});

test("what has ended, or starts anew, needs no room", async () => {
  const [a, b] = await add("a", "b", "c");
  blocks.delete(a);
  await blocks.add(b);
  await add("d");
  assert.deepEqual(parked, []);
  await add("e");
  assert.deepEqual(parked, ["c"]);
});

const HOUR = 60 * 60_000;

function pass(milliseconds) {
  time += milliseconds;
  mock.timers.tick(60_000);
}

test("what nobody has seen or used for an hour ends", async () => {
  const [, b, c] = await add("a", "b", "c");
  blocks.see(b, false);
  blocks.see(c, false);
  pass(HOUR / 2);
  blocks.use(c);
  pass(HOUR / 2);
  assert.deepEqual(parked, ["b"]);
  for (const each of [b, c]) blocks.delete(each);
  pass(2 * HOUR);
  assert.deepEqual(parked, ["b"]);
});

test("in a hidden page nothing is in view", async () => {
  await add("a");
  pass(2 * HOUR);
  hidden = true;
  pass(HOUR / 2);
  assert.deepEqual(parked, []);
  pass(HOUR / 2);
  assert.deepEqual(parked, ["a"]);
});

test("there is room when the other app has ended", async () => {
  let end;
  blocks = new RunningBlocks({ limit: 1 });
  await blocks.add({ park: () => new Promise((resolve) => (end = resolve)) });
  let added = false;
  const adding = blocks.add(block("b")).then(() => (added = true));
  await new Promise(setImmediate);
  assert.equal(added, false);
  end();
  await adding;
});
