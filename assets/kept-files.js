// @ts-check
/**
 * The files of an environment as they are kept. WebAssembly is kept unpacked: a browser compiles it straight
 * from its storage, and the worker, which has Python to start, has no part in it.
 *
 * @import { SizedFile } from "./types.d.ts"
 * @import { Zstd } from "./zstd.js"
 */

/** A header of what is kept in another form than that in which it came. */
const UNPACKED = "x-asgi-docs-unpacked";

/**
 * What a manifest names, wherever in it, and the site has.
 * @param {unknown} part
 * @param {string} base
 * @returns {Map<string, SizedFile>} by URL
 */
export function filesOf(part, base) {
  if (typeof part !== "object" || part === null || "integrity" in part) return new Map();
  if ("url" in part && "size" in part)
    return new Map([[new URL(String(part.url), base).href, /** @type {SizedFile} */ (part)]]);
  return new Map(Object.values(part).flatMap((value) => [...filesOf(value, base)]));
}

/** @param {SizedFile} file */
export function keptSize({ size, unpacked }) {
  return unpacked ?? size;
}

/**
 * @param {Response} response with a file of WebAssembly, packed
 * @param {Zstd} zstd
 */
export function unpacked({ body }, zstd) {
  const headers = { "content-type": "application/wasm", [UNPACKED]: "1" };
  return new Response(body?.pipeThrough(zstd.stream()), { headers });
}

/** @param {Response} response */
export function isUnpacked({ headers }) {
  return headers.has(UNPACKED);
}
