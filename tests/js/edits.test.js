import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Edits } from "../../assets/ui/edits.js";

const KEY = "asgi-docs:/page:index.rst:7";
const AUTHOR = { "main.py": "one", "views.py": "two" };

/** @type {Map<string, string>} */ let stored;
beforeEach(() => {
  stored = new Map();
  globalThis.sessionStorage = /** @type {any} */ ({
    getItem: (/** @type {string} */ key) => stored.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void stored.set(key, value),
    removeItem: (/** @type {string} */ key) => void stored.delete(key),
  });
});

/** As after a reload of the page, whose author may have changed it. */
function load(original = AUTHOR, storageKey = /** @type {string | null} */ (KEY)) {
  return new Edits({ original, storageKey, onChange: () => {} });
}

describe("edits outlive a reload", () => {
  test("of a file", () => {
    load().files = { ...AUTHOR, "main.py": "1" };
    assert.deepEqual(load().files, { "main.py": "1", "views.py": "two" });
    assert(load().isEdited);
  });

  test("a file more, one less, one of another name", () => {
    load().files = { "main.py": "one", "pages.py": "two", "new.py": "" };
    assert.deepEqual(load().files, { "main.py": "one", "pages.py": "two", "new.py": "" });
  });

  test("until they are reset, and nothing is kept then", () => {
    const edits = load();
    edits.files = { ...AUTHOR, "main.py": "1" };
    edits.reset();
    assert.deepEqual(edits.files, AUTHOR);
    assert.equal(stored.size, 0);
    assert(!load().isEdited);
  });

  test("only what differs is stored", () => {
    load().files = { ...AUTHOR, "main.py": "1" };
    assert.deepEqual(JSON.parse(stored.get(KEY) ?? ""), { "main.py": ["one", "1"] });
    load().files = AUTHOR;
    assert.equal(stored.size, 0);
  });

  test("not where readers may edit nothing", () => {
    load(AUTHOR, null).files = { ...AUTHOR, "main.py": "1" };
    assert.equal(stored.size, 0);
  });
});

test("a reset can be undone until the next edit", () => {
  const edits = load();
  const typed = { ...AUTHOR, "main.py": "1" };
  edits.files = typed;
  edits.reset();
  assert.deepEqual(edits.discarded, typed);
  edits.reset();
  assert.deepEqual(edits.files, typed);
  edits.reset();
  edits.files = { ...AUTHOR, "main.py": "3" };
  assert.equal(edits.discarded, null);
});

describe("the author's change of a file", () => {
  const changed = { ...AUTHOR, "views.py": "two, better" };
  beforeEach(() => {
    load().files = { "main.py": "1", "views.py": "2" };
  });

  test("does away with the edits of that file, and with no others", () => {
    assert.deepEqual(load(changed).files, { "main.py": "1", "views.py": "two, better" });
  });

  test("loses none: they can be had, also after further edits and at another visit", () => {
    const edits = load(changed);
    assert(edits.isOutdated);
    edits.files = { ...edits.files, "main.py": "11" };
    assert(edits.isOutdated);
    const again = load(changed);
    assert.deepEqual(again.discarded, { "main.py": "11", "views.py": "2" });
    again.reset();
    assert.deepEqual(again.files, { "main.py": "11", "views.py": "2" });
    assert(!again.isOutdated);
    assert.deepEqual(load(changed).files, again.files);
  });
});

test("what else stands in the storage, or none, is no obstacle", () => {
  for (const text of ["", "null", "[1", '["one", "1"]', '{"main.py": 3}']) {
    stored.set(KEY, text);
    const edits = load();
    assert.deepEqual([edits.files, edits.discarded], [AUTHOR, null], text);
  }
  globalThis.sessionStorage = /** @type {any} */ ({
    getItem() {
      throw new Error("blocked");
    },
    setItem() {
      throw new Error("full");
    },
  });
  const edits = load();
  edits.files = { ...AUTHOR, "main.py": "1" };
  assert.equal(edits.files["main.py"], "1");
});
