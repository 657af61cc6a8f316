// What is put before the scripts of an app's own web workers.

import assert from "node:assert/strict";
import { test } from "node:test";
import "../../assets/common/worker-prologue.js";

const { prologue, marked, unmarked } = globalThis.asgiDocsWorkers;
const place = { front: "https://docs.example/front/", mount: "/R&D/~t" };
const classic = (source) => prologue(source, { ...place, type: "classic" });

test("a classic script is told its app, and loads the client", () => {
  assert.equal(
    classic("work()"),
    'self.asgiDocsWorker={"front":"https://docs.example/front/","mount":"/R&D/~t"};' +
      'importScripts("https://docs.example/front/worker-client.js");',
  );
});

test("a module imports the client, which is told its app by its URL", () => {
  assert.equal(
    prologue("'use strict'", { ...place, type: "module" }),
    'import "https://docs.example/front/worker-module-client.js?mount=%2FR%26D%2F%7Et";',
  );
});

test("line numbers stay right", () => {
  for (const type of ["classic", "module"]) assert.doesNotMatch(prologue("", { ...place, type }), /\n/);
});

test("a script that asks for strict mode keeps it", () => {
  const strict = ["'use strict'; f()", '"use strict"', "// c\n/* d */ 'use strict'", "\uFEFF\n'use strict'"];
  for (const source of strict) assert.match(classic(source), /^"use strict";/);
  for (const source of ["f(); 'use strict'", "// 'use strict'", "'use stricter'", ""])
    assert.match(classic(source), /^self/);
});

test("the mark in a URL never reaches the app", () => {
  for (const type of ["classic", "module"]) {
    for (const path of ["/w.js", "/w.js?a=1", "/w.js?", "/w.js?asgi-docs-worker=no"]) {
      assert.deepEqual(unmarked(marked(path, type)), { path, type });
      assert.equal(marked(`${path}#part`, type), `${marked(path, type)}#part`);
    }
  }
  assert.deepEqual(unmarked("/w.js?a=1"), { path: "/w.js?a=1", type: undefined });
});
