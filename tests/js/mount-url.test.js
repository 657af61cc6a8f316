// @ts-check
// Where an app's URLs lead, which knows one mount and is shown at two.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import "../../assets/common/mount-url.js";

const { inMount, collapsed, appOf } = globalThis.asgiDocsURLs;
const ORIGIN = "https://docs.example";
const FIRST = "/R&D/live/page/~token";
const SECOND = `${FIRST}.2`;

describe("a URL of an app, in either client", () => {
  for (const [url, rest] of [
    ["/items", "/items"],
    [`${FIRST}/items?q=1#a`, "/items?q=1#a"],
    [`${SECOND}/items`, "/items"],
    [`${ORIGIN}${FIRST}/items`, "/items"],
    [FIRST, ""],
    [SECOND, ""],
    [FIRST.replace("~", "%7E"), ""],
    [`${FIRST}${SECOND}/items`, "/items"],
    [`${FIRST}.22/items`, "/items"],
    [`http://localhost:8000${FIRST}/items`, "/items"],
    ["about", "/shop/about"],
    ["../../about", "/about"],
  ])
    for (const mount of [FIRST, SECOND])
      for (const base of [FIRST, SECOND])
        test(`${url} on a page of ${base}, in ${mount}`, () => {
          assert.equal(inMount(url, `${ORIGIN}${base}/shop/cart`, ORIGIN + mount), ORIGIN + mount + rest);
        });

  for (const url of ["/R&D/live/page/~other/items", "/R&D/live/page/~token2/items", `${FIRST}.x/items`])
    test(`${url} is another app's`, () => {
      assert.equal(inMount(url, `${ORIGIN}${SECOND}/`, ORIGIN + SECOND), ORIGIN + url);
    });
});

test("prefixes of either client before a path that has one", () => {
  assert.equal(collapsed(`${FIRST}${SECOND}/items`, SECOND), "/items");
  assert.equal(collapsed("/items/~token.2", SECOND), "/items/~token.2");
});

test("the clients of an app are known by its token", () => {
  assert.equal(appOf("token.2"), appOf("token"));
  assert.notEqual(appOf("token2"), appOf("token"));
});
