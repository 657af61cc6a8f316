import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { describe, loadEarly, makePlaces, pyodideHeader, restoreMemory } from "../../assets/snapshot.js";

const CORE = "/lib/core.so";
const extensions = [{ path: CORE, compiled: "wasm" }];
const outgoing = {};
let python;
let held;

/** An interpreter, as far as snapshots use it: each extension module adds a function to its table. */
function fakePython({ jspiSupported = true, pages = 1 } = {}) {
  const table = [() => "one", () => "two"];
  const module = {
    jspiSupported,
    freeTableIndexes: [],
    HEAPU8: new Uint8Array(pages * 4096),
    LDSO: { loadedLibsByName: {}, loadedLibsByHandle: { 0: { name: "__main__" } } },
    wasmTable: {
      get: (place) => table[place],
      set: (place, entry) => (table[place] = entry),
      grow: (by) => table.push(...Array(by).fill(null)) - by,
      get length() {
        return table.length;
      },
    },
    newDSO: (name) => (module.LDSO.loadedLibsByName[name] = { name }),
    async loadWebAssemblyModule() {
      const exports = { PyInit_core() {}, other() {} };
      table.push(exports.PyInit_core);
      return exports;
    },
    growMemory(size) {
      module.HEAPU8 = new Uint8Array(size);
    },
    _sbrk: () => 10,
    _hiwire_num_refs: () => 6 + held.length,
  };
  const serializeHiwireState = (serialize) => ({
    hiwireKeys: [null, ...held.map((object) => ({ serialized: serialize(object) }))],
    immortalKeys: ["name"],
  });
  return { _module: module, _api: { config: { BUILD_ID: "0123abcd".repeat(8) }, serializeHiwireState } };
}

async function described(change = () => {}) {
  const functions = await loadEarly(python._module, extensions);
  change(python._module);
  return describe(python, functions, [CORE], outgoing);
}

beforeEach(() => {
  held = [outgoing];
  python = fakePython();
});

test("what was written down is restored in another interpreter", async () => {
  const snapshot = await described((module) => {
    const { exports } = module.LDSO.loadedLibsByName[CORE];
    module.freeTableIndexes.push(module.wasmTable.grow(1));
    module.wasmTable.set(module.wasmTable.grow(1), exports.other);
    module.LDSO.loadedLibsByHandle[800] = module.LDSO.loadedLibsByName[CORE];
    module.growMemory(2 * 4096);
  });
  const { _module: module } = fakePython();
  module.HEAPU8.fill(9, 0, 10);
  await makePlaces(module, snapshot, extensions);
  restoreMemory(module, snapshot, [[4096, Uint8Array.of(1, 2)]]);
  const library = module.LDSO.loadedLibsByName[CORE];
  assert.deepEqual([module.wasmTable.get(3), module.freeTableIndexes], [null, [3]]);
  assert.equal(module.wasmTable.get(4), library.exports.other);
  assert.equal(module.LDSO.loadedLibsByHandle[800], library);
  assert.equal(module.HEAPU8.length, 2 * 4096);
  assert.deepEqual([...module.HEAPU8.subarray(0, 10)], Array(10).fill(0));
  assert.deepEqual([...module.HEAPU8.subarray(4096, 4099)], [1, 2, 0]);
});

test("no snapshot of what is not understood", async () => {
  await assert.rejects(
    described(({ wasmTable }) => wasmTable.set(wasmTable.grow(1), () => {})),
    /unknown origin/,
  );
  await assert.rejects(
    described(({ wasmTable }) => wasmTable.grow(1)),
    /unknown origin/,
  );
  python = fakePython();
  await assert.rejects(
    described(({ wasmTable }) => wasmTable.set(0, () => {})),
    /replaced/,
  );
  held = [outgoing, { app: "made this" }];
  await assert.rejects(described(), /holds/);
  held = [outgoing];
  python._module._hiwire_num_refs = () => 8;
  await assert.rejects(described(), /further objects/);
});

test("no restart in an interpreter that differs", async () => {
  const snapshot = await described();
  await assert.rejects(
    makePlaces(fakePython({ jspiSupported: false })._module, snapshot, extensions),
    /engine/,
  );
  await assert.rejects(makePlaces(fakePython()._module, snapshot, []), /extension modules/);
  const more = fakePython()._module;
  more.wasmTable.grow(1);
  await assert.rejects(makePlaces(more, snapshot, extensions), /functions/);
  const { _module: module } = fakePython({ pages: 3 });
  await makePlaces(module, snapshot, extensions);
  assert.throws(() => restoreMemory(module, snapshot, []), /size/);
  module.wasmTable.grow(1);
  assert.throws(() => restoreMemory(module, snapshot, []), /functions/);
});

test("Pyodide gets its header", async () => {
  const header = pyodideHeader(await described());
  const [magic, start, length, , ...build] = new Uint32Array(header.buffer, 0, 12);
  assert.equal(magic, 0x706e7300);
  assert.equal(start, header.length);
  assert.equal(start % 16, 0);
  assert.deepEqual(build, Array(8).fill(0x0123abcd));
  const text = new TextDecoder().decode(header.subarray(48, 48 + length));
  assert.deepEqual(JSON.parse(text), {
    hiwireKeys: [null, { serialized: "known" }],
    immortalKeys: ["name"],
  });
});
