// The headers that the service worker adds for those that it is not shown.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const ORIGIN = "https://docs.example";
const MOUNT = "/guide/live/~token";
const PAGE = `${ORIGIN}${MOUNT}/form?x=1`;

const context = vm.createContext({
  Headers,
  worker: { location: new URL(`${ORIGIN}/guide/service-worker.js`) },
  navigator: { userAgent: "Browser/1", languages: ["de-CH", "de", "en"] },
});
vm.runInContext(
  readFileSync(new URL("../../assets/service-worker/headers.js", import.meta.url), "utf8"),
  context,
);

/** What the app gets of a request of its page, by name. */
function got({ headers = {}, ...request }) {
  const asked = {
    method: "GET",
    mode: "cors",
    destination: "",
    referrer: PAGE,
    referrerPolicy: "",
    credentials: "same-origin",
    cache: "default",
    headers: new Headers(headers),
    ...request,
  };
  return Object.fromEntries(context.headersOf(asked, MOUNT));
}

const navigation = { mode: "navigate", destination: "iframe" };
const post = { ...navigation, method: "POST" };

for (const [what, request, expected] of [
  ["fetch()", {}, undefined],
  ["fetch() with a body", { method: "POST" }, ORIGIN],
  ["DELETE", { method: "DELETE" }, ORIGIN],
  ["a form's GET", navigation, undefined],
  ["a form's POST", post, ORIGIN],
  ["a form's POST whose Origin the browser shows", { ...post, headers: { origin: "null" } }, "null"],
  ["a form's POST under no-referrer", { ...post, referrer: "", referrerPolicy: "no-referrer" }, "null"],
  ["fetch() under no-referrer", { method: "POST", referrer: "", referrerPolicy: "no-referrer" }, ORIGIN],
]) {
  test(`Origin of ${what}`, () => assert.equal(got(request).origin, expected));
}

for (const [what, request, expected] of [
  ["a page of the app", {}, PAGE],
  ["the app's first page", { referrer: `${ORIGIN}${MOUNT}/` }, `${ORIGIN}${MOUNT}/`],
  ["the documentation page", { ...navigation, referrer: `${ORIGIN}/guide/index.html` }, undefined],
  [
    "the documentation page, as WebKit shows it",
    { headers: { referer: `${ORIGIN}/guide/` }, referrer: "" },
    undefined,
  ],
  ["the documentation page at the site's root", { ...navigation, referrer: `${ORIGIN}/` }, undefined],
  ["an origin, as its policy has it", { referrer: `${ORIGIN}/` }, `${ORIGIN}/`],
  ["another app", { referrer: `${ORIGIN}${MOUNT}2/` }, undefined],
  ["nobody", { referrer: "" }, undefined],
  ["nobody the browser names", { referrer: "about:client" }, undefined],
]) {
  test(`Referer, asked by ${what}`, () => assert.equal(got(request).referer, expected));
}

for (const [what, request, expected] of [
  ["fetch()", {}, ["same-origin", "cors", "empty", undefined]],
  ["an image", { mode: "no-cors", destination: "image" }, ["same-origin", "no-cors", "image", undefined]],
  ["a link", navigation, ["same-origin", "navigate", "iframe", undefined]],
  ["a form", post, ["same-origin", "navigate", "iframe", undefined]],
  ["a form without a referrer", { ...post, referrer: "" }, ["same-origin", "navigate", "iframe", undefined]],
  [
    "the preview's address bar",
    { ...navigation, referrer: `${ORIGIN}/guide/` },
    ["none", "navigate", "iframe", "?1"],
  ],
  [
    "a tab's address bar",
    { mode: "navigate", destination: "document", referrer: "" },
    ["none", "navigate", "document", "?1"],
  ],
]) {
  test(`Sec-Fetch of ${what}`, () => {
    const headers = got(request);
    assert.deepEqual(
      ["site", "mode", "dest", "user"].map((part) => headers[`sec-fetch-${part}`]),
      expected,
    );
  });
}

test("the browser and its languages are named", () => {
  const { "user-agent": agent, "accept-language": languages } = got({});
  assert.deepEqual([agent, languages], ["Browser/1", "de-CH,de;q=0.9,en;q=0.8"]);
});

test("what a request says by itself stays", () => {
  const own = { "accept-language": "fr", "user-agent": "mine", accept: "text/event-stream", "x-a": "1" };
  const headers = got({ headers: own });
  for (const [name, value] of Object.entries(own)) assert.equal(headers[name], value);
});

test("a navigation asks for a page, a script for anything", () => {
  const page = got(navigation);
  assert.match(page.accept, /^text\/html,/);
  assert.equal(page["upgrade-insecure-requests"], "1");
  const script = got({});
  assert.equal(script.accept, "*/*");
  assert.equal(script["upgrade-insecure-requests"], undefined);
});

for (const [cache, control, pragma] of [
  ["default", undefined, undefined],
  ["no-cache", "max-age=0", undefined],
  ["reload", "no-cache", "no-cache"],
  ["no-store", "no-cache", "no-cache"],
]) {
  test(`a request with cache "${cache}"`, () => {
    const headers = got({ cache });
    assert.deepEqual([headers["cache-control"], headers.pragma], [control, pragma]);
  });
}

const privateOnes = (headers) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith("x-asgi-docs-")));

for (const [what, request, expected] of [
  ["a navigation", navigation, { "x-asgi-docs-cookies": "" }],
  ["fetch()", {}, { "x-asgi-docs-cookies": "" }],
  ["fetch() after a write", { headers: { "x-asgi-docs-cookies": "w" } }, { "x-asgi-docs-cookies": "w" }],
  ["an image", { mode: "no-cors", destination: "image" }, {}],
  [
    "fetch() without credentials",
    { credentials: "omit" },
    { "x-asgi-docs-cookies": "", "x-asgi-docs-credentials": "omit" },
  ],
  [
    "a page that plays the service worker",
    {
      mode: "no-cors",
      destination: "image",
      headers: { "x-asgi-docs-credentials": "omit", "x-asgi-docs-x": "1" },
    },
    {},
  ],
]) {
  test(`what ${what} tells the Python worker besides`, () => {
    assert.deepEqual(privateOnes(got(request)), expected);
  });
}
