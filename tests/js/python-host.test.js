import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { PythonHost } from "../../assets/python-host.js";

let worker;

globalThis.Worker = class {
  posted = [];
  ended = false;

  constructor(url) {
    this.url = url.href;
    worker = this;
  }

  postMessage(message) {
    this.posted.push(message.type);
  }

  terminate() {
    this.ended = true;
  }

  tell(...messages) {
    for (const data of messages) this.onmessage({ data });
  }
};

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

const progress = (stage) => ({ type: "progress", stage });
const output = { type: "output", stream: "stderr", text: "a warning\n" };
const limit = 60_000;

async function outcome(promise) {
  let result = "pending";
  promise.then(
    () => (result = "done"),
    (error) => (result = `${error.stage}: ${error.detail}`),
  );
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  return result;
}

test("the app waits for its interpreter in the worker, not in the page", () => {
  const host = new PythonHost("environment.json");
  host.start({}, () => {});
  assert.deepEqual(worker.posted, ["prepare", "start"]);
});

test("a spare that is ready tells what was printed, and no stage of its preparation", async () => {
  const host = new PythonHost("environment.json");
  worker.tell(progress("download"), progress("interpreter"), output, { type: "prepared" });
  assert.equal(await outcome(host.prepared), "done");
  const told = [];
  const started = host.start({}, (message) => told.push(message));
  assert.deepEqual(told, [output]);
  worker.tell(progress("import"), { type: "started" });
  assert.equal(await outcome(started), "done");
  assert.deepEqual(told.slice(1), [progress("import"), { type: "started" }]);
});

test("a spare that is taken while it is prepared tells where it is", () => {
  const host = new PythonHost("environment.json");
  worker.tell(progress("download"), progress("interpreter"));
  const told = [];
  host.start({}, (message) => told.push(message));
  assert.deepEqual(told, [progress("interpreter")]);
});

test("a spare that is ready waits as long as it takes; the app it gets has a limit again", async () => {
  const host = new PythonHost("environment.json");
  worker.tell(progress("interpreter"), { type: "prepared" });
  mock.timers.tick(10 * limit);
  assert.equal(await outcome(host.prepared), "done");
  const started = host.start({}, () => {});
  mock.timers.tick(limit);
  assert.match(await outcome(started), /^interpreter: This took longer/);
});

test("the limit holds for a preparation that nobody waits for, too", async () => {
  const host = new PythonHost("environment.json");
  worker.tell(progress("download"));
  mock.timers.tick(limit);
  assert.match(await outcome(host.prepared), /^download: This took longer/);
});

test("a preparation that fails fails the start, before any code of the app", async () => {
  const host = new PythonHost("environment.json");
  const started = host.start({}, () => {});
  worker.tell({ type: "failed", stage: "interpreter", message: "no memory" });
  assert.equal(await outcome(started), "interpreter: no memory");
  await started.catch((error) => assert.equal(error.beforeApp, true));
});

test("an app that fails is no failure of the preparation", async () => {
  const host = new PythonHost("environment.json");
  worker.tell({ type: "prepared" });
  const started = host.start({}, () => {});
  worker.tell(progress("import"), { type: "failed", stage: "import", message: "SyntaxError" });
  await started.catch((error) => assert.equal(error.beforeApp, false));
  assert.equal(await outcome(host.prepared), "done");
});

test("an end fails what is under way and ends the worker", async () => {
  const host = new PythonHost("environment.json");
  host.terminate();
  assert.equal(worker.ended, true);
  assert.match(await outcome(host.prepared), /The start was stopped/);
});

const KEPT = "https://docs.example/live/front-1/python-worker.js";
const nothing = { preventDefault() {} };

test("a script that cannot be had is taken from where it is kept, and hears all", async () => {
  const host = new PythonHost("environment.json", {}, { keptURL: () => new URL(KEPT) });
  host.start({}, () => {});
  worker.onerror(nothing);
  assert.equal(worker.url, KEPT);
  assert.deepEqual(worker.posted, ["prepare", "start"]);
  worker.tell({ type: "prepared" });
  assert.equal(await outcome(host.prepared), "done");
});

test("it is not looked for there twice, nor when it is broken, nor once it runs", async () => {
  const begin = () => new PythonHost("environment.json", {}, { keptURL: () => new URL(KEPT) });
  const broken = begin();
  worker.onerror({ ...nothing, message: "SyntaxError" });
  assert.equal(await outcome(broken.prepared), "download: SyntaxError");
  const missing = begin();
  worker.onerror(nothing);
  worker.onerror(nothing);
  assert.match(await outcome(missing.prepared), /^download/);
  begin();
  const runs = worker;
  runs.tell(progress("download"));
  runs.onerror(nothing);
  assert.equal(worker, runs);
});
