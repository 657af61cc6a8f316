// The relay, in a stand-in for a service worker's global scope: what it asks, answers and rewrites.
// Whether browsers do with it what it hopes for is for the tests in browsers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, mock, test } from "node:test";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import "../../assets/exchange.js";
import { App, settled, text } from "./app.js";

const ORIGIN = "https://docs.example";
const SCOPE = `${ORIGIN}/R&D/_static/asgi-docs/live/page/`;
const ROOT = `${ORIGIN}/R&D/_static/asgi-docs/`;
const MOUNT = "/R&D/_static/asgi-docs/live/page/~token";

const listeners = {};
const fetched = [];
const pages = [];
const clients = new Map();
const assets = new URL("../../assets/", import.meta.url);
const read = (file) => readFileSync(new URL(file, assets), "utf8");
const [, ...files] = JSON.parse(read("bundles.json"))["service-worker.js"]; // exchange.js is there already

// The limits for answers that no test gives are not waited for when all tests are done.
const { setTimeout: setTimer } = globalThis;
globalThis.setTimeout = (act, delay, ...rest) => {
  const timer = setTimer(act, delay, ...rest);
  return delay > 60_000 ? timer.unref() : timer;
};

globalThis.self = {
  location: new URL(`${ORIGIN}/R&D/_static/asgi-docs/service-worker.js`),
  registration: { scope: SCOPE },
  clients: {
    matchAll: async ({ includeUncontrolled } = {}) =>
      includeUncontrolled ? pages : [...pages, ...clients.values()],
    get: async (id) => clients.get(id),
    claim: async () => {},
  },
  skipWaiting: async () => {},
  addEventListener: (type, listener) => {
    listeners[type] = listener;
  },
};
globalThis.navigator ??= { userAgent: "node", languages: ["en"] };
/** What the last request to the network was sent with. */
let networkInit;
globalThis.fetch = async (request, init) => {
  fetched.push(request.url ?? request.href);
  networkInit = init;
  return new Response("from the network");
};
Object.assign(globalThis.asgiDocs, {
  front: "front-1",
  mirrors: {
    x: { default: "x.js", folder: "vendor/x-5.1.0/", version: "5" },
    "@y/z": { default: "dist/z.js", folder: "vendor/y-z-1.0.0/", version: "1" },
    exact: { default: "e.js", folder: "vendor/exact-3.8.3/", version: "3.8.3" },
  },
});
globalThis.caches = {
  match: async (url, { cacheName }) => {
    if (cacheName !== "asgi-docs /R&D/_static/asgi-docs/" || url.endsWith("other.js")) return undefined;
    return new Response(`kept ${url}`);
  },
};
for (const file of files) vm.runInThisContext(read(file), { filename: file });

const ports = [];
const page = {
  url: `${ORIGIN}/R&D/page.html`,
  postMessage: (message) => page.messages.push(message),
  messages: [],
};
pages.push(page);

afterEach(async () => {
  for (const token of ["token", "token.2"]) tell({ type: "unlink", token });
  for (const port of ports.splice(0)) port.close();
  page.messages = [];
  fetched.length = 0;
  clients.clear();
  mock.timers.reset();
});

const options = { timeout: 5_000 };

/** A message of a page. */
function tell(message, port) {
  listeners.message({ data: message, ports: port ? [port] : [], source: page });
}

/** A page links an app, played by the test. */
function link(token = "token") {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1);
  tell({ type: "link", protocol: 1, token }, port2);
  return new App(port1);
}

/** A request of the browser's; undefined when the service worker leaves it alone. */
function request(
  url,
  { mode = "navigate", method = "GET", headers = {}, body, stream, clientId = "", ...more } = {},
) {
  const made = new Request(new URL(url, ORIGIN), { method, headers, body });
  const asked = {
    url: new URL(url, ORIGIN).href,
    method,
    mode,
    headers: made.headers,
    referrer: "about:client",
    destination: "",
    signal: new AbortController().signal,
    body: stream, // else undefined, as in Firefox
    blob: () => made.blob(),
    ...more,
  };
  let answer;
  listeners.fetch({
    request: asked,
    clientId,
    respondWith: (response) => {
      answer = Promise.resolve(response);
    },
  });
  return answer;
}

/** The answer to one request whose app responds with these chunks. */
async function answered({
  status = 200,
  headers = [],
  chunks = [""],
  url = `${MOUNT}/`,
  requestHeaders = {},
  ...more
}) {
  const app = link();
  const answer = request(url, { headers: requestHeaders, ...more });
  const { id } = await app.next();
  if (chunks.length === 1) app.start(id, { status, headers, body: chunks[0] });
  else {
    app.start(id, { status, headers, more: true });
    for (const chunk of chunks) app.body(id, chunk);
    app.body(id, null, false);
  }
  return answer;
}

// Which app a request is for

test("a link is acknowledged; requests below its mount go to the app", options, async () => {
  const app = link();
  assert.deepEqual(page.messages, [{ type: "linked", protocol: 1, token: "token" }]);

  const answer = request(`${MOUNT}/items/caf%C3%A9?q=%20`, { headers: { accept: "text/plain" } });
  const { id, path, method, headers } = await app.next();
  assert.deepEqual([method, path], ["GET", "/items/caf%C3%A9?q=%20"]);
  assert.equal(new Map(headers).get("accept"), "text/plain");
  app.start(id, { status: 201, headers: [["x-a", "1"]], body: "made" });
  const response = await answer;
  assert.deepEqual([response.status, response.headers.get("x-a")], [201, "1"]);
  assert.equal(await response.text(), "made");
});

test("the mount without its slash is the app's root", options, async () => {
  const app = link();
  request(MOUNT);
  assert.equal((await app.next()).path, "/");
});

test("a body says how long it is", options, async () => {
  const app = link();
  request(`${MOUNT}/`, { method: "POST", body: "name=Ada" });
  const sent = await app.next();
  assert.equal(await text(sent.body), "name=Ada");
  assert.equal(new Map(sent.headers).get("content-length"), "8");
});

test("a root-absolute request of an app's page goes to that app", options, async () => {
  const app = link();
  clients.set("frame", { url: `${ORIGIN}${MOUNT}/docs` });
  request("/openapi.json?v=1", { mode: "cors", clientId: "frame" });
  assert.equal((await app.next()).path, "/openapi.json?v=1");
});

for (const [url, path] of [
  [`${MOUNT}${MOUNT}/items?q=1`, "/items?q=1"],
  [`${MOUNT}${MOUNT}`, "/"],
  [`${SCOPE}items`, "/items"], // "../items" on the app's first page
  ["http://localhost:8000/items", "/items"],
]) {
  test(`a page's request to ${url}`, options, async () => {
    const app = link();
    clients.set("frame", { url: `${ORIGIN}${MOUNT}/` });
    request(url, { mode: "cors", clientId: "frame" });
    assert.equal((await app.next()).path, path);
  });
}

test("a request of a frame without a URL belongs to the page around it", options, async () => {
  const app = link();
  clients.set("srcdoc", { url: "about:srcdoc" });
  const referrer = `${ORIGIN}${MOUNT}/frames`;
  request("/logo.png", { mode: "no-cors", clientId: "srcdoc", referrer });
  assert.equal((await app.next()).path, "/logo.png");
});

test("a frame that does not say where it comes from belongs to the only app shown", options, async () => {
  const app = link();
  clients.set("blob", { url: `blob:${ORIGIN}/1` });
  pages.push({ url: `${ORIGIN}${MOUNT}/`, postMessage: () => {} });
  request("/logo.png", { mode: "no-cors", clientId: "blob" });
  assert.equal((await app.next()).path, "/logo.png");

  pages.push({ url: `${SCOPE}~other/`, postMessage: () => {} });
  await request("/unclear.png", { mode: "no-cors", clientId: "blob" });
  assert.deepEqual(fetched, [`${ORIGIN}/unclear.png`]);
  pages.splice(1);
});

for (const [url, referrer] of [
  [`${MOUNT}${MOUNT}/items?q=1`, ""],
  [`${SCOPE}items?q=1`, `${ORIGIN}${MOUNT}/`],
]) {
  test(`a navigation to ${url} is led to its page`, options, async () => {
    const response = await request(url, { referrer });
    assert.deepEqual(
      [response.status, response.headers.get("location")],
      [302, `${ORIGIN}${MOUNT}/items?q=1`],
    );
  });
}

// Two clients of one app

const SECOND = `${MOUNT}.2`;

/** Both, linked. */
function linkBoth() {
  clients.set("first", { url: `${ORIGIN}${MOUNT}/` });
  clients.set("second", { url: `${ORIGIN}${SECOND}/` });
  return [link("token"), link("token.2")];
}

test("each client's requests go by its own link", options, async () => {
  const [first, second] = linkBoth();
  request(`${SECOND}/a`);
  request(`${MOUNT}/b`, { referrer: `${ORIGIN}${MOUNT}/` });
  assert.equal((await second.next()).path, "/a");
  assert.equal((await first.next()).path, "/b");
});

for (const [asking, url] of [
  ["second", `${MOUNT}/items?q=1`],
  ["second", "/items?q=1"],
  ["second", `${SECOND}${MOUNT}/items?q=1`],
  ["first", `${SECOND}/items?q=1`],
]) {
  test(`a script of the ${asking} client asks for ${url}`, options, async () => {
    const [first, second] = linkBoth();
    request(url, { mode: "cors", clientId: asking });
    assert.equal((await (asking === "first" ? first : second).next()).path, "/items?q=1");
  });
}

for (const [what, asked] of [
  ["a link", { mode: "navigate", referrer: `${ORIGIN}${SECOND}/`, destination: "iframe" }],
  ["a style sheet", { mode: "no-cors", clientId: "second", destination: "style" }],
]) {
  test(`${what} of the second client to the first one's mount is led to its own`, options, async () => {
    linkBoth();
    const response = await request(`${MOUNT}/items?q=1`, asked);
    assert.deepEqual([response.status, response.headers.get("location")], [302, `${ORIGIN}${SECOND}/items?q=1`]);
  });
}

test("a form that the second client sends to the first one's mount is sent once, as its own", options, async () => {
  const [, second] = linkBoth();
  const referrer = `${ORIGIN}${SECOND}/`;
  const answer = request(`${MOUNT}/items`, { method: "POST", body: "a=1", referrer, destination: "iframe" });
  const { id, path } = await second.next();
  second.start(id, { status: 303, headers: [["location", `${ORIGIN}${MOUNT}/done`]], body: "" });
  assert.equal(path, "/items");
  assert.equal((await answer).headers.get("location"), `${ORIGIN}${SECOND}/done`);
});

test("the page around the preview opens the client that it names", options, async () => {
  const [first] = linkBoth();
  request(`${MOUNT}/`, { referrer: page.url, destination: "iframe" });
  assert.equal((await first.next()).path, "/");
});

test("a worker that says nothing of itself is not looked for while one client is open", options, async () => {
  clients.set("first", { url: `${ORIGIN}${MOUNT}/` });
  const app = link();
  const { get } = self.clients;
  self.clients.get = () => new Promise(() => {}); // as Firefox does with a worker that still loads
  request(`${MOUNT}/library.js`, { mode: "no-cors", clientId: "loading", destination: "script" });
  assert.equal((await app.next()).path, "/library.js");
  self.clients.get = get;
});

test("another app's mount stays another app's", options, async () => {
  linkBoth();
  const other = link("token3");
  request(`${SCOPE}~token3/a`, { mode: "cors", clientId: "second" });
  assert.equal((await other.next()).path, "/a");
});

test("a form that is sent to a doubled prefix is not sent twice", options, async () => {
  const app = link();
  request(`${MOUNT}${MOUNT}/items`, { method: "POST", body: "a=1" });
  assert.equal((await app.next()).path, "/items");
});

test("what belongs to no app goes to the network", options, async () => {
  link();
  clients.set("docs", { url: `${ORIGIN}/R&D/index.html` });
  await request("/logo.png", { mode: "no-cors", clientId: "docs" });
  assert.deepEqual(fetched, [`${ORIGIN}/logo.png`]);
  assert.equal(request("/R&D/index.html"), undefined);
  assert.equal(request("https://elsewhere.example/"), undefined);
});

for (const [url, file] of [
  ["https://cdn.jsdelivr.net/npm/x@5/ui.css", "x-5.1.0/ui.css"],
  ["https://unpkg.com/x@5.18.2/ui.css", "x-5.1.0/ui.css"],
  ["https://unpkg.com/x@latest/ui.css?v=1", "x-5.1.0/ui.css"],
  ["https://cdn.jsdelivr.net/npm/x", "x-5.1.0/x.js"],
  ["https://cdn.jsdelivr.net/npm/@y/z@1.34.6", "y-z-1.0.0/dist/z.js"],
  ["https://cdn.jsdelivr.net/npm/@y/z/dist/z.css", "y-z-1.0.0/dist/z.css"],
  ["https://unpkg.com/exact@3.8.3/e.css", "exact-3.8.3/e.css"],
  ["https://unpkg.com/exact@3.9.0/e.css", null],
  ["https://cdn.jsdelivr.net/npm/x@4/ui.css", null],
  ["https://cdn.jsdelivr.net/npm/x@50/ui.css", null],
  ["https://cdn.jsdelivr.net/npm/xy@5/ui.css", null],
  ["https://elsewhere.example/npm/x@5/ui.css", null],
]) {
  test(`${url} comes from ${file ?? "the network"}`, options, async () => {
    await request(url, { mode: "no-cors" });
    assert.deepEqual(fetched, file ? [`${ORIGIN}/R&D/_static/asgi-docs/vendor/${file}`] : []);
  });
}

for (const [url, destination, file] of [
  [`${SCOPE}front-1/python-worker.js`, "worker", "front-1/python-worker.js"],
  [`${ROOT}front-1/store.js`, "worker", "front-1/store.js"],
  [`${ROOT}layers/a.layer`, "", "layers/a.layer"],
]) {
  test(`the Python worker's ${url} is answered without a network`, options, async () => {
    const answer = await request(url, { mode: "cors", destination });
    assert.equal(await answer.text(), `kept ${ROOT}${file}`);
    assert.deepEqual(fetched, []);
  });
}

test("what is not kept comes from the network", options, async () => {
  await request(`${ROOT}front-1/other.js`, { mode: "cors", destination: "script" });
  assert.deepEqual(fetched, [`${ROOT}front-1/other.js`]);
});

// Links that are not there

test("an unknown token is asked for; its owner's link answers all who wait", options, async () => {
  const answers = [request(`${MOUNT}/a`), request(`${MOUNT}/b`)];
  await settled();
  assert.deepEqual(page.messages, [{ type: "need-link", token: "token" }]);

  tell({ type: "link-later", token: "token" });
  const app = link();
  for (const _ of answers) {
    const { id, path } = await app.next();
    app.start(id, { body: path });
  }
  assert.deepEqual(await Promise.all(answers.map(async (answer) => (await answer).text())), ["/a", "/b"]);
});

test("a stopped app is told at once", options, async () => {
  const answer = request(`${MOUNT}/`);
  await settled();
  tell({ type: "unlink", token: "token" });
  const response = await answer;
  assert.equal(response.status, 503);
  assert.match(await response.text(), /The app is stopped\./);
});

for (const [begin, seconds, said] of [
  [() => {}, 3, /The documentation page that runs this app was closed/],
  [() => tell({ type: "link-later", token: "token" }), 90, /The app takes too long to start\./],
]) {
  test(`without an answer for ${seconds} s: ${said.source}`, options, async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    const answer = request(`${MOUNT}/`);
    begin();
    let response;
    answer.then((made) => {
      response = made;
    });
    mock.timers.tick(seconds * 1000 - 1);
    await Promise.resolve();
    assert.equal(response, undefined);
    mock.timers.tick(1);
    assert.match(await (await answer).text(), said);
  });
}

test("a new link ends what was under way at the old one", options, async () => {
  const old = link();
  const answer = request(`${MOUNT}/`);
  await old.next();
  const app = link();
  assert.equal((await answer).status, 503);
  request(`${MOUNT}/again`);
  assert.equal((await app.next()).path, "/again");
});

test("a link that comes while pages are looked for is not asked for again", options, async () => {
  request(`${MOUNT}/`);
  const app = link();
  await app.next();
  await settled();
  assert.deepEqual(
    page.messages.map(({ type }) => type),
    ["linked"],
  );
});

// What is changed in a response

for (const [location, mapped] of [
  ["/login", "/login"],
  [`${ORIGIN}/login?next=/#top`, "/login?next=/#top"],
  ["http://localhost:8000/login", "/login"],
  ["https://127.0.0.1:5000/login", "/login"],
  ["http://testserver", "/"],
  [`http://docs.example/login`, "/login"],
  ["//docs.example/login", "/login"],
  [`${MOUNT}/login`, "/login"],
  [MOUNT.replace("&", "%26"), ""],
  [`${ORIGIN}${MOUNT}/login`, "/login"],
  [MOUNT, ""],
  [`${MOUNT}?q=1`, "?q=1"],
  [`${MOUNT}${MOUNT}/login`, "/login"],
  [`${MOUNT}${MOUNT}${MOUNT}`, ""],
  ["items/2", "/shop/items/2"],
  ["./?", "/shop/?"],
  ["../../items", "/items"],
  ["?page=2", "/shop/cart?page=2"],
  ["#total", "/shop/cart#total"],
  ["/café", "/caf%C3%A9"],
  [Buffer.from("/café").toString("latin1"), "/caf%C3%A9"],
  ["/a//b", "/a//b"],
]) {
  test(`a redirect to ${location}`, options, async () => {
    const response = await answered({
      status: 303,
      headers: [["location", location]],
      url: `${MOUNT}/shop/cart`,
    });
    assert.equal(response.headers.get("location"), ORIGIN + MOUNT + mapped);
  });
}

for (const location of [
  "https://elsewhere.example/x",
  `${ORIGIN}.evil.example/`,
  "//elsewhere.example/x",
  "mailto:ada@example.com",
]) {
  test(`a redirect to ${location} is none to the app`, options, async () => {
    const redirect = { status: 302, headers: [["location", location]] };
    const fetched = await answered({ ...redirect, mode: "cors" });
    assert.equal(fetched.headers.get("location"), location);
    const tab = await answered({ ...redirect, destination: "document" });
    assert.equal(tab.headers.get("location"), location);
    const preview = await answered({ ...redirect, destination: "iframe" });
    assert.deepEqual([preview.status, preview.headers.get("location")], [200, null]);
    assert.match(await preview.text(), /<a href="[^"]+" target="_blank" rel="noopener noreferrer">/);
  });
}

test("a redirect to another site takes no credentials of the app there", options, async () => {
  const requestHeaders = { "x-asgi-docs-request": "1", authorization: "Bearer secret", accept: "text/plain" };
  const headers = [["location", "https://elsewhere.example/x"]];
  const more = { mode: "cors", redirect: "follow" };
  await answered({ status: 302, headers, requestHeaders, ...more });
  assert.deepEqual(fetched, ["https://elsewhere.example/x"]);
  assert.deepEqual([...networkInit.headers], [["accept", "text/plain"]]);
});

test("a redirect to another site ends the app's body", options, async () => {
  const app = link();
  const requestHeaders = { "x-asgi-docs-request": "1" };
  const answer = request(`${MOUNT}/`, { headers: requestHeaders, mode: "cors", redirect: "follow" });
  const { id } = await app.next();
  app.start(id, { status: 302, headers: [["location", "https://elsewhere.example/x"]], more: true });
  await answer;
  assert.deepEqual(await app.next(), { type: "http.disconnect", id });
});

test("a redirect to a script is the browser's to refuse", options, async () => {
  const location = "javascript:alert(1)";
  const preview = await answered({ status: 302, headers: [["location", location]], destination: "iframe" });
  assert.deepEqual([preview.status, preview.headers.get("location")], [302, location]);
});

test("an empty Location is none", options, async () => {
  const response = await answered({ status: 302, headers: [["location", ""]] });
  assert.equal(response.headers.get("location"), null);
});

for (const [refresh, mapped] of [
  ["0; url=/next", `0; url=${ORIGIN}${MOUNT}/next`],
  ["5;URL='/next'", `5;URL='${ORIGIN}${MOUNT}/next'`],
  ["1, next", `1, ${ORIGIN}${MOUNT}/next`],
  ["3", "3"],
  ["0; url=https://elsewhere.example/", "0; url=https://elsewhere.example/"],
]) {
  test(`Refresh: ${refresh}`, options, async () => {
    const response = await answered({ headers: [["refresh", refresh]] });
    assert.equal(response.headers.get("refresh"), mapped);
  });
}

test("headers that scripts read stay as they are", options, async () => {
  const headers = [
    ["content-location", "/items/1"],
    ["link", "</items?page=2>; rel=next"],
  ];
  const response = await answered({ headers });
  assert.deepEqual([...response.headers].slice(0, 2), headers);
});

test("the documentation site's data is not the app's to clear", options, async () => {
  const response = await answered({ headers: [["clear-site-data", '"*"']] });
  assert.equal(response.headers.get("clear-site-data"), null);
});

test("an app that forbids frames means other sites' frames", options, async () => {
  const response = await answered({
    headers: [
      ["x-frame-options", "DENY"],
      ["content-security-policy", "font-src 'self'; Frame-Ancestors 'none'; img-src *"],
      ["x-content-type-options", "nosniff"],
    ],
  });
  assert.deepEqual(
    [...response.headers].filter(([name]) => name !== "content-type"),
    [
      ["content-security-policy", "font-src 'self'; img-src *"],
      ["x-content-type-options", "nosniff"],
    ],
  );
});

const OURS = `${ORIGIN}/R&D/_static/asgi-docs/front-1/frame-client.js`;
for (const [policy, expected] of [
  ["img-src *", "img-src *"],
  ["default-src 'none'", `default-src 'none'; script-src-elem ${OURS}`],
  ["Script-Src 'self'; img-src *", `script-src 'self'; img-src *; script-src-elem 'self' ${OURS}`],
  [
    "script-src a; script-src-elem b; default-src c",
    `script-src a; script-src-elem b ${OURS}; default-src c`,
  ],
  ["script-src a; script-src b", `script-src a; script-src-elem a ${OURS}`],
  ["img-src a, script-src b", `img-src a,script-src b; script-src-elem b ${OURS}`],
]) {
  test(`our script runs under the policy ${policy}`, options, async () => {
    const response = await answered({ headers: [["content-security-policy", policy]] });
    assert.equal(response.headers.get("content-security-policy"), expected);
  });
}

test("our script's element has a nonce where its URL would count for nothing", options, async () => {
  const policy = "script-src 'nonce-tea' 'strict-dynamic'";
  const headers = [
    ["content-type", "text/html"],
    ["content-security-policy", policy],
  ];
  const response = await answered({ headers, chunks: ["<!doctype html>"], mode: "navigate" });
  const [, nonce] = /<script src="[^"]+" nonce="([^"]+)"/.exec(await response.text());
  assert.equal(
    response.headers.get("content-security-policy"),
    `${policy}; script-src-elem 'nonce-tea' 'strict-dynamic' 'nonce-${nonce}'`,
  );
});

for (const [status, method] of [
  [204, "GET"],
  [304, "GET"],
  [200, "HEAD"],
]) {
  test(`${method} with status ${status} has no body`, options, async () => {
    const response = await answered({ status, method, headers: [["etag", "x"]], chunks: ["", ""] });
    assert.deepEqual([response.status, response.body, response.headers.get("etag")], [status, null, "x"]);
  });
}

for (const [fault, response] of [
  ["status 101", { status: 101, chunks: ["a", "b"] }],
  ["a name that is no name", { headers: [["<img src=x onerror=alert(1)>", "1"]], chunks: ["a", "b"] }],
]) {
  test(`${fault}: the app hears that nobody reads, the reader what is wrong`, options, async () => {
    const app = link();
    const answer = request(`${MOUNT}/`);
    const { id } = await app.next();
    app.start(id, { ...response, more: true });
    const made = await answer;
    assert.equal(made.status, 502);
    assert.doesNotMatch(await made.text(), /<img/);
    assert.deepEqual(await app.next(), { type: "http.disconnect", id });
  });
}

test("what an app says of its failure is text, not markup", options, async () => {
  const app = link();
  const answer = request(`${MOUNT}/`);
  const { id } = await app.next();
  app.port.postMessage({ type: "http.response.error", id, message: `<img src="x"> & so on` });
  const page = await (await answer).text();
  assert.doesNotMatch(page, /<img/);
  assert.match(page, /&#60;img src=&#34;x&#34;&#62; &#38; so on/);
});

// Requests that nobody waits for

/** A message of an app's page. */
const tellFrom = (clientId, data) => listeners.message({ data, source: { id: clientId } });

/** A script's request, with the frame client's marks. */
const ask = (marks, { clientId = "frame", ...more } = {}) =>
  request(`${MOUNT}/`, { mode: "cors", clientId, headers: { "x-asgi-docs-request": marks }, ...more });

test("a page's abort ends its request, and only that", options, async () => {
  const app = link();
  const given = ask("a-1");
  const { id, headers } = await app.next();
  assert.ok(!headers.some(([name]) => name === "x-asgi-docs-request"));
  const kept = ask("a-2");
  const other = await app.next();
  tellFrom("frame", { type: "abort", request: "a-1" });
  assert.equal((await given).status, 204);
  assert.deepEqual(await app.next(), { type: "http.disconnect", id });
  app.start(other.id, { body: "kept" });
  assert.equal(await (await kept).text(), "kept");
});

test("an abort may come before its request", options, async () => {
  const app = link();
  tellFrom("frame", { type: "abort", request: "b-1" });
  assert.equal((await ask("b-1")).status, 204);
  assert.deepEqual(await app.rest(), []);
});

test("an abort after the response has begun is the stream's to tell", options, async () => {
  const app = link();
  const answer = ask("b-2");
  const { id } = await app.next();
  app.start(id, { more: true });
  const { body } = await answer;
  tellFrom("frame", { type: "abort", request: "b-2" });
  tellFrom("frame", { type: "bye" });
  assert.deepEqual(await app.rest(), []);
  await body.cancel();
  assert.deepEqual(await app.rest(), [{ type: "http.disconnect", id }]);
});

test("a page that goes away leaves what it asked with keepalive", options, async () => {
  const app = link();
  const given = ask("c-1");
  const { id } = await app.next();
  ask("c-2;keepalive");
  await app.next();
  ask("d-1", { clientId: "another frame" });
  await app.next();
  tellFrom("frame", { type: "bye" });
  assert.equal((await given).status, 204);
  assert.deepEqual(await app.rest(), [{ type: "http.disconnect", id }]);
});

test("a navigation that another has replaced ends, and no other request to its URL", options, async () => {
  const app = link();
  const given = request(`${MOUNT}/page`);
  const { id } = await app.next();
  request(`${MOUNT}/page`, { mode: "cors", clientId: "frame" });
  await app.next();
  tellFrom("frame", { type: "abort", url: `${ORIGIN}${MOUNT}/page`, isNavigation: true });
  assert.equal((await given).status, 204);
  assert.deepEqual(await app.rest(), [{ type: "http.disconnect", id }]);
});

test("an app that does not begin to answer: a page that names the path", options, async () => {
  const app = link();
  mock.timers.enable({ apis: ["setTimeout"] });
  const answer = request(`${MOUNT}/slow?<b>`);
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  mock.timers.tick(120_000);
  mock.timers.reset();
  const response = await answer;
  assert.equal(response.status, 504);
  assert.match(await response.text(), /not begun to answer \/slow\?%3Cb%3E within 120 seconds/);
  const [asked, ended] = await app.rest();
  assert.deepEqual(ended, { type: "http.disconnect", id: asked.id });
});

// Bodies of requests

test("a body that is marked as a stream goes on at once, without a length", options, async () => {
  const app = link();
  const source = new TransformStream();
  ask("e-1;stream", { method: "POST", stream: source.readable });
  source.writable.getWriter().write(new TextEncoder().encode("part"));
  const sent = new Map((await app.next()).headers);
  assert.deepEqual([sent.get("transfer-encoding"), sent.has("content-length")], ["chunked", false]);
  assert.equal(await text((await app.next()).body), "part");
});

test("a body without a mark is waited for, a pause of a second makes it a stream", options, async () => {
  const app = link();
  ask("e-2", { method: "POST", stream: new Blob([new Uint8Array(3_000_000)]).stream() });
  const whole = await app.next();
  assert.equal(new Map(whole.headers).get("content-length"), "3000000");

  const source = new TransformStream();
  ask("e-3", { method: "POST", stream: source.readable });
  const writer = source.writable.getWriter();
  writer.write(new TextEncoder().encode("one"));
  let message = await app.next();
  while (message.type !== "http.request") message = await app.next();
  assert.equal(new Map(message.headers).get("transfer-encoding"), "chunked");
  assert.equal(await text((await app.next()).body), "one");
  writer.write(new TextEncoder().encode("two"));
  assert.equal(await text((await app.next()).body), "two");
});

for (const status of [307, 308]) {
  test(`a body that is lost after a ${status} is put back, once`, options, async () => {
    const app = link();
    const form = { method: "PUT", headers: { "content-type": "x/y" }, body: "kept" };
    const answer = request(`${MOUNT}/old`, form);
    app.start((await app.next()).id, { status, headers: [["location", "new?a"]] });
    assert.equal((await answer).status, status);

    request(`${MOUNT}/new?a`, { method: "PUT" });
    const again = await app.next();
    assert.equal(await text(again.body), "kept");
    const sent = new Map(again.headers);
    assert.deepEqual([sent.get("content-type"), sent.get("content-length")], ["x/y", "4"]);
    request(`${MOUNT}/new?a`, { method: "PUT" });
    assert.equal(await text((await app.next()).body), "");
  });
}

test("a body that the browser sends again itself is taken", options, async () => {
  const app = link();
  const answer = request(`${MOUNT}/old`, { method: "POST", body: "first" });
  app.start((await app.next()).id, { status: 307, headers: [["location", "new"]] });
  await answer;
  request(`${MOUNT}/new`, { method: "POST", body: "second" });
  assert.equal(await text((await app.next()).body), "second");
});

test("a script's redirect to another site is followed without our headers", options, async () => {
  const response = await answered({
    mode: "cors",
    status: 302,
    headers: [["location", "https://elsewhere.example/x"]],
    requestHeaders: { "x-asgi-docs-request": "f-1" },
    redirect: "follow",
  });
  assert.equal(await response.text(), "from the network");
  assert.deepEqual(fetched, ["https://elsewhere.example/x"]);
});

// Content codings

test("a compressed page gets the script, a compressed answer keeps its headers", options, async () => {
  const page = gzipSync("<!doctype html><p>x");
  const headers = [
    ["content-encoding", "gzip"],
    ["content-type", "text/html"],
    ["content-length", String(page.length)],
  ];
  const seen = ({ headers }) => [headers.get("content-encoding"), headers.get("content-length")];
  const shown = await answered({ headers, chunks: [page] });
  assert.match(await shown.text(), /^<!doctype html><script src=.*<p>x$/);
  assert.deepEqual(seen(shown), [null, null]);
  const data = await answered({ headers, chunks: [page], mode: "cors" });
  assert.equal(await data.text(), "<!doctype html><p>x");
  assert.deepEqual(seen(data), ["gzip", String(page.length)]);
});

// The script in the app's pages

const HTML = [["content-type", "text/html; charset=utf-8"]];
const SCRIPT =
  `<script src="${ORIGIN}/R&#38;D/_static/asgi-docs/front-1/frame-client.js"` +
  ` data-mount="${MOUNT.replace("&", "&#38;")}"></script>`;

for (const [before, after] of [
  ["<!doctype html><html><head>", "<title>x</title>"],
  ["<!DOCTYPE html>\n<html lang=en>\n<HEAD class=a>", "<body>"],
  ["<!doctype html><html lang=en>", "<body><header>x</header>"],
  ["<!doctype html>", "<title>x</title><p>y"],
  ["<!-- Copyright --> <!doctype html>", "<p>x"],
  ["", "<p>x</p>"],
  ["", "just text"],
  ["", ""],
]) {
  test(`the script stands after ${JSON.stringify(before)}, however the page is cut`, options, async () => {
    const page = before + after;
    const headers = [...HTML, ["content-length", String(page.length)]];
    for (let cut = 0; cut <= page.length; cut += 1) {
      const chunks = cut === 0 ? [page] : [page.slice(0, cut), page.slice(cut)];
      const response = await answered({ headers, chunks });
      assert.equal(await response.text(), before + SCRIPT + after, `cut at ${cut}`);
      assert.equal(response.headers.get("content-length"), null);
    }
  });
}

test("a long page is not held back", options, async () => {
  const app = link();
  const answer = request(`${MOUNT}/`);
  const { id } = await app.next();
  app.start(id, { headers: HTML, body: "<!doctype html><html><head>", more: true });
  const reader = (await answer).body.getReader();
  assert.match(new TextDecoder().decode((await reader.read()).value), /frame-client/);
  app.body(id, "<p>1");
  assert.equal(new TextDecoder().decode((await reader.read()).value), "<p>1");
  await reader.cancel();
});

for (const [what, options_] of [
  ["JSON", { headers: [["content-type", "application/json"]] }],
  ["a fragment that a script fetches", { headers: HTML, mode: "cors" }],
  ["a page to be saved", { headers: [...HTML, ["content-disposition", "Attachment; filename=a.html"]] }],
]) {
  test(`${what} stays as it is`, options, async () => {
    const response = await answered({ ...options_, chunks: ["<head>"] });
    assert.equal(await response.text(), "<head>");
  });
}
