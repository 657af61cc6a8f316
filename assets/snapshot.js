// @ts-check
/**
 * Python's memory as it is after its imports, and what a new interpreter needs to go on from there.
 *
 * Pyodide restores a memory that no extension module has been loaded into; its interface for that is
 * private, and its version pinned (asgi_docs/package/pyodide.py). Extension modules are added here: they
 * get their places before Python starts, in the same order each time, so that all that memory says of them
 * holds again (https://github.com/pyodide/pyodide/issues/6418). Whatever is left unexplained throws, and
 * Python starts as always.
 *
 * @import { Extension, Snapshot } from "./types.d.ts"
 */

/** What Pyodide's snapshots begin with: https://github.com/pyodide/pyodide/blob/main/src/js/snapshot.ts */
const MAGIC = 0x706e7300;
const HEADER_SIZE = 48;
/** JavaScript objects that every interpreter holds. */
const OBJECTS_OF_PYODIDE = 6;

/**
 * Loads extension modules into an interpreter that has not begun to run.
 * @param {any} module Emscripten's
 * @param {Extension[]} extensions
 * @returns {Promise<unknown[]>} the functions that memory may point to, by their places
 */
export async function loadEarly(module, extensions) {
  for (const { path, compiled } of extensions) {
    const library = module.newDSO(path, undefined, "loading");
    library.refcount = Number.POSITIVE_INFINITY;
    library.global = false;
    const options = { loadAsync: true, nodelete: true };
    library.exports = await module.loadWebAssemblyModule(compiled, options, path, {});
  }
  return functionsOf(module);
}

/**
 * Describes an interpreter, whose memory is then to be copied.
 * @param {any} python Pyodide, started with `_makeSnapshot`; no code of an app has run in it
 * @param {unknown[]} functions what `loadEarly` gave
 * @param {string[]} extensions paths, in the order of `loadEarly`
 * @param {unknown} known the one object of ours that Python holds
 * @returns {Snapshot}
 * @throws {Error} there is what could not be restored
 */
export function describe({ _module: module, _api: pyodide }, functions, extensions, known) {
  const now = functionsOf(module);
  if (functions.some((entry, place) => entry !== now[place])) throw new Error("a function was replaced");
  const exported = extensions.flatMap((path) =>
    Object.entries(module.LDSO.loadedLibsByName[path].exports).map(([symbol, value]) => ({
      path,
      symbol,
      value,
    })),
  );
  const free = [...module.freeTableIndexes];
  const added = now.slice(functions.length).map((entry, at) => {
    if (entry === null && free.includes(functions.length + at)) return null; // of a callback that is no more
    const { path, symbol } = exported.find(({ value }) => value === entry) ?? {};
    if (path === undefined || symbol === undefined) throw new Error("a function is of unknown origin");
    return /** @type {[string, string]} */ ([path, symbol]);
  });
  const objects = pyodide.serializeHiwireState((/** @type {unknown} */ object) => {
    if (object !== known) throw new Error(`Python holds ${object}`);
    return "known";
  });
  // It stops at the first place that it cannot read.
  const written = objects.hiwireKeys.filter((/** @type {unknown} */ key) => key !== null);
  if (module._hiwire_num_refs() !== OBJECTS_OF_PYODIDE + written.length)
    throw new Error("Python holds further objects");
  const opened = Object.entries(module.LDSO.loadedLibsByHandle)
    .map(([handle, { name }]) => /** @type {[number, string]} */ ([Number(handle), name]))
    .filter(([handle]) => handle !== 0);
  return {
    build: pyodide.config.BUILD_ID,
    objects,
    size: module.HEAPU8.length,
    extensions,
    functions: functions.length,
    added,
    free,
    opened,
    suspends: module.jspiSupported,
  };
}

/**
 * What Pyodide takes for a snapshot, without the memory.
 * @param {Snapshot} snapshot
 */
export function pyodideHeader({ build, objects }) {
  const text = new TextEncoder().encode(JSON.stringify(objects));
  const header = new Uint8Array(HEADER_SIZE + Math.ceil(text.length / 16) * 16);
  const identity = build.match(/.{8}/g)?.map((part) => Number.parseInt(part, 16)) ?? [];
  new Uint32Array(header.buffer).set([MAGIC, header.length, text.length, 0, ...identity]);
  header.set(text, HEADER_SIZE);
  return header;
}

/**
 * The first half of a restart: called when the interpreter has not begun to run.
 * @param {any} module Emscripten's
 * @param {Snapshot} snapshot
 * @param {Extension[]} extensions
 */
export async function makePlaces(module, snapshot, extensions) {
  if (snapshot.suspends !== module.jspiSupported) throw new Error("another engine");
  const paths = extensions.map(({ path }) => path);
  if (JSON.stringify(paths) !== JSON.stringify(snapshot.extensions))
    throw new Error("other extension modules");
  // Pyodide asks for the size in a way that Emscripten ignores: https://github.com/pyodide/pyodide/issues/6254
  if (snapshot.size > module.HEAPU8.length) module.growMemory(snapshot.size);
  const functions = await loadEarly(module, extensions);
  if (functions.length !== snapshot.functions) throw new Error("other functions");
}

/**
 * The second half: called when the interpreter would begin with Python's own start.
 * @param {any} module Emscripten's
 * @param {Snapshot} snapshot
 * @param {Iterable<[start: number, content: Uint8Array]>} memory all that is not zero
 */
export function restoreMemory(module, snapshot, memory) {
  const { wasmTable, LDSO, HEAPU8 } = module;
  if (wasmTable.length !== snapshot.functions) throw new Error("functions were added");
  if (HEAPU8.length !== snapshot.size) throw new Error("another size");
  if (module.freeTableIndexes.length > 0) throw new Error("functions were removed");
  for (const added of snapshot.added) {
    const place = wasmTable.grow(1);
    if (added) wasmTable.set(place, LDSO.loadedLibsByName[added[0]].exports[added[1]]);
  }
  module.freeTableIndexes.push(...snapshot.free);
  for (const [handle, path] of snapshot.opened) LDSO.loadedLibsByHandle[handle] = LDSO.loadedLibsByName[path];
  const touched = module._sbrk(0);
  let position = 0;
  for (const [start, content] of memory) {
    HEAPU8.fill(0, position, Math.max(position, Math.min(start, touched)));
    HEAPU8.set(content, start);
    position = start + content.length;
  }
  HEAPU8.fill(0, position, Math.max(position, touched));
}

/** @param {any} module */
function functionsOf({ wasmTable }) {
  return Array.from({ length: wasmTable.length }, (_, place) => wasmTable.get(place));
}
