// @ts-check
/**
 * Links that carry a reader's edits in the fragment, which no server gets to see.
 *
 * @typedef {object} Shared
 * @property {string} block its source, such as `tutorial/first.rst:12`
 * @property {number} index its place among the live blocks of the page, should the source have moved
 * @property {Record<string, string | null>} files those that differ from the author's; null for one that is gone
 */

import { bytesOf } from "../base64.js";

const PREFIX = "#asgi-live=";

/**
 * @param {Record<string, string>} files the reader's
 * @param {Record<string, string>} original the author's
 * @returns {Shared["files"]}
 */
export function changes(files, original) {
  /** @type {Shared["files"]} */ const changed = {};
  for (const [path, text] of Object.entries(files)) if (original[path] !== text) changed[path] = text;
  for (const path of Object.keys(original)) if (!(path in files)) changed[path] = null;
  return changed;
}

/**
 * @param {Shared["files"]} changed
 * @param {Record<string, string>} original the author's
 * @returns {Record<string, string>}
 */
export function withChanges(changed, original) {
  const entries = Object.entries({ ...original, ...changed }).filter(([, text]) => text !== null);
  return /** @type {Record<string, string>} */ (Object.fromEntries(entries));
}

/** @param {Shared} shared */
export async function fragmentOf(shared) {
  const packed = await through(
    new TextEncoder().encode(JSON.stringify(shared)),
    new CompressionStream("deflate-raw"),
  );
  let text = "";
  for (const byte of new Uint8Array(packed)) text += String.fromCharCode(byte);
  return PREFIX + btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * @param {string} fragment
 * @returns {Promise<Shared>}
 * @throws {Error} it is not whole
 */
export async function readFragment(fragment) {
  const packed = bytesOf(fragment.slice(PREFIX.length));
  const shared = JSON.parse(
    new TextDecoder().decode(await through(packed, new DecompressionStream("deflate-raw"))),
  );
  const { block, index, files } = shared;
  const isText = (/** @type {unknown} */ each) => each === null || typeof each === "string";
  if (typeof block !== "string" || !Number.isInteger(index) || !Object.values(files).every(isText))
    throw new Error("not of ours");
  return { block, index, files };
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} stream
 */
function through(bytes, stream) {
  return new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer();
}
