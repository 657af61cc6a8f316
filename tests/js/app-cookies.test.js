// What the requests of a running app carry, and what its responses leave.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { AppCookies } from "../../assets/app-cookies.js";

const MOUNT = new URL("http://localhost:8000/site/~token/");

let kept;
let cookies;

beforeEach(() => {
  kept = [];
  cookies = new AppCookies(MOUNT, [], (jar) => kept.push(jar.map(({ name }) => name)));
});

afterEach(() => cookies.close());

/** What the app gets of these headers. */
const sent = (path, headers = []) => cookies.exchange(headers, path).headers;
/** The app answers a request with cookies. */
const answer = (path, set, headers = []) =>
  cookies.exchange(headers, path).answer(set.map((value) => ["set-cookie", value]));

test("cookies of an answer come with the next request, and are told to be kept", () => {
  assert.deepEqual(sent("/", [["accept", "*/*"]]), [["accept", "*/*"]]);
  answer("/", ["a=1", "b=2"]);
  assert.deepEqual(sent("/", [["accept", "*/*"]]), [
    ["accept", "*/*"],
    ["cookie", "a=1; b=2"],
  ]);
  cookies.exchange([], "/").answer([["content-type", "text/html"]]);
  assert.deepEqual(kept, [["a", "b"]]);
});

test("a query is no part of the path", () => {
  answer("/shop/cart?back=/x/y/z", ["a=1"]);
  assert.deepEqual(sent("/shop?next=/"), [["cookie", "a=1"]]);
  assert.deepEqual(sent("/?next=/shop/"), []);
});

test("without credentials nothing is sent and nothing kept", () => {
  answer("/", ["a=1"]);
  const omit = [["x-asgi-docs-credentials", "omit"]];
  assert.deepEqual(sent("/", omit), []);
  answer("/", ["b=2", "a=; Max-Age=0"], omit);
  assert.deepEqual(sent("/"), [["cookie", "a=1"]]);
});

test("a Cookie header that the asker brings is left alone", () => {
  answer("/", ["a=1"]);
  assert.deepEqual(sent("/", [["cookie", "mine=2"]]), [["cookie", "mine=2"]]);
});

test("the app sees no header of ours", () => {
  assert.deepEqual(
    sent("/", [
      ["x-asgi-docs-anything", "1"],
      ["x-asgi", "2"],
    ]),
    [["x-asgi", "2"]],
  );
});

test("the cookies of an earlier start are there", () => {
  let left = [];
  const earlier = new AppCookies(MOUNT, [], (jar) => {
    left = structuredClone(jar);
  });
  earlier.exchange([], "/").answer([["set-cookie", "a=1"]]);
  earlier.close();
  cookies.close();
  cookies = new AppCookies(MOUNT, left, () => {});
  assert.deepEqual(sent("/"), [["cookie", "a=1"]]);
});

for (const [value, left] of [
  ['"cookies"', []],
  ['"cache", "cookies"', []],
  ['"*"', []],
  ['"storage"', [["cookie", "a=1; b=2; c=3"]]],
]) {
  test(`Clear-Site-Data: ${value}`, () => {
    answer("/", ["a=1", "b=2; HttpOnly"]);
    cookies.exchange([], "/").answer([
      ["set-cookie", "c=3"],
      ["clear-site-data", value],
    ]);
    assert.deepEqual(sent("/"), left);
  });
}

// The view of the app's pages

const COOKIES = "x-asgi-docs-cookies";
const decoded = (text) => JSON.parse(decodeURIComponent(text));
const encoded = (value) => encodeURIComponent(JSON.stringify(value));
/** What the response to a page's request tells it. */
function told(set = [], writes = "") {
  const response = cookies
    .exchange([[COOKIES, writes]], "/")
    .answer(set.map((value) => ["set-cookie", value]));
  const text = new Map(response).get(COOKIES);
  return text === undefined ? null : decoded(text);
}
const shown = (view) => view.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
/** A page's end of the channel. */
async function opened(t, mount = MOUNT) {
  const channel = new BroadcastChannel(`asgi-docs.cookies ${mount.pathname.replace(/\/$/, "")}`);
  const messages = [];
  const waiting = [];
  channel.onmessage = ({ data }) => (waiting.length > 0 ? waiting.shift()(data) : messages.push(data));
  t.after(() => channel.close());
  return {
    post: (message) => channel.postMessage(message),
    next: () => (messages.length > 0 ? messages.shift() : new Promise((resolve) => waiting.push(resolve))),
    messages,
  };
}

test("a page is told what its response sets, others' requests are told nothing", () => {
  assert.equal(told(), null);
  assert.equal(shown(told(["a=1"])), "a=1");
  assert.deepEqual(cookies.exchange([], "/").answer([["set-cookie", "a=2"]]), [["set-cookie", "a=2"]]);
  assert.equal(shown(told()), "a=2");
});

test("a page learns of an HttpOnly cookie only that the name is taken", () => {
  const view = told(["a=secret; HttpOnly; Max-Age=60"]);
  assert.deepEqual(
    view.cookies.map(({ name, value, expires }) => [name, value, expires]),
    [["a", "", null]],
  );
  assert.equal(told(["a=other; HttpOnly; Max-Age=90"]).version, view.version);
});

test("the version grows with each change, and only then", () => {
  const versions = [told(["a=1"]), told(), told(["a=2"]), told(["a=2"])].map(({ version }) => version);
  assert.equal(versions[0], versions[1]);
  assert.ok(versions[2] > versions[1]);
  assert.equal(versions[3], versions[2]);
});

test("what a page has written comes with its request, once", () => {
  const writes = encoded({
    page: "p",
    writes: [
      [1, "/", "a=1"],
      [2, "/shop/", "b=2"],
      [3, "/", "c=3; HttpOnly"],
    ],
  });
  assert.deepEqual(sent("/shop/x", [[COOKIES, writes]]), [["cookie", "b=2; a=1"]]);
  answer("/", ["a=; Max-Age=0"]);
  const view = told([], writes);
  assert.deepEqual([shown(view), view.applied], ["b=2", { p: 3 }]);
});

test("what is no list of writes is none", () => {
  answer("/", ["a=1"]);
  for (const text of ["%", "x", encoded("x"), encoded({}), encoded({ page: "p", writes: [1] })])
    assert.deepEqual(sent("/", [[COOKIES, text]]), [["cookie", "a=1"]]);
});

test("what a page writes comes by the channel, and every page hears of it", async (t) => {
  const [writer, other] = [await opened(t), await opened(t)];
  writer.post({ type: "writes", page: "p", writes: [[1, "/", "a=1"]] });
  assert.equal((await other.next()).type, "writes");
  const view = await other.next();
  assert.deepEqual([view.type, shown(view), view.applied], ["view", "a=1", { p: 1 }]);
  assert.deepEqual(sent("/"), [["cookie", "a=1"]]);
});

test("a page that was away asks", async (t) => {
  const page = await opened(t);
  answer("/", ["a=1"]);
  assert.equal(shown(await page.next()), "a=1");
  page.post({ type: "ask" });
  assert.equal(shown(await page.next()), "a=1");
});

test("another app's pages hear nothing", async (t) => {
  const elsewhere = await opened(t, new URL("http://localhost:8000/other/~token/"));
  const page = await opened(t);
  answer("/", ["a=1"]);
  await page.next();
  assert.deepEqual(elsewhere.messages, []);
});

test("a cookie that the reader forgets comes no more, nor do all of them", () => {
  answer("/", ["a=1", "b=2; Path=/shop", "b=3; HttpOnly"]);
  cookies.forget({ name: "b", path: "/", domain: null });
  assert.deepEqual(sent("/shop"), [["cookie", "b=2; a=1"]]);
  assert.deepEqual(kept.at(-1), ["a", "b"]);
  cookies.forget();
  assert.deepEqual(sent("/shop"), []);
  assert.deepEqual(kept.at(-1), []);
});
