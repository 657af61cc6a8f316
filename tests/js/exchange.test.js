// The client's end of a port to an app; the test is the app at the other end.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import "../../assets/exchange.js";
import { App, bytes, settled, text } from "./app.js";

const REQUEST_WINDOW = 1 << 20;
const GET = { method: "GET", path: "/", headers: [], body: null };

const isPending = async (promise) =>
  (await Promise.race([promise, settled().then(() => isPending)])) === isPending;

let app;
let client;

beforeEach(() => {
  const { port1, port2 } = new MessageChannel();
  app = new App(port1);
  client = new globalThis.asgiDocs.AppClient(port2);
});

afterEach(() => {
  client.close("the test is over");
  app.port.close();
});

const options = { timeout: 5_000 };

// Whole messages

test("a request is one message, a whole response another", options, async () => {
  const answer = client.request({ ...GET, path: "/items?q=1", headers: [["accept", "*/*"]] });
  const request = await app.next();
  assert.deepEqual(request, {
    type: "http.request",
    id: request.id,
    method: "GET",
    path: "/items?q=1",
    headers: [["accept", "*/*"]],
    body: null,
    more: false,
  });

  const headers = [
    ["set-cookie", "a=1"],
    ["set-cookie", "b=2"],
  ];
  app.start(request.id, { status: 201, headers, body: "hello" });

  const response = await answer;
  assert.deepEqual([response.status, response.headers], [201, headers]);
  assert.equal(await text(response.body), "hello");
  assert.deepEqual(await app.rest(), []);
});

test("a response without a body", options, async () => {
  const answer = client.request(GET);
  app.start((await app.next()).id, { status: 204 });
  assert.equal((await answer).body, null);
});

test("a body that is at hand goes along, and is not copied", options, async () => {
  const body = new TextEncoder().encode("name=Ada").buffer;
  const answer = client.request({ ...GET, method: "POST", body });
  const request = await app.next();
  assert.equal(await text(request.body), "name=Ada");
  assert.equal(request.more, false);
  assert.equal(body.byteLength, 0, "transferred");
  app.start(request.id);
  await answer;
});

test("answers find their requests in any order", options, async () => {
  const answers = ["/a", "/b"].map((path) => client.request({ ...GET, path }));
  const requests = [await app.next(), await app.next()];
  for (const { id, path } of requests.reverse()) app.start(id, { body: `answer to ${path}` });
  const texts = await Promise.all(answers.map(async (answer) => text((await answer).body)));
  assert.deepEqual(texts, ["answer to /a", "answer to /b"]);
});

test("what comes for a request that is over, or never was, does no harm", options, async () => {
  const answer = client.request(GET);
  const { id } = await app.next();
  app.start(id, { body: "done" });
  app.body(id, "late", false);
  app.start(id + 1000);
  app.port.postMessage({ type: "http.response.error", id, message: "late" });
  assert.equal(await text((await answer).body), "done");
  await settled();
});

// Streamed responses

test("the head is there before the body; chunks arrive one by one", options, async () => {
  const answer = client.request(GET);
  const { id } = await app.next();
  app.start(id, { more: true });
  const reader = (await answer).body.getReader();

  const first = reader.read();
  assert.ok(await isPending(first));
  app.body(id, "one");
  assert.deepEqual((await first).value, bytes("one"));
  app.body(id, "two", false);
  assert.deepEqual((await reader.read()).value, bytes("two"));
  assert.equal((await reader.read()).done, true);
});

test("a first chunk that came with the head is not lost", options, async () => {
  const answer = client.request(GET);
  const { id } = await app.next();
  app.start(id, { body: "one ", more: true });
  app.body(id, "two ");
  app.body(id, null, false);
  assert.equal(await text((await answer).body), "one two ");
});

test("what is taken is credited to the app, to the byte", options, async () => {
  const answer = client.request(GET);
  const { id } = await app.next();
  app.start(id, { body: "12345", more: true });
  const sizes = [100, 700_000, 1, 300_000];
  for (const size of sizes) app.body(id, new Uint8Array(size));
  const reader = (await answer).body.getReader();
  for (let read = 0; read < 5 + 1_000_101; ) read += (await reader.read()).value.byteLength;

  let credited = 0;
  while (credited < 5 + 1_000_101) {
    const { type, bytes } = await app.next();
    assert.equal(type, "http.response.credit");
    credited += bytes;
  }
  assert.equal(credited, 5 + 1_000_101);
});

test("a reader that takes nothing gets no more than its queue", options, async () => {
  const answer = client.request(GET);
  const { id } = await app.next();
  app.start(id, { more: true });
  const { body } = await answer;
  app.body(id, new Uint8Array(200_000));
  app.body(id, new Uint8Array(200_000));
  const credited = (await app.rest()).reduce((sum, { bytes }) => sum + bytes, 0);
  assert.ok(credited < 400_000, `credited ${credited}`);

  const reader = body.getReader();
  await reader.read();
  await reader.read();
  const more = (await app.rest()).reduce((sum, { bytes }) => sum + bytes, 0);
  assert.equal(credited + more, 400_000);
});

test("a reader that goes away is a client that goes away", options, async () => {
  const answer = client.request(GET);
  const { id } = await app.next();
  app.start(id, { body: "one", more: true });
  await (await answer).body.cancel();
  const messages = await app.rest();
  assert.deepEqual(messages.at(-1), { type: "http.disconnect", id });

  app.body(id, "late", false);
  assert.deepEqual(await app.rest(), []);
});

test("an error after the head breaks the body off", options, async () => {
  const answer = client.request(GET);
  const { id } = await app.next();
  app.start(id, { more: true });
  const reader = (await answer).body.getReader();
  app.body(id, "half");
  assert.deepEqual((await reader.read()).value, bytes("half"));
  app.port.postMessage({ type: "http.response.error", id, message: "the app raised an exception" });
  await assert.rejects(reader.read(), /the app raised an exception/);
});

test("an error before the head rejects", options, async () => {
  const answer = client.request(GET);
  const { id } = await app.next();
  app.port.postMessage({ type: "http.response.error", id, message: "no such header" });
  await assert.rejects(answer, /no such header/);
});

// Streamed requests

test("a request body is sent as it comes", options, async () => {
  const source = new TransformStream();
  const writer = source.writable.getWriter();
  const answer = client.request({ ...GET, method: "POST", body: source.readable });
  const head = await app.next();
  assert.deepEqual([head.type, head.body, head.more], ["http.request", null, true]);

  writer.write(bytes("one"));
  const part = await app.next();
  assert.deepEqual([part.type, part.id, part.more], ["http.request.body", head.id, true]);
  assert.equal(await text(part.body), "one");
  writer.close();
  assert.deepEqual(await app.next(), { type: "http.request.body", id: head.id, body: null, more: false });
  app.start(head.id);
  await answer;
});

test("a big part of a request body is sent in several messages", options, async () => {
  const size = REQUEST_WINDOW + 1;
  const body = new Blob([new Uint8Array(size)]).stream();
  const answer = client.request({ ...GET, method: "POST", body });
  const { id } = await app.next();
  let received = 0;
  for (let message = await app.next(); message.more; message = await app.next()) {
    assert.ok(message.body.byteLength <= REQUEST_WINDOW / 4);
    received += message.body.byteLength;
    app.port.postMessage({ type: "http.request.credit", id, bytes: message.body.byteLength });
  }
  assert.equal(received, size);
  app.start(id);
  await answer;
});

test("a part of a bigger buffer is sent alone, and the buffer stays", options, async () => {
  const whole = bytes("-one-");
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(whole.subarray(1, 4));
      controller.close();
    },
  });
  const answer = client.request({ ...GET, method: "POST", body });
  const { id } = await app.next();
  assert.equal(await text((await app.next()).body), "one");
  assert.equal(whole.byteLength, 5);
  app.start(id);
  await answer;
});

test("a request body waits when the app takes nothing", options, async () => {
  const size = REQUEST_WINDOW / 4; // one message
  let left = 8;
  const body = new ReadableStream({
    pull(controller) {
      if (left-- > 0) controller.enqueue(new Uint8Array(size));
      else controller.close();
    },
  });
  const answer = client.request({ ...GET, method: "POST", body });
  const { id } = await app.next();
  assert.equal((await app.rest()).length, 4, "the window is full");

  app.port.postMessage({ type: "http.request.credit", id, bytes: size });
  assert.equal((await app.rest()).length, 1);
  app.port.postMessage({ type: "http.request.credit", id, bytes: 2 * size });
  assert.equal((await app.rest()).length, 2);
  app.port.postMessage({ type: "http.request.credit", id, bytes: 4 * size });
  const last = await app.rest();
  assert.deepEqual(
    last.map(({ body, more }) => [body?.byteLength, more]),
    [
      [size, true],
      [undefined, false],
    ],
  );
  app.start(id);
  await answer;
});

test("an answer before the end of the request's body ends that too", options, async () => {
  let cancelled = false;
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(bytes("one")),
    cancel: () => {
      cancelled = true;
    },
  });
  const answer = client.request({ ...GET, method: "POST", body });
  const { id } = await app.next();
  app.start(id, { status: 413 });
  assert.equal((await answer).status, 413);
  await settled();
  assert.ok(cancelled, "though its next chunk never comes");
});

test("a request body that fails is a client that goes away", options, async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error("disk on fire")) });
  const answer = client.request({ ...GET, method: "POST", body });
  answer.catch(() => {});
  const { id } = await app.next();
  assert.deepEqual(await app.next(), { type: "http.disconnect", id });
  await assert.rejects(answer, /disk on fire/);
});

test("a stream of something else than bytes fails, and nothing is lost in silence", options, async () => {
  const body = new ReadableStream({ start: (controller) => controller.enqueue("text") });
  const answer = client.request({ ...GET, method: "POST", body });
  answer.catch(() => {});
  const { id } = await app.next();
  assert.deepEqual(await app.next(), { type: "http.disconnect", id });
  await assert.rejects(answer, TypeError);
});

// Patience

test("an app that does not begin to answer is given up, with the reason", options, async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const begun = client.request(GET);
  const { id: streaming } = await app.next();
  app.start(streaming, { more: true });
  await begun;
  const answer = client.request({ ...GET, path: "/slow?a" });
  const { id } = await app.next();
  mock.timers.tick(119_999);
  mock.timers.tick(1);
  mock.timers.reset();
  await assert.rejects(answer, {
    name: "TimeoutError",
    message: /begun to answer \/slow\?a within 120 seconds/,
  });
  assert.deepEqual(
    await app.rest(),
    [{ type: "http.disconnect", id }],
    "the response that has begun goes on",
  );
});

test("an app that takes an upload is waited for", options, async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const source = new TransformStream();
  const writer = source.writable.getWriter();
  const answer = client.request({ ...GET, method: "POST", body: source.readable });
  const { id } = await app.next();
  for (let part = 0; part < 3; part += 1) {
    mock.timers.tick(119_999);
    writer.write(bytes("part"));
    await app.next();
  }
  mock.timers.tick(119_999);
  mock.timers.reset();
  app.start(id);
  assert.equal((await answer).status, 200);
});

// Clients and apps that end

test("a signal that is aborted already sends nothing", options, async () => {
  const reason = new Error("no more");
  await assert.rejects(client.request({ ...GET, signal: AbortSignal.abort(reason) }), reason);
  assert.deepEqual(await app.rest(), []);
});

test("an abort before the head", options, async () => {
  const aborting = new AbortController();
  const answer = client.request({ ...GET, signal: aborting.signal });
  const { id } = await app.next();
  const reason = new Error("no more");
  aborting.abort(reason);
  await assert.rejects(answer, reason);
  assert.deepEqual(await app.next(), { type: "http.disconnect", id });
});

test("an abort after the head", options, async () => {
  const aborting = new AbortController();
  const answer = client.request({ ...GET, signal: aborting.signal });
  const { id } = await app.next();
  app.start(id, { more: true });
  const read = (await answer).body.getReader().read();
  const reason = new Error("no more");
  aborting.abort(reason);
  await assert.rejects(read, reason);
  assert.deepEqual(await app.next(), { type: "http.disconnect", id });
});

test("an abort after the end says nothing to the app", options, async () => {
  const aborting = new AbortController();
  const answer = client.request({ ...GET, signal: aborting.signal });
  app.start((await app.next()).id, { body: "done" });
  await answer;
  aborting.abort();
  assert.deepEqual(await app.rest(), []);
});

test("close() fails everything that is under way", options, async () => {
  const uploading = new ReadableStream({ start: (controller) => controller.enqueue(bytes("one")) });
  const waiting = client.request(GET);
  const sending = client.request({ ...GET, method: "POST", body: uploading });
  const streaming = client.request(GET);
  const ids = [(await app.next()).id, (await app.next()).id];
  let message = await app.next();
  while (message.type !== "http.request") message = await app.next();
  assert.equal(new Set([...ids, message.id]).size, 3);
  app.start(message.id, { body: "one", more: true });
  const reader = (await streaming).body.getReader();
  const rejected = [waiting, sending].map((answer) => assert.rejects(answer, /The app was stopped/));

  client.close("The app was stopped.");

  await Promise.all(rejected);
  await assert.rejects(async () => {
    while (!(await reader.read()).done);
  }, /The app was stopped/);
});

test("after close() a request is refused at once", options, async () => {
  client.close("The app was stopped.");
  await assert.rejects(client.request(GET), /The app was stopped/);
});
