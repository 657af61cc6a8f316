// The relay, in a stand-in for a service worker's global scope: what it asks, answers and rewrites.
// Whether browsers do with it what it hopes for is for the tests in browsers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, mock, test } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import "../../assets/exchange.js";
import { App, settled, text } from "./app.js";

const ORIGIN = "https://docs.example";
const SCOPE = `${ORIGIN}/R&D/_static/asgi-docs/live/page/`;
const MOUNT = "/R&D/_static/asgi-docs/live/page/~token";

const listeners = {};
const fetched = [];
const pages = [];
const clients = new Map();
const file = fileURLToPath(new URL("../../assets/service-worker.js", import.meta.url));

globalThis.self = {
  location: new URL(`${ORIGIN}/R&D/_static/asgi-docs/service-worker.js`),
  registration: { scope: SCOPE },
  clients: { matchAll: async () => pages, get: async (id) => clients.get(id), claim: async () => {} },
  skipWaiting: async () => {},
  addEventListener: (type, listener) => {
    listeners[type] = listener;
  },
};
globalThis.navigator ??= { userAgent: "node", languages: ["en"] };
globalThis.fetch = async (request) => {
  fetched.push(request.url ?? request.href);
  return new Response("from the network");
};
Object.assign(globalThis.asgiDocs, {
  front: "front-1",
  mirrors: { "https://cdn.example/npm/x@5/": "vendor/x-5.1.0/" },
});
vm.runInThisContext(readFileSync(file, "utf8"), { filename: file });

const ports = [];
const page = { postMessage: (message) => page.messages.push(message), messages: [] };
pages.push(page);

afterEach(async () => {
  tell({ type: "unlink", token: "token" });
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
function request(url, { mode = "navigate", method = "GET", headers = {}, body, clientId = "" } = {}) {
  const made = new Request(new URL(url, ORIGIN), { method, headers, body });
  const asked = {
    url: new URL(url, ORIGIN).href,
    method,
    mode,
    headers: made.headers,
    referrer: "about:client",
    signal: new AbortController().signal,
    body: undefined, // as in Firefox
    arrayBuffer: () => made.arrayBuffer(),
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
async function answered({ status = 200, headers = [], chunks = [""], url = `${MOUNT}/`, ...more }) {
  const app = link();
  const answer = request(url, more);
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

test("what belongs to no app goes to the network", options, async () => {
  link();
  clients.set("docs", { url: `${ORIGIN}/R&D/index.html` });
  await request("/logo.png", { mode: "no-cors", clientId: "docs" });
  assert.deepEqual(fetched, [`${ORIGIN}/logo.png`]);
  assert.equal(request("/R&D/index.html"), undefined);
  assert.equal(request("https://elsewhere.example/"), undefined);
});

test("files of a CDN come from their packaged copies", options, async () => {
  await request("https://cdn.example/npm/x@5/ui.css", { mode: "no-cors" });
  assert.deepEqual(fetched, [`${ORIGIN}/R&D/_static/asgi-docs/vendor/x-5.1.0/ui.css`]);
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
  [() => {}, 3, /The page that runs this app is closed\./],
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
  ["/login", `${MOUNT}/login`],
  [`${ORIGIN}/login?next=/`, `${MOUNT}/login?next=/`],
  [`${MOUNT}/login`, `${MOUNT}/login`],
  [`${ORIGIN}${MOUNT}/login`, `${MOUNT}/login`],
  [MOUNT, MOUNT],
  [`${MOUNT}?q=1`, `${MOUNT}?q=1`],
  [`${MOUNT}2/x`, `${MOUNT}${MOUNT}2/x`],
  ["items/2", "items/2"],
  ["?page=2", "?page=2"],
  ["https://elsewhere.example/x", "https://elsewhere.example/x"],
  [`${ORIGIN}.evil.example/`, `${ORIGIN}.evil.example/`],
  ["//elsewhere.example/x", "//elsewhere.example/x"],
]) {
  test(`a redirect to ${location}`, options, async () => {
    const response = await answered({ status: 303, headers: [["location", location]] });
    assert.equal(response.headers.get("location"), mapped);
  });
}

test("an app that forbids frames means other sites' frames", options, async () => {
  const response = await answered({
    headers: [
      ["x-frame-options", "DENY"],
      ["content-security-policy", "default-src 'self'; Frame-Ancestors 'none'; img-src *"],
      ["x-content-type-options", "nosniff"],
    ],
  });
  assert.deepEqual(
    [...response.headers].filter(([name]) => name !== "content-type"),
    [
      ["content-security-policy", "default-src 'self'; img-src *"],
      ["x-content-type-options", "nosniff"],
    ],
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
]) {
  test(`${what} stays as it is`, options, async () => {
    const response = await answered({ ...options_, chunks: ["<head>"] });
    assert.equal(await response.text(), "<head>");
  });
}
